"""The pages: one file is one page, found by discovery (TITLE, PURPOSE, ORDER and QUESTIONS)."""
