-- What a person said about how they go out and what they like. All of it may be left out, changed and deleted.
ALTER TABLE accounts.preference
    -- When the welcome was gone through or skipped; NULL while it is still to be offered.
    ADD COLUMN welcomed_at timestamptz,
    ADD COLUMN reach text COLLATE "C" CHECK (reach IN ('walk', 'city', 'region')),
    -- ISO weekdays, 1 is Monday.
    ADD COLUMN nights smallint[] NOT NULL DEFAULT '{}'
        CHECK (nights <@ '{1,2,3,4,5,6,7}'::smallint[] AND cardinality(nights) <= 7),
    -- As the shipped list had it, which may change: a city or a district, to a tenth of a degree.
    ADD COLUMN place_id integer,
    ADD COLUMN place_name text CHECK (char_length(place_name) <= 200),
    ADD COLUMN place_region text CHECK (char_length(place_region) <= 200),
    ADD COLUMN place_country text CHECK (char_length(place_country) <= 200),
    ADD COLUMN place_zone text COLLATE "C" CHECK (char_length(place_zone) <= 64),
    ADD COLUMN place_latitude numeric(3, 1) CHECK (place_latitude BETWEEN -90 AND 90),
    ADD COLUMN place_longitude numeric(4, 1) CHECK (place_longitude BETWEEN -180 AND 180),
    ADD CHECK (num_nulls(place_id, place_name, place_region, place_country, place_zone, place_latitude,
                         place_longitude) IN (0, 7));

-- `genre` and `track_id` name rows of a slice that accounts knows nothing of.
CREATE TABLE accounts.taste_genre (
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    genre text COLLATE "C" NOT NULL CHECK (char_length(genre) <= 40),
    PRIMARY KEY (account_id, genre)
);

-- A clip that was kept or passed: evidence of taste, apart from the library, where a kept one is saved as well.
CREATE TABLE accounts.taste_track (
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    track_id uuid NOT NULL,
    kept boolean NOT NULL,
    judged_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, track_id)
);
CREATE INDEX taste_track_latest ON accounts.taste_track (account_id, judged_at DESC, track_id DESC);
CREATE INDEX taste_track_by_track ON accounts.taste_track (track_id);

-- What other slices may read, each of one account: the one that asks.
CREATE VIEW accounts.v_taste_track AS SELECT account_id, track_id, kept, judged_at FROM accounts.taste_track;
