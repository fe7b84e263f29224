-- The double-entry mirror of every transfer of points, supplies and works.

-- Every transfer of ERC-20 (Points), ERC-1155 (Supplies, single and batch) and ERC-721 (Works) in the
-- canonical logs. One to oneself, or of nothing, moves nothing and is left out.
create view derived.transfer as
select * from (
    select 'points' as asset_class, 0::numeric as asset_id,
           derived.topic_addr(topic1) as sender, derived.topic_addr(topic2) as recipient,
           derived.uint(data, 0) as amount, block_number, log_index, 0 as item, tx_hash
    from derived.log
    where canonical and contract = 'Points'
      and topic0 = '\xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
    union all
    select 'supply', derived.uint(data, 0),
           derived.topic_addr(topic2), derived.topic_addr(topic3),
           derived.uint(data, 1), block_number, log_index, 0, tx_hash
    from derived.log
    where canonical and contract = 'Supplies'
      and topic0 = '\xc3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62'
    union all
    -- Words 0 and 1 are the byte offsets of ids and amounts; each array starts with its length.
    select 'supply', derived.uint(data, ids + 1 + item),
           derived.topic_addr(topic2), derived.topic_addr(topic3),
           derived.uint(data, amounts + 1 + item), block_number, log_index, item, tx_hash
    from derived.log
    cross join lateral (
        select (derived.uint(data, 0) / 32)::int as ids, (derived.uint(data, 1) / 32)::int as amounts) place
    cross join lateral generate_series(0, derived.uint(data, ids)::int - 1) as item
    where canonical and contract = 'Supplies'
      and topic0 = '\x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb'
    union all
    select 'work', derived.topic_uint(topic3),
           derived.topic_addr(topic1), derived.topic_addr(topic2),
           1, block_number, log_index, 0, tx_hash
    from derived.log
    where canonical and contract = 'Works'
      and topic0 = '\xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
) moved
where amount > 0 and sender <> recipient;

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
