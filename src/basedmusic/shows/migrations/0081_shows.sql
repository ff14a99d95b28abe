-- Rooms of venues, shows in them or elsewhere, who plays, and what became of it.
CREATE SCHEMA shows;

-- What is unknown about access is NULL: nobody has said, which is not the same as no.
CREATE TABLE shows.room (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    venue_id uuid NOT NULL REFERENCES accounts.party (id) ON DELETE CASCADE,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    capacity integer CHECK (capacity BETWEEN 1 AND 100000),
    step_free boolean,
    accessible_toilet boolean,
    hearing_loop boolean,
    seats boolean,
    companion_free boolean,
    quiet_space boolean,
    strobe_free boolean,
    access_words text NOT NULL DEFAULT '' CHECK (char_length(access_words) <= 2000),
    created_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz
);
CREATE INDEX room_by_venue ON shows.room (venue_id, id);

-- Planned in local wall time; the instants beside are derived from it by one function, with the rules of `tz_version`.
-- `*_fold` is 1 for the second of two hours that a clock shows twice. A show is over by itself.
CREATE TABLE shows.show (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    owner_id uuid NOT NULL REFERENCES accounts.party (id) ON DELETE CASCADE,
    room_id uuid REFERENCES shows.room (id),
    venue_answer text NOT NULL CHECK (venue_answer IN ('none', 'asked', 'confirmed', 'declined')),
    place_name text CHECK (char_length(place_name) BETWEEN 1 AND 120),
    place_address text CHECK (char_length(place_address) BETWEEN 1 AND 300),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    about text NOT NULL DEFAULT '' CHECK (char_length(about) <= 4000),
    state text COLLATE "C" NOT NULL DEFAULT 'draft'
        CHECK (state IN ('draft', 'published', 'rescheduled', 'postponed', 'cancelled')),
    zone text NOT NULL CHECK (char_length(zone) BETWEEN 1 AND 64),
    starts_wall timestamp NOT NULL,
    starts_fold smallint NOT NULL CHECK (starts_fold IN (0, 1)),
    starts_at timestamptz NOT NULL,
    doors_wall timestamp,
    doors_fold smallint CHECK (doors_fold IN (0, 1)),
    doors_at timestamptz,
    curfew_wall timestamp,
    curfew_fold smallint CHECK (curfew_fold IN (0, 1)),
    curfew_at timestamptz,
    over_at timestamptz NOT NULL,
    evening date NOT NULL,
    tz_version text NOT NULL,
    age_from smallint CHECK (age_from BETWEEN 0 AND 99),
    price_from integer CHECK (price_from >= 0),
    price_to integer CHECK (price_to >= price_from),
    currency text CHECK (currency ~ '^[A-Z]{3}$'),
    links text[] NOT NULL DEFAULT '{}' CHECK (cardinality(links) <= 8),
    version integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz,
    CHECK (room_id IS NULL OR place_name IS NULL),
    CHECK ((room_id IS NULL) = (venue_answer = 'none')),
    CHECK (num_nonnulls(doors_wall, doors_fold, doors_at) IN (0, 3)),
    CHECK (num_nonnulls(curfew_wall, curfew_fold, curfew_at) IN (0, 3)),
    CHECK (doors_at <= starts_at),
    CHECK (curfew_at > starts_at),
    CHECK (over_at > starts_at AND over_at <= starts_at + interval '2 days'),
    CHECK ((state = 'draft') = (published_at IS NULL)),
    CHECK (num_nonnulls(price_from, price_to, currency) IN (0, 3)),
    CHECK (state = 'draft' OR room_id IS NOT NULL OR place_name IS NOT NULL)
);
CREATE INDEX show_by_owner ON shows.show (owner_id);
CREATE INDEX show_by_room ON shows.show (room_id);
CREATE INDEX show_coming ON shows.show (starts_at, id) WHERE state <> 'draft';
CREATE INDEX show_of_evening ON shows.show (evening, starts_at, id) WHERE state <> 'draft';

-- Who plays, in the order of the bill. A name without a profile needs nobody's answer.
CREATE TABLE shows.act (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    show_id uuid NOT NULL REFERENCES shows.show (id) ON DELETE CASCADE,
    artist_id uuid REFERENCES accounts.party (id) ON DELETE CASCADE,
    name text CHECK (char_length(name) BETWEEN 1 AND 120),
    place smallint NOT NULL CHECK (place BETWEEN 1 AND 100),
    answer text NOT NULL CHECK (answer IN ('none', 'asked', 'confirmed', 'declined')),
    after_s integer CHECK (after_s BETWEEN 0 AND 172800),
    CHECK ((artist_id IS NULL) = (answer = 'none')),
    CHECK ((artist_id IS NULL) <> (name IS NULL)),
    UNIQUE (show_id, artist_id),
    UNIQUE (show_id, place) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX act_by_artist ON shows.act (artist_id);

-- On whose page a show is: its owner's, its venue's and its artists', once these have said yes. Derived by one
-- statement whenever one of the three or the time changes, so that a page's list is one walk of an index.
CREATE TABLE shows.billing (
    party_id uuid NOT NULL REFERENCES accounts.party (id) ON DELETE CASCADE,
    starts_at timestamptz NOT NULL,
    show_id uuid NOT NULL REFERENCES shows.show (id) ON DELETE CASCADE,
    PRIMARY KEY (party_id, starts_at, show_id)
);
CREATE UNIQUE INDEX billing_by_show ON shows.billing (show_id, party_id);

-- What was done to a show, in order. `before` is the start that it had until then.
CREATE TABLE shows.change (
    show_id uuid NOT NULL REFERENCES shows.show (id) ON DELETE CASCADE,
    version integer NOT NULL,
    at timestamptz NOT NULL,
    by_id uuid REFERENCES accounts.account (id) ON DELETE SET NULL,
    act text NOT NULL CHECK (act IN ('published', 'rescheduled', 'postponed', 'cancelled')),
    words text NOT NULL DEFAULT '' CHECK (char_length(words) <= 500),
    before_wall timestamp,
    before_at timestamptz,
    before_zone text,
    PRIMARY KEY (show_id, version)
);
CREATE INDEX change_by_account ON shows.change (by_id);
