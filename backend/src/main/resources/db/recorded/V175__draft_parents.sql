-- The works that a draft is a remix of, as its maker named them.
ALTER TABLE recorded.draft ADD COLUMN parents numeric[] NOT NULL DEFAULT '{}';
