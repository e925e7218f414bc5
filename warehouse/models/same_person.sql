-- One row is one person key that a decided, not undone merge has joined to the key that stays.
-- kept as: view
select old_key, kept_key
from person_merge
where not is_void and undone_on is null
