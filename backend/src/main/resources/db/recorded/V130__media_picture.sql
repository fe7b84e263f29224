CREATE TABLE recorded.picture (
  hash         bytea       PRIMARY KEY CHECK (octet_length(hash) = 32),
  type         text        NOT NULL CHECK (type IN ('image/png', 'image/jpeg')),
  width        integer     NOT NULL CHECK (width > 0),
  height       integer     NOT NULL CHECK (height > 0),
  content      bytea       NOT NULL CHECK (sha256(content) = hash),
  preview_type text        NOT NULL CHECK (preview_type IN ('image/png', 'image/jpeg')),
  preview      bytea       NOT NULL,
  stored       timestamptz NOT NULL
);

-- Pictures are compressed already: a second try would cost time and gain nothing.
ALTER TABLE recorded.picture ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE recorded.picture ALTER COLUMN preview SET STORAGE EXTERNAL;

CREATE TABLE recorded.picture_upload (
  hash     bytea       NOT NULL REFERENCES recorded.picture,
  member   uuid        NOT NULL,
  uploaded timestamptz NOT NULL,
  PRIMARY KEY (hash, member)
);

CREATE INDEX picture_upload_by_member ON recorded.picture_upload (member, uploaded DESC);
