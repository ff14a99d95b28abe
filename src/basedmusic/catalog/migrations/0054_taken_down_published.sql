-- Since when it was out before a moderator took it down: restored, it stands where it stood.
ALTER TABLE catalog.track ADD COLUMN taken_down_published_at timestamptz;
ALTER TABLE catalog.release ADD COLUMN taken_down_published_at timestamptz;
