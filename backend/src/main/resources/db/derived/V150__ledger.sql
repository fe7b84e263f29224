-- The double-entry mirror of every transfer of points, supplies and works.

-- One side of a transfer. Both sides are here, so that every (block, log, item) sums to zero; the
-- zero account is where things are issued from and where they go when used up.
create table derived.posting (
    account      bytea   not null,
    asset_class  text    not null check (asset_class in ('points', 'supply', 'work')),
    asset_id     numeric not null,
    amount       numeric not null,
    counterparty bytea   not null,
    code         text    not null,
    block_number bigint  not null,
    log_index    int     not null,
    item         int     not null,
    tx_hash      bytea   not null,
    canonical    boolean not null default true
);
create index posting_account
    on derived.posting (account, asset_class, asset_id, block_number, log_index, item) include (amount)
    where canonical;
create index posting_place on derived.posting (block_number, log_index) where canonical;

-- The sum of an account's canonical postings of an asset.
create table derived.holding (
    account     bytea   not null,
    asset_class text    not null,
    asset_id    numeric not null,
    amount      numeric not null,
    primary key (account, asset_class, asset_id)
);
create index holding_asset on derived.holding (asset_class, asset_id) where amount > 0;

-- Issued less used up, counted from the events by themselves, not from postings or holdings.
create table derived.asset_total (
    asset_class text    not null,
    asset_id    numeric not null,
    amount      numeric not null,
    primary key (asset_class, asset_id)
);
