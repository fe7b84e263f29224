-- What the chain executed under an intent's id in transactions that are no attempt of ours: brought
-- by a stranger, or by us in a life that a restored backup has forgotten. Known by id and call, for
-- anyone may put any id behind a call of their own.
CREATE TABLE recorded.execution (
    era       integer NOT NULL REFERENCES recorded.era,
    id        bytea NOT NULL CHECK (octet_length(id) = 32),
    tx        bytea NOT NULL CHECK (octet_length(tx) = 32),
    block     bigint NOT NULL,
    final     boolean NOT NULL DEFAULT false,
    call      text NOT NULL CHECK (call IN ('FORWARD', 'ISSUE', 'DIRECT')),
    signer    bytea CHECK (octet_length(signer) = 20),
    target    text,
    data      bytea,
    recipient bytea CHECK (octet_length(recipient) = 20),
    amount    numeric
);
CREATE INDEX execution_of_intent ON recorded.execution (id);
CREATE INDEX execution_unsettled ON recorded.execution (era, block) WHERE NOT final;
CREATE INDEX execution_by_height ON recorded.execution (era, block);

-- An intent may be in a block without a slot of ours.
ALTER TABLE recorded.intent DROP CONSTRAINT intent_check3;
ALTER TABLE recorded.intent ADD CONSTRAINT intent_sent_in_a_slot CHECK (state <> 'SENT' OR nonce IS NOT NULL);
CREATE INDEX intent_in_block_elsewhere ON recorded.intent (era, block) WHERE nonce IS NULL AND block IS NOT NULL;
