-- One row is one contact about one EOI.
-- key touch_key: eoi_key, on_day, direction, channel, ordinal
-- unique: touch_key
-- refers: eoi_key -> expression_of_interest.eoi_key
create table eoi_touchpoint (
    touch_key text not null,       -- per | identity
    eoi_key text not null,         -- per | the EOI
    on_day date not null,          -- int | day of the contact
    direction text not null,       -- int | one of out, in
    channel text not null,         -- int | one of email, phone, meeting, other
    ordinal integer,               -- int | 2 and on for a second contact of one kind on one day, else empty
    is_automatic boolean not null, -- int | whether a machine sent it
    outcome text not null,         -- int | one of spoke, left_message, replied, booked_call, not_now, no_reply
    by_staff text not null,        -- int | staff initials code
    next_due_on date               -- int | day the next contact is due
);
