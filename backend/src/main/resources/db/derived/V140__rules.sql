-- What RuleBook, Directory, Treasury, Market and Workshop said about rules, contracts and income.
-- Rows are only ever added; a reorganised chain marks those it dropped as not canonical.

create table derived.rule_change (
    version         bigint   not null,
    rule            smallint not null,
    before_value    numeric  not null,
    current_value   numeric  not null,
    effective_block bigint   not null,
    changed_by      bytea    not null,
    block_number    bigint   not null,
    log_index       int      not null,
    tx_hash         bytea    not null,
    canonical       boolean  not null default true
);
create unique index rule_change_place on derived.rule_change (block_number, log_index) where canonical;
create index rule_change_rule on derived.rule_change (rule, effective_block) where canonical;

create table derived.directory_change (
    event        text    not null check (event in ('listed', 'delisted')),
    kind         text    not null,
    address      bytea   not null,
    at_block     bigint  not null,
    block_number bigint  not null,
    log_index    int     not null,
    canonical    boolean not null default true
);
create unique index directory_change_place
    on derived.directory_change (block_number, log_index) where canonical;

create view derived.directory as
select listed.kind, listed.address, listed.at_block as first_block,
       (select min(d.at_block) from derived.directory_change d
        where d.event = 'delisted' and d.canonical and d.address = listed.address
          and d.at_block >= listed.at_block) as last_block,
       listed.block_number, listed.log_index
from derived.directory_change listed
where listed.event = 'listed' and listed.canonical;

-- line: the Treasury contract's kind of income.
create table derived.income (
    line         smallint not null,
    amount       numeric  not null,
    payer        bytea    not null,
    block_number bigint   not null,
    log_index    int      not null,
    tx_hash      bytea    not null,
    canonical    boolean  not null default true
);
create unique index income_place on derived.income (block_number, log_index) where canonical;
