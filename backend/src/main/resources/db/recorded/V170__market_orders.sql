-- What sellers signed. No chain knows an order before it is filled or cancelled, so this is its only copy.
create extension if not exists pg_trgm;

create table recorded.signed_order (
    order_hash bytea primary key check (octet_length(order_hash) = 32),
    number bigint generated always as identity unique,
    chain_id bigint not null,
    contract bytea not null check (octet_length(contract) = 20),
    maker_id uuid not null,
    maker bytea not null check (octet_length(maker) = 20),
    token_id numeric(78) not null,
    price numeric(29) not null check (price > 0),
    min_net numeric(29) not null check (min_net >= 0),
    transfer_nonce bigint not null check (transfer_nonce >= 0),
    counter bigint not null check (counter >= 0),
    expires_at timestamptz not null,
    taker bytea not null check (octet_length(taker) = 20),
    salt bytea not null check (octet_length(salt) = 32),
    signature bytea not null check (octet_length(signature) = 65),
    -- Both follow from the token id; here they are columns to filter by.
    recipe bigint not null,
    creator bytea not null check (octet_length(creator) = 20),
    -- Title, creator's name and recipe's name when the work was offered: what the market's search looks through.
    words text not null,
    idempotency_key text not null,
    request_hash bytea not null check (octet_length(request_hash) = 32),
    created_at timestamptz not null,
    replaces bytea references recorded.signed_order,
    replaced_because text check (replaced_because in ('price', 'again')),
    withdrawn_at timestamptz,
    withdrawn_because text check (withdrawn_because in ('replaced', 'cancelled', 'all')),
    cancel_intent bytea check (octet_length(cancel_intent) = 32),
    check ((replaces is null) = (replaced_because is null)),
    check ((withdrawn_at is null) = (withdrawn_because is null)),
    unique (maker_id, idempotency_key)
);

-- One open offer per work and state of the work; the next state may have its own.
create unique index signed_order_one_open on recorded.signed_order (chain_id, contract, token_id, maker, transfer_nonce, counter)
    where withdrawn_at is null;
create index signed_order_by_work on recorded.signed_order (token_id);
create index signed_order_by_maker on recorded.signed_order (maker);
create index signed_order_by_recipe on recorded.signed_order (recipe) where withdrawn_at is null;
create index signed_order_by_creator on recorded.signed_order (creator) where withdrawn_at is null;
create index signed_order_by_words on recorded.signed_order using gin (words gin_trgm_ops) where withdrawn_at is null;

-- Who asked to buy under which order. Several tries of one member are numbered, so that each has an intent of its own.
create table recorded.purchase (
    intent_id bytea primary key check (octet_length(intent_id) = 32),
    order_hash bytea not null references recorded.signed_order,
    buyer_id uuid not null,
    buyer bytea not null check (octet_length(buyer) = 20),
    attempt int not null check (attempt > 0),
    created_at timestamptz not null,
    unique (order_hash, buyer_id, attempt)
);
