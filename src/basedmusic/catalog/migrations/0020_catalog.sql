-- Artists, releases, tracks, genres.
CREATE SCHEMA catalog;

CREATE TABLE catalog.genre (
    slug text PRIMARY KEY CHECK (slug ~ '^[a-z0-9-]{2,40}$'),
    name text NOT NULL
);
INSERT INTO catalog.genre (slug, name) VALUES
    ('ambient', 'Ambient'), ('blues', 'Blues'), ('classical', 'Classical'), ('dub', 'Dub'),
    ('electronic', 'Electronic'), ('experimental', 'Experimental'), ('folk', 'Folk'), ('funk', 'Funk'),
    ('hip-hop', 'Hip-hop'), ('house', 'House'), ('indie', 'Indie'), ('jazz', 'Jazz'), ('metal', 'Metal'),
    ('pop', 'Pop'), ('punk', 'Punk'), ('reggae', 'Reggae'), ('rock', 'Rock'),
    ('singer-songwriter', 'Singer-songwriter'), ('soul', 'Soul'), ('techno', 'Techno');

-- A party's name and slug belong to accounts; this is what only an artist has.
CREATE TABLE catalog.artist (
    id uuid PRIMARY KEY REFERENCES accounts.party (id),
    city text NOT NULL CHECK (char_length(city) BETWEEN 1 AND 100),
    bio text NOT NULL DEFAULT '' CHECK (char_length(bio) <= 4000),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE catalog.artist_genre (
    artist_id uuid NOT NULL REFERENCES catalog.artist (id) ON DELETE CASCADE,
    genre text NOT NULL REFERENCES catalog.genre (slug),
    PRIMARY KEY (artist_id, genre)
);

CREATE TABLE catalog.release (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    artist_id uuid NOT NULL REFERENCES catalog.artist (id),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    kind text NOT NULL CHECK (kind IN ('album', 'ep', 'single')),
    released_on date,
    publication text NOT NULL DEFAULT 'draft'
        CHECK (publication IN ('draft', 'scheduled', 'unlisted', 'published')),
    published_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((publication = 'published') = (published_at IS NOT NULL)),
    UNIQUE (id, artist_id)
);
CREATE INDEX release_by_artist ON catalog.release (artist_id, id DESC);
CREATE INDEX release_latest ON catalog.release (published_at DESC, id DESC) WHERE publication = 'published';

CREATE TABLE catalog.track (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    artist_id uuid NOT NULL REFERENCES catalog.artist (id),
    release_id uuid,
    position smallint CHECK (position BETWEEN 1 AND 999),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    publication text NOT NULL DEFAULT 'draft'
        CHECK (publication IN ('draft', 'scheduled', 'unlisted', 'published')),
    published_at timestamptz,
    media_status text NOT NULL CHECK (media_status IN ('processing', 'playable', 'failed')),
    failure_code text,
    failure_message text,
    source_key text UNIQUE,
    playback_key text,
    source_sha256 bytea CHECK (octet_length(source_sha256) = 32),
    source_bytes bigint CHECK (source_bytes > 0),
    container text,
    content_type text,
    codec text,
    sample_rate integer CHECK (sample_rate > 0),
    channels smallint CHECK (channels > 0),
    samples bigint CHECK (samples > 0),
    duration_ms bigint CHECK (duration_ms >= 0),
    integrated_lufs real,
    loudness_range_lu real,
    true_peak_dbtp real,
    waveform bytea CHECK (octet_length(waveform) = 200),
    cover_key text,
    cover_colour text CHECK (cover_colour ~ '^#[0-9a-f]{6}$'),
    steps_done text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    -- A track lies on a release of its own artist, or on none.
    FOREIGN KEY (release_id, artist_id) REFERENCES catalog.release (id, artist_id),
    CHECK ((release_id IS NULL) = (position IS NULL)),
    CHECK ((publication = 'published') = (published_at IS NOT NULL)),
    CHECK ((media_status = 'failed') = (failure_code IS NOT NULL)),
    CHECK ((failure_code IS NULL) = (failure_message IS NULL)),
    CHECK ((cover_key IS NULL) = (cover_colour IS NULL)),
    CHECK (media_status <> 'playable' OR num_nulls(source_key, playback_key, source_sha256, source_bytes,
        container, content_type, codec, sample_rate, channels, samples, duration_ms) = 0),
    CHECK (publication <> 'published' OR media_status = 'playable')
);
CREATE UNIQUE INDEX track_position ON catalog.track (release_id, position)
    WHERE release_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX track_by_artist ON catalog.track (artist_id, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX track_latest ON catalog.track (published_at DESC, id DESC)
    WHERE publication = 'published' AND deleted_at IS NULL;
CREATE INDEX track_deleted ON catalog.track (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE catalog.track_genre (
    track_id uuid NOT NULL REFERENCES catalog.track (id) ON DELETE CASCADE,
    genre text NOT NULL REFERENCES catalog.genre (slug),
    PRIMARY KEY (track_id, genre)
);
CREATE INDEX track_by_genre ON catalog.track_genre (genre, track_id);

-- What other slices may read.
CREATE VIEW catalog.v_track AS
SELECT id, artist_id, release_id, title, publication, media_status, source_key, playback_key, source_sha256,
       source_bytes, container, content_type, codec, sample_rate, channels, samples, duration_ms
  FROM catalog.track
 WHERE deleted_at IS NULL;

-- Also of deleted tracks, which can be restored: whose stored file is still somebody's.
CREATE VIEW catalog.v_source AS
SELECT id, source_key, playback_key FROM catalog.track;
