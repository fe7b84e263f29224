-- What members think should be done, before anyone proposes it. No chain knows of these.
create table recorded.idea (
    id              uuid primary key,
    author          uuid        not null,
    title           text        not null,
    words           text        not null,
    written_at      timestamptz not null,
    proposal        numeric(78),
    idempotency_key text        not null,
    request_hash    bytea       not null check (octet_length(request_hash) = 32),
    unique (author, idempotency_key)
);
create index idea_by_time on recorded.idea (written_at desc);

create table recorded.idea_support (
    idea         uuid        not null references recorded.idea,
    member       uuid        not null,
    supported_at timestamptz not null,
    primary key (idea, member)
);
