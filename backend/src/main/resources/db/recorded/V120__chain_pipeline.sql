-- One life of a chain. A development chain that starts again begins a new one.
CREATE TABLE recorded.era (
    era         integer PRIMARY KEY,
    chain_id    bigint NOT NULL,
    genesis     bytea NOT NULL CHECK (octet_length(genesis) = 32),
    first_block bytea CHECK (octet_length(first_block) = 32),
    began       timestamptz NOT NULL
);

-- Who may send, read or deploy. The epoch rises with every new holder; writes of an older one are
-- refused.
CREATE TABLE recorded.lease (
    name   text PRIMARY KEY,
    holder uuid NOT NULL,
    epoch  bigint NOT NULL,
    until  timestamptz NOT NULL
);

-- A nonce of a key of ours and the one call it is for. It never exists without a signed attempt.
CREATE TABLE recorded.slot (
    era       integer NOT NULL REFERENCES recorded.era,
    relayer   bytea NOT NULL CHECK (octet_length(relayer) = 20),
    nonce     bigint NOT NULL,
    target    bytea CHECK (octet_length(target) = 20),
    data      bytea NOT NULL,
    gas_limit bigint NOT NULL,
    epoch     bigint NOT NULL,
    created   timestamptz NOT NULL,
    state     text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'MINED', 'FINAL', 'GONE')),
    tx        bytea CHECK (octet_length(tx) = 32),
    block     bigint,
    succeeded boolean,
    PRIMARY KEY (era, relayer, nonce),
    CHECK ((state IN ('MINED', 'FINAL')) = (tx IS NOT NULL AND block IS NOT NULL AND succeeded IS NOT NULL))
);
CREATE INDEX slot_unsettled ON recorded.slot (era, relayer, nonce) WHERE state IN ('OPEN', 'MINED');

-- Signed bytes for a slot. A higher fee is a further attempt, never a further slot.
CREATE TABLE recorded.attempt (
    hash         bytea NOT NULL CHECK (octet_length(hash) = 32),
    era          integer NOT NULL,
    relayer      bytea NOT NULL,
    nonce        bigint NOT NULL,
    raw          bytea NOT NULL,
    max_fee      numeric NOT NULL,
    priority_fee numeric NOT NULL,
    created      timestamptz NOT NULL,
    PRIMARY KEY (era, hash), -- a chain that starts again may get the very same bytes
    FOREIGN KEY (era, relayer, nonce) REFERENCES recorded.slot
);
CREATE INDEX attempt_of_slot ON recorded.attempt (era, relayer, nonce);

CREATE TABLE recorded.intent (
    id             bytea PRIMARY KEY CHECK (octet_length(id) = 32),
    number         bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    owner          uuid,
    scope          text GENERATED ALWAYS AS (coalesce(owner::text, 'system')) STORED,
    kind           text NOT NULL,
    business_key   text NOT NULL,
    request_key    text,
    request_hash   bytea NOT NULL CHECK (octet_length(request_hash) = 32),
    call           text NOT NULL CHECK (call IN ('FORWARD', 'ISSUE', 'DIRECT')),
    signer         bytea CHECK (octet_length(signer) = 20),
    target         text,
    data           bytea,
    recipient      bytea CHECK (octet_length(recipient) = 20),
    amount         numeric,
    deadline       timestamptz NOT NULL,
    result_path    text,
    created        timestamptz NOT NULL,
    state          text NOT NULL DEFAULT 'WAITING'
                   CHECK (state IN ('WAITING', 'SENT', 'IN_BLOCK', 'FINAL', 'FAILED', 'LOST')),
    era            integer,
    relayer        bytea,
    nonce          bigint,
    position       integer,
    forward_nonce  numeric,
    tries          integer NOT NULL DEFAULT 0,
    tx             bytea CHECK (octet_length(tx) = 32),
    block          bigint,
    failure_code   text,
    failure_values jsonb,
    UNIQUE (scope, request_key),
    FOREIGN KEY (era, relayer, nonce) REFERENCES recorded.slot,
    CHECK (call <> 'FORWARD' OR (owner IS NOT NULL AND signer IS NOT NULL AND target IS NOT NULL AND data IS NOT NULL)),
    CHECK (call <> 'ISSUE' OR (recipient IS NOT NULL AND amount > 0)),
    CHECK (call <> 'DIRECT' OR (target IS NOT NULL AND data IS NOT NULL)),
    CHECK (state NOT IN ('SENT', 'IN_BLOCK', 'FINAL') OR nonce IS NOT NULL),
    CHECK (state <> 'WAITING' OR nonce IS NULL),
    CHECK ((state IN ('IN_BLOCK', 'FINAL')) <= (tx IS NOT NULL AND block IS NOT NULL)),
    CHECK ((state = 'FAILED') = (failure_code IS NOT NULL))
);
CREATE INDEX intent_waiting ON recorded.intent (number) WHERE state = 'WAITING';
CREATE INDEX intent_unsettled ON recorded.intent (era, relayer, nonce) WHERE state IN ('SENT', 'IN_BLOCK');
CREATE INDEX intent_of_slot ON recorded.intent (era, relayer, nonce);
CREATE INDEX intent_of_owner ON recorded.intent (owner, number DESC);

-- What has been deployed, step by step; the transaction of a step is its slot.
CREATE TABLE recorded.deployment (
    era     integer NOT NULL,
    step    text NOT NULL,
    number  integer NOT NULL,
    relayer bytea NOT NULL,
    nonce   bigint NOT NULL,
    address bytea CHECK (octet_length(address) = 20),
    PRIMARY KEY (era, step),
    FOREIGN KEY (era, relayer, nonce) REFERENCES recorded.slot
);
