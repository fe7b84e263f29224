-- What the treasury said and the contract that pays shares: few among many.
CREATE INDEX log_of_profit ON derived.log (block_number, log_index)
    WHERE canonical AND contract IN ('Treasury', 'ProfitShare');

-- Every closed epoch's statement, made of all facts up to a mirrored block; docs/statement.md says
-- how. The text holds all else that it says.
CREATE TABLE derived.statement (
    epoch   bigint  PRIMARY KEY,
    read_to bigint  NOT NULL,
    depth   integer NOT NULL,
    root    bytea   NOT NULL,
    total   numeric NOT NULL,
    fresh   numeric NOT NULL,
    digest  bytea   NOT NULL,
    text    bytea   NOT NULL CHECK (sha256(text) = digest)
);

-- An account in a statement: number and place in the tree, all its shares so far, and the new ones.
CREATE TABLE derived.share (
    epoch    bigint  NOT NULL REFERENCES derived.statement ON DELETE CASCADE,
    number   integer NOT NULL,
    account  bytea   NOT NULL,
    total    numeric NOT NULL,
    creator  numeric NOT NULL,
    author   numeric NOT NULL,
    supplier numeric NOT NULL,
    promoter numeric NOT NULL,
    ancestor numeric NOT NULL,
    member   numeric NOT NULL,
    PRIMARY KEY (epoch, number)
);
CREATE UNIQUE INDEX share_of_account ON derived.share (account, epoch);
