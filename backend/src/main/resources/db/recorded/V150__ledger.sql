-- An account that points are spent from; its row is locked while a command checks what is left.
create table recorded.account (
    address bytea primary key check (octet_length(address) = 20)
);

-- Points that an intent will spend. It counts while the intent waits or is sent; once in a block the
-- mirror's holding has it, and if it fails nothing was spent.
create table recorded.hold (
    intent  bytea       primary key references recorded.intent (id),
    account bytea       not null references recorded.account (address),
    amount  numeric     not null check (amount >= 0),
    held    timestamptz not null
);
create index hold_account on recorded.hold (account);

-- Why points were issued: the welcome of a new member, or an admin's grant with their reason.
create table recorded.issue (
    intent     bytea       primary key references recorded.intent (id),
    member     uuid        not null,
    account    bytea       not null,
    amount     numeric     not null check (amount > 0),
    reason     text        check (reason <> ''),
    granted_by uuid,
    issued     timestamptz not null,
    check ((reason is null) = (granted_by is null))
);
create index issue_account on recorded.issue (account, issued desc);
create index issue_newest on recorded.issue (issued desc);
