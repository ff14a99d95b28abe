-- What a genre's pages list, each in its order from an index.

-- When the track was published, beside each of its genres; NULL while nobody would find it. Without it a genre
-- whose tracks are all old would be looked for among everything newer.
ALTER TABLE catalog.track_genre ADD COLUMN listed_at timestamptz;
UPDATE catalog.track_genre l SET listed_at = t.published_at
  FROM catalog.track t WHERE t.id = l.track_id AND t.deleted_at IS NULL;
CREATE INDEX track_genre_listed ON catalog.track_genre (genre, listed_at DESC, track_id DESC)
    WHERE listed_at IS NOT NULL;
CREATE INDEX artist_by_genre ON catalog.artist_genre (genre, artist_id DESC);

-- The lock makes a genre that is added while its track is being published wait for what becomes of that.
CREATE FUNCTION catalog.list_new_genre() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT CASE WHEN deleted_at IS NULL THEN published_at END INTO NEW.listed_at
      FROM catalog.track WHERE id = NEW.track_id FOR NO KEY UPDATE;
    RETURN NEW;
END;
$$;
CREATE TRIGGER track_genre_listed BEFORE INSERT ON catalog.track_genre
    FOR EACH ROW EXECUTE FUNCTION catalog.list_new_genre();

CREATE FUNCTION catalog.list_in_genres() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE catalog.track_genre
       SET listed_at = CASE WHEN NEW.deleted_at IS NULL THEN NEW.published_at END
     WHERE track_id = NEW.id;
    RETURN NULL;
END;
$$;
CREATE TRIGGER track_listed AFTER UPDATE OF published_at, deleted_at ON catalog.track
    FOR EACH ROW WHEN ((OLD.published_at, OLD.deleted_at) IS DISTINCT FROM (NEW.published_at, NEW.deleted_at))
    EXECUTE FUNCTION catalog.list_in_genres();
