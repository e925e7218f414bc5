-- One row is one theme for one person at one wave by one measure.
-- key response_key: wave_key, theme, measure
-- unique: wave_key, theme, measure
-- refers: wave_key -> outcome_wave.wave_key
create table outcome_response (
    response_key text not null, -- per | identity
    wave_key text not null,     -- per | the wave
    theme text not null,        -- int | one of confidence, validated, relationships, listening, questioning, inclusive_communication, assumptions, hope
    measure text not null,      -- int | one of strength, rating, then_rating
    value integer not null,     -- per | strength 0 not present, 1 emerging, 2 clear, 3 strong; ratings 1 to 5
    coded_by text not null      -- int | one of one, two_agreed, self
);
