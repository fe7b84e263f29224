-- What an intent is never changes and is written once; how far it is changes twice, in a narrow row with few
-- indexes. Numbered after the ledger's migrations, which still name the columns as they were.

-- Blocks up to this height are final, and so is what was executed in them: said once a block, not once an intent.
CREATE TABLE recorded.finality (
    era    integer PRIMARY KEY REFERENCES recorded.era,
    height bigint NOT NULL
);

INSERT INTO recorded.finality (era, height)
SELECT era, max(block) FROM (
    SELECT era, block FROM recorded.intent WHERE state = 'FINAL'
    UNION ALL SELECT era, block FROM recorded.slot WHERE state = 'FINAL'
    UNION ALL SELECT era, block FROM recorded.execution WHERE final) settled
WHERE era IS NOT NULL
GROUP BY era;

-- How far an intent is. Written with its intent, in one statement. An executed one is IN_BLOCK for ever; whether that
-- block is final, finality says. What it holds back of its signer's points counts while it waits or is sent: once in a
-- block the mirror's holding has it, and if it fails nothing was spent. That there is such an intent and such a slot,
-- the statements see to that write it: a foreign key would look and lock once for each row.
CREATE TABLE recorded.progress (
    id             bytea PRIMARY KEY,
    number         bigint NOT NULL,
    signer         bytea,
    held           numeric CHECK (held >= 0),
    deadline       timestamptz NOT NULL,
    call           text NOT NULL,
    shard          smallint, -- the last byte of the account it is for: which relayer takes it
    state          text NOT NULL
                   CHECK (state IN ('WAITING', 'SENT', 'IN_BLOCK', 'FAILED', 'LOST')),
    tries          smallint NOT NULL DEFAULT 0,
    era            integer,
    relayer        bytea,
    nonce          bigint,
    forward_nonce  bigint,
    forward_until  timestamptz,
    block          bigint,
    tx             bytea CHECK (octet_length(tx) = 32),
    failure_code   text,
    failure_values jsonb,
    CONSTRAINT progress_holder_signs CHECK (held IS NULL OR signer IS NOT NULL),
    CONSTRAINT progress_sent_in_a_slot CHECK (state <> 'SENT' OR nonce IS NOT NULL),
    CONSTRAINT progress_waits_in_none CHECK (state <> 'WAITING' OR nonce IS NULL),
    CONSTRAINT progress_in_a_block CHECK (state <> 'IN_BLOCK' OR (tx IS NOT NULL AND block IS NOT NULL)),
    CONSTRAINT progress_failed_with_a_reason CHECK ((state = 'FAILED') = (failure_code IS NOT NULL))
);

INSERT INTO recorded.progress (id, number, signer, held, deadline, call, shard, state, tries, era, relayer, nonce,
    forward_nonce, forward_until, block, tx, failure_code, failure_values)
SELECT i.id, i.number, i.signer, h.amount, i.deadline, i.call,
    get_byte(coalesce(i.signer, i.recipient), 19),
    CASE i.state WHEN 'FINAL' THEN 'IN_BLOCK' ELSE i.state END, i.tries, i.era, i.relayer, i.nonce,
    i.forward_nonce::bigint, i.forward_until, i.block, i.tx, i.failure_code, i.failure_values
FROM recorded.intent i LEFT JOIN recorded.hold h ON h.intent = i.id AND h.account = i.signer;

DROP TABLE recorded.hold;
ALTER TABLE recorded.supply_hold DROP COLUMN account;

-- The indexes and checks on these columns go with them.
ALTER TABLE recorded.intent
    DROP COLUMN state, DROP COLUMN tries, DROP COLUMN position, DROP COLUMN era, DROP COLUMN relayer,
    DROP COLUMN nonce, DROP COLUMN forward_nonce, DROP COLUMN forward_until, DROP COLUMN block, DROP COLUMN tx,
    DROP COLUMN failure_code, DROP COLUMN failure_values, DROP COLUMN deadline;
ALTER TABLE recorded.intent DROP CONSTRAINT intent_number_key;

CREATE INDEX progress_waiting ON recorded.progress (call, number) WHERE state = 'WAITING';
CREATE INDEX progress_sent ON recorded.progress (number) WHERE state = 'SENT';
CREATE INDEX progress_riding ON recorded.progress (era, relayer, nonce) WHERE state = 'SENT';
CREATE INDEX progress_by_block ON recorded.progress (era, block) WHERE block IS NOT NULL;
-- What an account has promised, and what else is signed for it that others may still bring.
CREATE INDEX progress_of_signer ON recorded.progress (signer)
    WHERE state IN ('WAITING', 'SENT') OR (state = 'FAILED' AND block IS NULL AND forward_nonce IS NOT NULL);
CREATE INDEX progress_used_nonce ON recorded.progress (signer, era, forward_nonce)
    WHERE block IS NOT NULL AND forward_nonce IS NOT NULL;

DROP INDEX recorded.execution_unsettled;
ALTER TABLE recorded.execution DROP COLUMN final;

-- Intents as one sees them: what they are and how far.
CREATE VIEW recorded.intent_now AS
SELECT i.*, p.held, p.deadline, p.tries, p.era, p.relayer, p.nonce, p.forward_nonce, p.forward_until,
    p.block, p.tx, p.failure_code, p.failure_values,
    CASE WHEN p.state = 'IN_BLOCK' AND p.block <= f.height THEN 'FINAL' ELSE p.state END AS state
FROM recorded.intent i
JOIN recorded.progress p USING (id)
LEFT JOIN recorded.finality f ON f.era = p.era;
