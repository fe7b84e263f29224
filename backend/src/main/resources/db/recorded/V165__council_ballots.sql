-- Ballots as they were signed, here or by a member's own key. The chain knows a ballot only once it
-- was brought; until then this is its only copy. batch: the intent that takes it there, with others.
create table recorded.ballot (
    number          bigint generated always as identity primary key,
    chain_id        bigint      not null,
    contract        bytea       not null check (octet_length(contract) = 20),
    proposal        numeric(78) not null,
    voter           bytea       not null check (octet_length(voter) = 20),
    member          uuid,
    choice          smallint    not null check (choice between 0 and 2),
    ballot_number   smallint    not null check (ballot_number between 1 and 63),
    signature       bytea       not null check (octet_length(signature) = 65),
    idempotency_key text,
    request_hash    bytea       not null check (octet_length(request_hash) = 32),
    signed_at       timestamptz not null,
    batch           bytea check (octet_length(batch) = 32),
    unique (chain_id, contract, proposal, voter, ballot_number)
);
create index ballot_waiting on recorded.ballot (proposal, number) where batch is null;
create unique index ballot_by_key on recorded.ballot (member, idempotency_key)
    where idempotency_key is not null;

-- What is sent for a proposal when its time has come, each try under an intent of its own.
create table recorded.proposal_errand (
    proposal     numeric(78) not null,
    step         text        not null check (step in ('queue', 'execute')),
    attempt      int         not null check (attempt > 0),
    intent       bytea       not null check (octet_length(intent) = 32),
    submitted_at timestamptz not null,
    primary key (proposal, step, attempt)
);
