-- Indexes that a backfill left out, to be built when it has reached the head; here so that a process
-- that takes over knows.
CREATE TABLE derived.postponed_index (
    definition text PRIMARY KEY
);
