-- What a person keeps: whom they follow, and what of the slices above they saved.

CREATE TABLE accounts.follow (
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    party_id uuid NOT NULL REFERENCES accounts.party (id) ON DELETE CASCADE,
    followed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, party_id)
);
CREATE INDEX follow_latest ON accounts.follow (account_id, followed_at DESC, party_id DESC);
CREATE INDEX follow_by_party ON accounts.follow (party_id);

-- `subject_id` names a row of a slice that accounts knows nothing of; that slice deletes what it purges.
CREATE TABLE accounts.saved (
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('track', 'release')),
    subject_id uuid NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, kind, subject_id)
);
CREATE INDEX saved_latest ON accounts.saved (account_id, kind, saved_at DESC, subject_id DESC);
CREATE INDEX saved_by_subject ON accounts.saved (kind, subject_id);

-- What other slices may read.
CREATE VIEW accounts.v_follow AS SELECT account_id, party_id, followed_at FROM accounts.follow;
CREATE VIEW accounts.v_saved AS SELECT account_id, kind, subject_id, saved_at FROM accounts.saved;
