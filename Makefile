# Two commands: `make demo` and `make test`. Each does all of its own set-up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
HOME_DIR ?= voices-home
BROWSER := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.PHONY: help demo serve test lint types unit journey bench lock browser
.DEFAULT_GOAL := help

help: ## what each command does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.run ## make an invented programme, load it and open the dashboard
	$(BIN)/voices demo --home $(HOME_DIR)

serve: $(VENV)/.run ## open the dashboard on what was loaded before
	$(BIN)/voices serve --home $(HOME_DIR)

test: lint types unit journey ## everything that must be true: lint, types, tests, the browser journey

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

unit: $(VENV)/.test
	$(BIN)/pytest -n 2 --dist loadfile -m "not journey"

journey: $(VENV)/.test browser
	$(BIN)/pytest -m journey

bench: $(VENV)/.test ## how fast a load is, beside plain DuckDB and pandas, in one run
	$(BIN)/python -m bench.run

lock: $(VENV)/.test ## make the hashed locks anew
	$(PIP) install -q uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--extra build pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--extra build --extra test -c requirements.txt pyproject.toml -o requirements-test.txt

browser:
ifeq ($(BROWSER),)
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then \
		sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends chromium; \
	else \
		echo "The browser journey needs Chromium. Install it (on Debian or Ubuntu: sudo apt install chromium), then run make test again."; \
		exit 1; \
	fi
endif

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Voices needs Python 3.11 or newer; $(PYTHON) is older. Run: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install -q --require-hashes -r requirements.txt
	$(PIP) install -q --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.run
	$(PIP) install -q --require-hashes -r requirements-test.txt
	@touch $@
