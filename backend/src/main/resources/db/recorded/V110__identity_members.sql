CREATE TABLE recorded.member (
    id            uuid PRIMARY KEY,
    name          text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 40),
    email         text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    account       bytea NOT NULL UNIQUE CHECK (octet_length(account) = 20),
    language      text NOT NULL,
    joined        timestamptz NOT NULL
);

CREATE TABLE recorded.member_role (
    member   uuid NOT NULL REFERENCES recorded.member,
    role     text NOT NULL CHECK (role IN ('MEMBER', 'SUPPLIER', 'ADMIN', 'AUDITOR')),
    given_at timestamptz NOT NULL,
    PRIMARY KEY (member, role)
);

CREATE INDEX member_role_by_role ON recorded.member_role (role);

-- Tokens and links open something for whoever shows them: only their SHA-256 is here.
CREATE TABLE recorded.api_token (
    digest     bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    member     uuid NOT NULL REFERENCES recorded.member,
    made_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX api_token_by_member ON recorded.api_token (member);

CREATE TABLE recorded.set_up_link (
    digest     bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    expires_at timestamptz NOT NULL
);

CREATE TABLE recorded.attempt_count (
    subject bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
    tries   int NOT NULL,
    since   timestamptz NOT NULL
);

CREATE INDEX attempt_count_by_age ON recorded.attempt_count (since);

CREATE TABLE recorded.join_key (
    subject bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
    request bytea NOT NULL CHECK (octet_length(request) = 32),
    used_at timestamptz NOT NULL
);
