-- One row is one answer staff gave about a file the loader could not place.
-- unique: fingerprint, question
create table file_answer (
    fingerprint text not null, -- int | digest of the file or its header
    question text not null,    -- int | one of which_format, which_event, which_form, whose_log, date_order, column_map
    answer text not null,      -- int | the answer
    answered_by text not null, -- int | one of programme_lead, events_lead, finance_lead, evaluation_lead, edi_lead, data_steward, chair
    answered_on date not null  -- int | day of the answer
);
