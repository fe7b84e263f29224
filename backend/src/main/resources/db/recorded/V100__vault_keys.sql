-- Whoever reads this table reads nothing: the key is wrapped under a secret that lies in a file.
CREATE TABLE recorded.vault_data_key (
    id      int PRIMARY KEY,
    wrapped bytea NOT NULL,
    made_at timestamptz NOT NULL
);

CREATE TABLE recorded.vault_key (
    address bytea PRIMARY KEY CHECK (octet_length(address) = 20),
    owner   text NOT NULL UNIQUE,
    sealed  bytea NOT NULL,
    made_at timestamptz NOT NULL
);

CREATE TABLE recorded.vault_signature (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner     text NOT NULL,
    address   bytea NOT NULL,
    kind      text NOT NULL,
    chain_id  bigint NOT NULL,
    contract  bytea,
    digest    bytea NOT NULL CHECK (octet_length(digest) = 32),
    signed_at timestamptz NOT NULL
);

CREATE INDEX vault_signature_by_owner ON recorded.vault_signature (owner, id);
