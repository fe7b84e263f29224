-- The same, with its parts by reference: a body of text would name the schema that it was made in
-- even after that has another name.
create or replace function derived.moved(contract text, topic0 bytea, topic1 bytea, topic2 bytea, topic3 bytea,
        data bytea)
    returns table (asset_class text, asset_id numeric, sender bytea, recipient bytea,
        amount numeric, item int)
    language sql immutable parallel safe
begin atomic
    select * from (
        select 'points' as asset_class, 0::numeric as asset_id,
               derived.topic_addr(topic1) as sender, derived.topic_addr(topic2) as recipient,
               derived.uint(data, 0) as amount, 0 as item
        where contract = 'Points'
          and topic0 = '\xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
        union all
        select 'supply', derived.uint(data, 0),
               derived.topic_addr(topic2), derived.topic_addr(topic3), derived.uint(data, 1), 0
        where contract = 'Supplies'
          and topic0 = '\xc3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62'
        union all
        -- Words 0 and 1 are the byte offsets of ids and amounts; each array starts with its length.
        select 'supply', derived.uint(data, ids + 1 + place),
               derived.topic_addr(topic2), derived.topic_addr(topic3),
               derived.uint(data, amounts + 1 + place), place
        from (select (derived.uint(data, 0) / 32)::int as ids,
                     (derived.uint(data, 1) / 32)::int as amounts) offsets
        cross join lateral generate_series(0, derived.uint(data, ids)::int - 1) as place
        where contract = 'Supplies'
          and topic0 = '\x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb'
        union all
        select 'work', derived.topic_uint(topic3),
               derived.topic_addr(topic1), derived.topic_addr(topic2), 1, 0
        where contract = 'Works'
          and topic0 = '\xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
    ) move
    where move.amount > 0 and move.sender <> move.recipient;
end;
