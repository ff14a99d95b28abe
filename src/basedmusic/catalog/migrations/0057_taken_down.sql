-- What a moderator took down: its members still have it, and can't publish it until a moderator restores it.
ALTER TABLE catalog.track ADD COLUMN taken_down_at timestamptz, ADD COLUMN taken_down_from text,
    ADD CONSTRAINT track_taken_down CHECK (taken_down_at IS NULL OR publication NOT IN ('published', 'unlisted'));
ALTER TABLE catalog.release ADD COLUMN taken_down_at timestamptz, ADD COLUMN taken_down_from text,
    ADD CONSTRAINT release_taken_down CHECK (taken_down_at IS NULL OR publication NOT IN ('published', 'unlisted'));
