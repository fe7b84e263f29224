-- What the Council said of proposals and ballots.
-- Rows are only ever added; a reorganised chain marks those it dropped as not canonical.

-- operation: the timelock's id of the same calls, which anyone may also execute there.
create table derived.proposal (
    id            numeric(78) not null,
    proposer      bytea       not null,
    targets       bytea[]     not null,
    calldatas     bytea[]     not null,
    description   bytea       not null,
    operation     bytea       not null,
    voting_from   bigint      not null,
    voting_until  bigint      not null,
    last_seat     bigint      not null,
    electorate    bigint      not null,
    quorum        bigint      not null,
    block_number  bigint      not null,
    log_index     int         not null,
    tx_hash       bytea       not null,
    canonical     boolean     not null default true
);
create unique index proposal_id on derived.proposal (id) where canonical;
create index proposal_by_block on derived.proposal (block_number, log_index) where canonical;
create index proposal_by_operation on derived.proposal (operation) where canonical;

-- moment: until when a vote was extended, or from when on a queued proposal may be executed.
create table derived.proposal_step (
    proposal     numeric(78) not null,
    step         text        not null check (step in ('extended', 'queued', 'executed', 'canceled')),
    moment       bigint,
    block_number bigint      not null,
    log_index    int         not null,
    tx_hash      bytea       not null,
    canonical    boolean     not null default true
);
create index proposal_step_of on derived.proposal_step (proposal, block_number, log_index) where canonical;
create index proposal_step_by_block on derived.proposal_step (block_number) where canonical;

-- refusal: why a ballot does not count, as the Council numbers it; null where it counts.
create table derived.ballot (
    proposal     numeric(78) not null,
    voter        bytea       not null,
    seat         bigint      not null,
    choice       smallint,
    refusal      smallint,
    block_number bigint      not null,
    log_index    int         not null,
    tx_hash      bytea       not null,
    canonical    boolean     not null default true,
    check ((choice is null) <> (refusal is null))
);
create index ballot_of on derived.ballot (proposal, seat, block_number desc, log_index desc)
    where canonical and refusal is null;
create index ballot_by_voter on derived.ballot (voter, proposal) where canonical;
create index ballot_by_block on derived.ballot (block_number) where canonical;
