-- Whom an account keeps away, whom it does not want to hear of, and what it does not want to see.

CREATE TABLE accounts.block (
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    party_id uuid NOT NULL REFERENCES accounts.party (id) ON DELETE CASCADE,
    blocked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, party_id),
    CHECK (account_id <> party_id)
);
CREATE INDEX block_latest ON accounts.block (account_id, blocked_at DESC, party_id DESC);
CREATE INDEX block_by_party ON accounts.block (party_id, account_id);

CREATE TABLE accounts.mute (
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    party_id uuid NOT NULL REFERENCES accounts.party (id) ON DELETE CASCADE,
    muted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, party_id),
    CHECK (account_id <> party_id)
);
CREATE INDEX mute_latest ON accounts.mute (account_id, muted_at DESC, party_id DESC);
CREATE INDEX mute_by_party ON accounts.mute (party_id);

-- As with `saved`, a track's or release's id names a row of a slice that accounts knows nothing of.
CREATE TABLE accounts.hide (
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('profile', 'track', 'release')),
    subject_id uuid NOT NULL,
    hidden_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, kind, subject_id)
);
CREATE INDEX hide_latest ON accounts.hide (account_id, kind, hidden_at DESC, subject_id DESC);
CREATE INDEX hide_by_subject ON accounts.hide (kind, subject_id);

-- Who is meant by a party that somebody blocks: the person, or those who run the profile.
CREATE VIEW accounts.v_behind AS
    SELECT id AS account_id, id AS party_id FROM accounts.account
    UNION ALL
    SELECT account_id, party_id FROM accounts.membership WHERE role IN ('owner', 'manager');

-- What a block takes out of whose sight. Not the same both ways, since a band is not one person's:
--   whoever blocks a person no longer sees that person, nor any profile that person runs, with others or alone;
--   whoever is blocked no longer sees the blocker, nor the profiles that the blocker runs alone. A band of five
--     stays where it was for those whom its drummer blocked.
-- Blocking a profile takes that one away, and the blocker from the sight of those who run it.
-- Nobody loses sight of a profile that they belong to themselves.
CREATE VIEW accounts.v_blocked AS
    SELECT reach.account_id, reach.party_id
      FROM (
        SELECT b.account_id, b.party_id FROM accounts.block b
        UNION ALL
        SELECT b.account_id, m.party_id
          FROM accounts.block b JOIN accounts.membership m ON m.account_id = b.party_id
         WHERE m.role IN ('owner', 'manager')
        UNION ALL
        SELECT w.account_id, b.account_id
          FROM accounts.v_behind w JOIN accounts.block b ON b.party_id = w.party_id
        UNION ALL
        SELECT w.account_id, m.party_id
          FROM accounts.v_behind w
          JOIN accounts.block b ON b.party_id = w.party_id
          JOIN accounts.membership m ON m.account_id = b.account_id AND m.role IN ('owner', 'manager')
         WHERE NOT EXISTS (SELECT FROM accounts.membership o
                            WHERE o.party_id = m.party_id AND o.account_id <> m.account_id
                              AND o.role IN ('owner', 'manager'))
      ) reach
     WHERE reach.account_id <> reach.party_id
       AND NOT EXISTS (SELECT FROM accounts.membership own
                        WHERE own.party_id = reach.party_id AND own.account_id = reach.account_id);

-- What other slices may read: `v_blocked` for what is not found at its own address, `v_hidden` for all lists,
-- counts and search; `v_hidden_subject` likewise for single tracks and releases; `v_muted` before telling anybody.
CREATE VIEW accounts.v_hidden AS
    SELECT account_id, party_id FROM accounts.v_blocked
    UNION ALL
    SELECT account_id, subject_id FROM accounts.hide WHERE kind = 'profile';
CREATE VIEW accounts.v_hidden_subject AS SELECT account_id, kind, subject_id, hidden_at FROM accounts.hide;
CREATE VIEW accounts.v_muted AS SELECT account_id, party_id FROM accounts.mute;
