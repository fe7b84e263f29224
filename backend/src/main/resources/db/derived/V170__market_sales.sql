-- Whose a work is and how often it was transferred; the newest row of a work is how it stands.
create table derived.work_position (
    token_id numeric(78) not null,
    transfer_nonce bigint not null,
    owner bytea not null,
    block_number bigint not null,
    primary key (token_id, transfer_nonce)
);
create index work_position_by_block on derived.work_position (block_number);

create table derived.sale (
    order_hash bytea primary key,
    token_id numeric(78) not null,
    buyer bytea not null,
    seller bytea not null,
    price numeric(78) not null,
    seller_paid numeric(78) not null,
    creator bytea not null,
    creator_paid numeric(78) not null,
    author bytea not null,
    author_paid numeric(78) not null,
    treasury_paid numeric(78) not null,
    block_number bigint not null,
    log_index int not null,
    tx_hash bytea not null
);
create unique index sale_by_place on derived.sale (block_number, log_index);
create index sale_by_work on derived.sale (token_id, block_number);
create index sale_by_tx on derived.sale (tx_hash);
create index sale_by_buyer on derived.sale (buyer, block_number);
create index sale_by_seller on derived.sale (seller, block_number);

create table derived.order_cancellation (
    order_hash bytea primary key,
    maker bytea not null,
    block_number bigint not null,
    tx_hash bytea not null
);
create index order_cancellation_by_block on derived.order_cancellation (block_number);

-- Every raise of a maker's counter; the highest is in force.
create table derived.order_counter (
    maker bytea not null,
    counter bigint not null,
    block_number bigint not null,
    primary key (maker, counter)
);
create index order_counter_by_block on derived.order_counter (block_number);
