-- What a person heard, and how they want the scene to know them. Of nobody but that person's concern: no view
-- counts it, and none shows it to another account. What the scene counts of plays is another table's.

CREATE TABLE accounts.preference (
    account_id uuid PRIMARY KEY REFERENCES accounts.account (id) ON DELETE CASCADE,
    -- Since when nothing that is heard is kept; NULL while it is.
    history_paused_at timestamptz,
    -- A person is found and followed only if they say so.
    followable boolean NOT NULL DEFAULT false
);

-- Stretches of time of which the history keeps nothing: what was deleted, and while it was paused. A device that was
-- offline reports late, and a report is sent again: neither brings back what a person has taken out.
CREATE TABLE accounts.heard_gap (
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('deleted', 'paused')),
    -- Empty for a single entry.
    heard tstzrange NOT NULL,
    made_at timestamptz NOT NULL,
    -- Whether what lies in it was wiped: until then it can be undone.
    wiped boolean NOT NULL DEFAULT false,
    PRIMARY KEY (account_id, id)
);
CREATE INDEX heard_gap_to_wipe ON accounts.heard_gap (made_at) WHERE NOT wiped;
CREATE INDEX heard_gap_made_at ON accounts.heard_gap (made_at);
CREATE INDEX heard_gap_spans ON accounts.heard_gap (account_id) WHERE NOT isempty(heard);

-- One row per play that was really heard. `play_id` comes from the player, so that a report sent twice counts once.
-- `track_id` names a row of a slice that accounts knows nothing of; NULL once a deletion can't be undone any more.
CREATE TABLE accounts.heard (
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    play_id uuid NOT NULL,
    track_id uuid,
    heard_at timestamptz NOT NULL,
    gap_id uuid,
    PRIMARY KEY (account_id, play_id),
    FOREIGN KEY (account_id, gap_id) REFERENCES accounts.heard_gap (account_id, id) ON DELETE CASCADE,
    CHECK (track_id IS NOT NULL OR gap_id IS NOT NULL)
);
CREATE INDEX heard_latest ON accounts.heard (account_id, heard_at DESC, play_id DESC) WHERE gap_id IS NULL;
CREATE INDEX heard_in_gap ON accounts.heard (account_id, gap_id) WHERE gap_id IS NOT NULL;
CREATE INDEX heard_by_track ON accounts.heard (track_id);

-- What other slices may read, each of one account: the one that asks.
CREATE VIEW accounts.v_heard AS
    SELECT account_id, play_id, track_id, heard_at FROM accounts.heard WHERE gap_id IS NULL;
