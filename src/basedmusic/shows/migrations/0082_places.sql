-- Places at a show: one row each, so that nothing has to be counted to know whether one is left.

-- The capacity of a show, and the place types under it. Either may be without a bound (`size` NULL, no slots).
-- A place of a type takes a slot of the type and one of the show.
CREATE TABLE shows.pool (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    show_id uuid NOT NULL REFERENCES shows.show (id) ON DELETE CASCADE,
    name text CHECK (char_length(name) BETWEEN 1 AND 60),
    size integer CHECK (size BETWEEN 1 AND 100000),
    place smallint NOT NULL CHECK (place BETWEEN 0 AND 20),
    CHECK ((name IS NULL) = (place = 0)),
    UNIQUE (show_id, place) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (id, show_id)
);

ALTER TABLE shows.show
    ADD COLUMN party_max smallint NOT NULL DEFAULT 6 CHECK (party_max BETWEEN 1 AND 20),
    ADD COLUMN offer_minutes integer NOT NULL DEFAULT 720 CHECK (offer_minutes BETWEEN 5 AND 10080),
    ADD COLUMN offers_stop_minutes integer NOT NULL DEFAULT 120 CHECK (offers_stop_minutes BETWEEN 0 AND 10080);

-- What one person says of one show: one row, so that nobody holds places twice or waits while going.
CREATE TABLE shows.rsvp (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    show_id uuid NOT NULL REFERENCES shows.show (id) ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    state text COLLATE "C" NOT NULL
        CHECK (state IN ('no', 'interested', 'held', 'going', 'waiting', 'offered', 'lapsed')),
    size smallint NOT NULL DEFAULT 1 CHECK (size BETWEEN 1 AND 20),
    pool_id uuid,
    until timestamptz,
    turn bigint,
    said_at timestamptz NOT NULL,
    UNIQUE (show_id, account_id),
    FOREIGN KEY (pool_id, show_id) REFERENCES shows.pool (id, show_id),
    CHECK ((until IS NOT NULL) = (state IN ('held', 'offered'))),
    CHECK ((turn IS NOT NULL) = (state = 'waiting'))
);
CREATE SEQUENCE shows.turn;
CREATE INDEX rsvp_waiting ON shows.rsvp (show_id, turn) WHERE state = 'waiting';
CREATE INDEX rsvp_ending ON shows.rsvp (show_id, until) WHERE state IN ('held', 'offered');
CREATE INDEX rsvp_by_account ON shows.rsvp (account_id, show_id);
CREATE INDEX rsvp_by_pool ON shows.rsvp (pool_id, show_id) WHERE pool_id IS NOT NULL;

-- A slot is free from `free_at` on: always, never, or when a reservation ends, with no sweeper in between.
CREATE TABLE shows.slot (
    pool_id uuid NOT NULL REFERENCES shows.pool (id) ON DELETE CASCADE,
    n integer NOT NULL CHECK (n > 0),
    rsvp_id uuid REFERENCES shows.rsvp (id),
    free_at timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (pool_id, n),
    CHECK ((rsvp_id IS NULL) = (free_at = '-infinity'))
) WITH (fillfactor = 70);
-- Whoever goes has no entry here, so that a sold slot costs one entry less and is never walked past.
CREATE INDEX slot_free ON shows.slot (pool_id, free_at) WHERE free_at < 'infinity';
CREATE INDEX slot_by_rsvp ON shows.slot (rsvp_id) WHERE rsvp_id IS NOT NULL;

-- Whoever is taken off gives the places back. The waitlist hears of it at the next touch of the show, or by the sweep.
CREATE FUNCTION shows.free_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE shows.slot SET rsvp_id = NULL, free_at = '-infinity' WHERE rsvp_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE TRIGGER rsvp_frees_places BEFORE DELETE ON shows.rsvp FOR EACH ROW EXECUTE FUNCTION shows.free_places();

-- The last guard, whatever the code does: at commit whoever goes (or was promised) has exactly as many places as
-- they said, in the show and in the type; and no place of somebody who goes was given to another.
CREATE FUNCTION shows.require_places(of_rsvp uuid, wanted text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM shows.rsvp r
          JOIN shows.pool p ON p.show_id = r.show_id AND (p.place = 0 OR p.id = r.pool_id)
         WHERE r.id = of_rsvp AND r.state = ANY (wanted) AND p.size IS NOT NULL
           AND r.size <> (SELECT count(*) FROM shows.slot s WHERE s.rsvp_id = r.id AND s.pool_id = p.id)
    ) THEN
        RAISE EXCEPTION 'rsvp % has not the places it says', of_rsvp
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rsvp_has_its_places';
    END IF;
END;
$$;
CREATE FUNCTION shows.rsvp_has_its_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM shows.require_places(NEW.id, ARRAY['going', 'held', 'offered']);
    RETURN NULL;
END;
$$;
CREATE CONSTRAINT TRIGGER rsvp_has_its_places
    AFTER INSERT OR UPDATE OF state, size, pool_id ON shows.rsvp
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IN ('going', 'held', 'offered'))
    EXECUTE FUNCTION shows.rsvp_has_its_places();
CREATE FUNCTION shows.slot_was_not_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM shows.require_places(OLD.rsvp_id, ARRAY['going']);
    RETURN NULL;
END;
$$;
CREATE CONSTRAINT TRIGGER slot_was_not_taken
    AFTER UPDATE OF rsvp_id ON shows.slot
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.rsvp_id IS NOT NULL AND OLD.rsvp_id IS DISTINCT FROM NEW.rsvp_id)
    EXECUTE FUNCTION shows.slot_was_not_taken();
