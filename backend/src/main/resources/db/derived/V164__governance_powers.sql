-- Who may do what, as the manager, the timelock and the ratchet said it; the newest row of a place
-- counts. roles are numbered as the contracts number them.
create table derived.ratchet_stage (
    stage smallint not null,
    reached_at timestamptz not null,
    block_number bigint not null,
    log_index int not null,
    tx_hash bytea not null,
    primary key (block_number, log_index)
);

create table derived.role_holder (
    keeper text not null check (keeper in ('AccessManager', 'Timelock')),
    role numeric(78) not null,
    account bytea not null,
    given boolean not null,
    delay bigint not null,
    block_number bigint not null,
    log_index int not null,
    primary key (block_number, log_index)
);
create index role_holder_of on derived.role_holder (keeper, role, account, block_number, log_index);

create table derived.role_function (
    target bytea not null,
    selector bytea not null,
    role numeric(78) not null,
    block_number bigint not null,
    log_index int not null,
    primary key (block_number, log_index)
);

create table derived.timelock_delay (
    seconds bigint not null,
    block_number bigint not null,
    log_index int not null,
    primary key (block_number, log_index)
);

-- What waits in the timelock, or waited: scheduled_by is the operator, null for what was voted. An
-- operation that was cancelled may be scheduled again; it is then another row.
create table derived.operation (
    id bytea not null,
    predecessor bytea not null,
    salt bytea not null,
    scheduled_by bytea,
    scheduled_at timestamptz not null,
    ready_at timestamptz not null,
    block_number bigint not null,
    log_index int not null,
    tx_hash bytea not null,
    primary key (block_number, log_index)
);
create index operation_by_id on derived.operation (id, block_number, log_index);

create table derived.operation_call (
    id bytea not null,
    number int not null,
    target bytea not null,
    value numeric(78) not null,
    data bytea not null,
    block_number bigint not null,
    log_index int not null,
    primary key (block_number, log_index)
);
create index operation_call_by_id on derived.operation_call (id, block_number, number);

create table derived.operation_end (
    id bytea not null,
    executed boolean not null,
    ended_at timestamptz not null,
    block_number bigint not null,
    log_index int not null,
    tx_hash bytea not null,
    primary key (block_number, log_index)
);
create index operation_end_by_id on derived.operation_end (id, block_number, log_index);
