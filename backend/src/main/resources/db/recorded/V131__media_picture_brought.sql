-- When a member brought a picture first: what a day's measure counts. Bringing it again moves
-- `uploaded` alone.
ALTER TABLE recorded.picture_upload ADD COLUMN brought timestamptz;
UPDATE recorded.picture_upload SET brought = uploaded;
ALTER TABLE recorded.picture_upload ALTER COLUMN brought SET NOT NULL;

CREATE INDEX picture_upload_brought ON recorded.picture_upload (member, brought);
