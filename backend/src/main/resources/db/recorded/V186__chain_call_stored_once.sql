-- The signed bytes of an attempt hold the call that its slot is for, and are most of what sending writes: where they
-- do, the slot says where, and keeps no copy. That is of the attempt with the lowest fee, which is the first: each
-- further one offers more.
ALTER TABLE recorded.slot ALTER COLUMN data DROP NOT NULL;
ALTER TABLE recorded.slot ADD COLUMN data_at integer, ADD COLUMN data_length integer;
ALTER TABLE recorded.slot ADD CONSTRAINT slot_has_its_call
    CHECK ((data IS NULL) = (data_at IS NOT NULL AND data_length IS NOT NULL));
