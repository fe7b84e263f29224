-- Who brought the buyer of a sale, as the buyer said; said just before the sale, in its transaction.
create table derived.promotion (
    order_hash bytea not null,
    promoter bytea not null,
    block_number bigint not null,
    log_index int not null,
    primary key (order_hash, block_number, log_index)
);
create index promotion_by_block on derived.promotion (block_number);

-- What a mirror that is older than this table holds already.
insert into derived.promotion (order_hash, promoter, block_number, log_index)
select topic1, derived.topic_addr(topic2), block_number, log_index from derived.log
where canonical and contract = 'Market'
  and topic0 = '\x92b54b40492b729e0638a898d8030cd0b8087c1c760a66abd9149ad6fe57cbe1';
