-- Profiles that an owner closed: out of sight at once, taken back by an owner until the second instant, and then
-- gone for good with all that is theirs.
ALTER TABLE accounts.party
    ADD COLUMN closed_at timestamptz,
    ADD COLUMN gone_at timestamptz,
    ADD CONSTRAINT party_closed CHECK (
        (closed_at IS NULL) = (gone_at IS NULL) AND gone_at > closed_at
        AND (closed_at IS NULL OR kind IN ('artist', 'venue', 'organiser')));
CREATE INDEX party_gone_at ON accounts.party (gone_at) WHERE closed_at IS NOT NULL;

-- What other slices may read: a closed profile is not there, nor is what joins these. Counts, which join neither,
-- take away what `v_closed` names.
CREATE OR REPLACE VIEW accounts.v_party AS
    SELECT id, kind, name, slug, frozen_at FROM accounts.party WHERE closed_at IS NULL;
CREATE OR REPLACE VIEW accounts.v_profile AS
    SELECT id, kind, website, links, stub_since IS NOT NULL AS claimable
      FROM accounts.party WHERE kind IN ('artist', 'venue', 'organiser') AND closed_at IS NULL;
CREATE VIEW accounts.v_closed AS SELECT id AS party_id FROM accounts.party WHERE closed_at IS NOT NULL;
