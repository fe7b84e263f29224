-- What Atelier sends for everybody, once for each subject: an epoch's closing, a statement, a stretch
-- of shares. Another attempt follows one that came to nothing.
CREATE TABLE recorded.errand (
    kind    text    NOT NULL,
    subject text    NOT NULL,
    attempt integer NOT NULL,
    intent  bytea   NOT NULL,
    PRIMARY KEY (kind, subject, attempt)
);

-- Receipts of costs that are no pictures; pictures are with the other pictures.
CREATE TABLE recorded.receipt (
    hash    bytea       PRIMARY KEY,
    content bytea       NOT NULL CHECK (sha256(content) = hash),
    member  uuid        NOT NULL,
    stored  timestamptz NOT NULL
);
ALTER TABLE recorded.receipt ALTER COLUMN content SET STORAGE EXTERNAL;
