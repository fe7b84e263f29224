-- Which operations of the timelock were sent to be carried out, and as which intent. An operation
-- that was scheduled again in another block is sent again.
create table recorded.operation_try (
    operation bytea       not null check (octet_length(operation) = 32),
    scheduled bigint      not null,
    try       int         not null,
    intent    bytea       not null,
    tried     timestamptz not null,
    primary key (operation, scheduled, try)
);
