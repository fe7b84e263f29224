-- What an account has promised is found by what it has on its way, not by all it ever held back.
create index intent_open_by_signer on recorded.intent (signer) where state in ('WAITING', 'SENT');
