-- What venues and organisers tell about themselves, where any profile is elsewhere, and profiles that nobody owns yet.

ALTER TABLE accounts.party
    ADD COLUMN website text CHECK (char_length(website) <= 300 AND website ~ '^https?://'),
    ADD COLUMN links text[] NOT NULL DEFAULT '{}' CHECK (cardinality(links) <= 8),
    -- Set while a profile has no owner: made by a moderator or an import, or left by a person who was erased.
    ADD COLUMN stub_since timestamptz CHECK (stub_since IS NULL OR kind IN ('artist', 'venue', 'organiser'));

-- An artist's own words are catalog's.
CREATE TABLE accounts.card (
    party_id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('venue', 'organiser')),
    type text CHECK (type IN ('promoter', 'collective', 'series', 'festival', 'label')),
    city text NOT NULL CHECK (char_length(city) BETWEEN 1 AND 100),
    about text NOT NULL DEFAULT '' CHECK (char_length(about) <= 4000),
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((kind = 'organiser') = (type IS NOT NULL)),
    CONSTRAINT card_of_party FOREIGN KEY (party_id, kind) REFERENCES accounts.party (id, kind) ON DELETE CASCADE
);
CREATE INDEX card_by_kind ON accounts.card (kind, party_id DESC);

-- As before, but for a profile that is marked as nobody's.
CREATE OR REPLACE FUNCTION accounts.keep_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM accounts.party WHERE id = OLD.party_id AND stub_since IS NULL FOR NO KEY UPDATE;
    IF FOUND AND NOT EXISTS (
        SELECT FROM accounts.membership WHERE party_id = OLD.party_id AND role = 'owner'
    ) THEN
        RAISE EXCEPTION 'party % would lose its last owner', OLD.party_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_last_owner';
    END IF;
    RETURN NULL;
END;
$$;

-- What other slices may read.
CREATE VIEW accounts.v_profile AS
    SELECT id, kind, website, links, stub_since IS NOT NULL AS claimable
      FROM accounts.party WHERE kind IN ('artist', 'venue', 'organiser');
