-- What happened to seats, as the Seats contract said it. The newest change of a seat says whether
-- somebody sits there: taken and moved name its member. A pardon is of an account; it has seat 0.
create table derived.seat_change (
    seat bigint not null,
    account bytea not null,
    change text not null check (change in ('taken', 'moved', 'left', 'revoked', 'pardoned')),
    reason text,
    changed_at timestamptz not null,
    block_number bigint not null,
    log_index int not null,
    tx_hash bytea not null,
    primary key (block_number, log_index)
);
create index seat_change_of_seat on derived.seat_change (seat, block_number, log_index);
create index seat_change_of_account on derived.seat_change (account, block_number, log_index);
create index seat_change_taken on derived.seat_change (changed_at) where change = 'taken';
