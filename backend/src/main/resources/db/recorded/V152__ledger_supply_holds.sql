-- Pieces of a material, or uses of a tool, that an intent will use up out of what its account holds.
-- Counts exactly as long as a hold of points does.
create table recorded.supply_hold (
    intent  bytea       not null references recorded.intent (id),
    account bytea       not null references recorded.account (address),
    supply  bigint      not null,
    amount  numeric     not null check (amount > 0),
    held    timestamptz not null,
    primary key (intent, supply)
);
create index supply_hold_account on recorded.supply_hold (account, supply);
