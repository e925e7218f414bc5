-- One row is one decision asked for or action agreed.
-- unique: action_ref
-- refers: entry_ref -> learning_entry.entry_ref
create table action_log (
    action_ref text not null, -- int | staff reference
    raised_on date not null,  -- int | day it was raised
    due_on date not null,     -- int | day it is due
    what text not null,       -- int | what is to be decided or done
    kind text not null,       -- int | one of decision, action
    owner text not null,      -- int | one of programme_lead, events_lead, finance_lead, evaluation_lead, edi_lead, data_steward, chair
    entry_ref text,           -- int | the learning entry it came from
    status text not null,     -- int | one of open, done, dropped
    done_on date              -- int | day it was done
);
