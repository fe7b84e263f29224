-- What the seed has done already, so that a seeding that was killed goes on where it stopped.
CREATE TABLE recorded.demo_step (
    name    text        PRIMARY KEY,
    outcome text        NOT NULL,
    done_at timestamptz NOT NULL
);
