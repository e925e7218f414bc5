-- One row is one stage of the pathway: its place in order, and whether it is a step, a pause or an end.
-- kept as: view
select stage, place, kind
from (values
    ('enquired', 1, 'step'),
    ('screened', 2, 'step'),
    ('selected', 3, 'step'),
    ('trained', 4, 'step'),
    ('active', 5, 'step'),
    ('matched', 6, 'step'),
    ('paused', 7, 'pause'),
    ('not_taken_forward', 8, 'end'),
    ('withdrew', 8, 'end'),
    ('left', 8, 'end')
) as ranked(stage, place, kind)
