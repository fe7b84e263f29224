-- What a recipe says in words; the chain holds only the hash of it.
CREATE TABLE recorded.recipe_text (
    definition_hash bytea       PRIMARY KEY CHECK (octet_length(definition_hash) = 32),
    definition      text        NOT NULL,
    title           text        NOT NULL,
    description     text        NOT NULL,
    author          uuid        NOT NULL,
    written         timestamptz NOT NULL
);

-- ordered: when the making was last confirmed; null before, and again for a making that failed and
-- was overtaken by another draft of the same picture. The n-th ordered draft of a picture by a
-- recipe and an account is the n-th work of that picture, recipe and creator.
CREATE TABLE recorded.draft (
    id           uuid        PRIMARY KEY,
    maker        uuid        NOT NULL,
    account      bytea       NOT NULL CHECK (octet_length(account) = 20),
    recipe       bigint      NOT NULL,
    picture      bytea       NOT NULL REFERENCES recorded.picture,
    title        text        NOT NULL,
    description  text        NOT NULL,
    created      timestamptz NOT NULL,
    request_key  text,
    request_hash bytea       NOT NULL,
    intent       bytea,
    attempts     integer     NOT NULL DEFAULT 0,
    ordered      timestamptz,
    UNIQUE (maker, request_key)
);
CREATE INDEX draft_by_maker ON recorded.draft (maker, created DESC);
CREATE INDEX draft_by_picture ON recorded.draft (picture, account, recipe, ordered);
