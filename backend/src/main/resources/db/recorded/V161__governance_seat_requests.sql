-- Who wishes a seat: whoever joined, and whoever asked again. The intent is that of the last try; a
-- request is settled once the chain gave a seat for good, or will not.
create table recorded.seat_request (
    member   uuid        primary key,
    account  bytea       not null check (octet_length(account) = 20),
    asked    timestamptz not null,
    tries    int         not null default 0,
    intent   bytea,
    next_try timestamptz not null,
    settled  boolean     not null default false
);
create index seat_request_next on recorded.seat_request (next_try) where not settled;
