-- What Supplies, Workshop and Works said. Every table but work only ever grows with the chain; a
-- reorg takes off what came from the blocks that are gone, whose logs stay in derived.log.

CREATE TABLE derived.supply (
    id           bigint   PRIMARY KEY,
    kind         smallint NOT NULL,
    supplier     bytea    NOT NULL,
    name         text     NOT NULL,
    block_number bigint   NOT NULL
);

CREATE TABLE derived.supply_price (
    supply       bigint  NOT NULL,
    price        numeric NOT NULL,
    block_number bigint  NOT NULL,
    log_index    integer NOT NULL,
    PRIMARY KEY (supply, block_number, log_index)
);

CREATE TABLE derived.recipe (
    id              bigint      PRIMARY KEY,
    author          bytea       NOT NULL,
    supersedes      bigint,
    fee             numeric     NOT NULL,
    definition_hash bytea       NOT NULL,
    proposed_at     timestamptz NOT NULL,
    block_number    bigint      NOT NULL
);

CREATE TABLE derived.recipe_input (
    recipe       bigint   NOT NULL,
    position     smallint NOT NULL,
    supply       bigint   NOT NULL,
    amount       bigint   NOT NULL,
    block_number bigint   NOT NULL,
    PRIMARY KEY (recipe, position)
);

-- status: the contract's numbers, 2 approved, 3 retired.
CREATE TABLE derived.recipe_step (
    recipe       bigint   NOT NULL,
    status       smallint NOT NULL,
    block_number bigint   NOT NULL,
    log_index    integer  NOT NULL,
    PRIMARY KEY (recipe, block_number, log_index)
);

-- owner, transfer_nonce, acquired_*: as the latest row of work_transfer has them.
CREATE TABLE derived.work (
    token_id       numeric     PRIMARY KEY,
    recipe         bigint      NOT NULL,
    creator        bytea       NOT NULL,
    serial         bigint      NOT NULL,
    content_hash   bytea       NOT NULL,
    block_number   bigint      NOT NULL,
    log_index      integer     NOT NULL,
    tx_hash        bytea       NOT NULL,
    minted_at      timestamptz NOT NULL,
    owner          bytea,
    transfer_nonce bigint,
    acquired_block bigint,
    acquired_at    timestamptz
);
CREATE INDEX work_by_recipe ON derived.work (recipe, serial);
CREATE INDEX work_by_creator ON derived.work (creator, block_number);
CREATE INDEX work_by_owner ON derived.work (owner, acquired_block);
CREATE INDEX work_by_content ON derived.work (content_hash);
CREATE INDEX work_by_acquisition ON derived.work (acquired_block);

CREATE TABLE derived.work_transfer (
    token_id     numeric     NOT NULL,
    nonce        bigint      NOT NULL,
    from_account bytea       NOT NULL,
    to_account   bytea       NOT NULL,
    block_number bigint      NOT NULL,
    log_index    integer     NOT NULL,
    tx_hash      bytea       NOT NULL,
    at           timestamptz NOT NULL,
    PRIMARY KEY (token_id, nonce)
);
CREATE INDEX work_transfer_by_block ON derived.work_transfer (block_number);

CREATE TABLE derived.work_payment (
    token_id      numeric PRIMARY KEY,
    author_paid   numeric NOT NULL,
    treasury_paid numeric NOT NULL,
    block_number  bigint  NOT NULL
);

CREATE TABLE derived.supply_purchase (
    buyer         bytea       NOT NULL,
    supply        bigint      NOT NULL,
    supplier      bytea       NOT NULL,
    amount        numeric     NOT NULL,
    supplier_paid numeric     NOT NULL,
    treasury_paid numeric     NOT NULL,
    block_number  bigint      NOT NULL,
    log_index     integer     NOT NULL,
    tx_hash       bytea       NOT NULL,
    at            timestamptz NOT NULL,
    PRIMARY KEY (block_number, log_index)
);
CREATE INDEX supply_purchase_by_buyer ON derived.supply_purchase (buyer, block_number DESC);
