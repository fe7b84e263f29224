-- Members who joined before the mirror held the rules: they are welcomed once it is known with how
-- many points. Taken away in the commit that records the intent.
create table recorded.owed_welcome (
    member  uuid        primary key,
    account bytea       not null check (octet_length(account) = 20),
    owed    timestamptz not null
);
create index owed_welcome_oldest on recorded.owed_welcome (owed);
