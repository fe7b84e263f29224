-- What an admin asked the RuleBook to say; which of it became rule is in derived.rule_change.
create table recorded.rule_request (
    intent    bytea       not null references recorded.intent (id),
    rule      text        not null,
    wished    numeric     not null,
    member    uuid        not null,
    requested timestamptz not null,
    primary key (intent, rule)
);
