-- What was promised to the chain and is not on record, because this database is a backup: a key's nonces up to the
-- next, and what members signed in them until then. Empty but after a restore, while something is not accounted for.
CREATE TABLE recorded.forgotten (
    era     integer NOT NULL REFERENCES recorded.era,
    relayer bytea NOT NULL CHECK (octet_length(relayer) = 20),
    next    bigint NOT NULL,
    until   timestamptz NOT NULL,
    PRIMARY KEY (era, relayer)
);
