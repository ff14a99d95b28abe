-- Claims: somebody says that a profile is theirs, and how it was proved or decided.
CREATE TABLE accounts.claim (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    party_id uuid NOT NULL REFERENCES accounts.party (id) ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    -- What the claimant puts on the profile's own page; another for each claim, and no secret.
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9-]{20,60}$'),
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'waiting', 'granted', 'refused')),
    -- How it was proved.
    proof text CHECK (proof IN ('site', 'mail', 'moderator')),
    -- The claimant's, for the moderators; and theirs to the claimant.
    words text NOT NULL DEFAULT '' CHECK (char_length(words) <= 2000),
    answer text NOT NULL DEFAULT '' CHECK (char_length(answer) <= 2000),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    asked_at timestamptz,
    decided_at timestamptz,
    decided_by uuid REFERENCES accounts.account (id) ON DELETE SET NULL,
    CHECK (expires_at > created_at),
    CHECK ((status = 'waiting') <= (asked_at IS NOT NULL)),
    CHECK ((status IN ('granted', 'refused')) = (decided_at IS NOT NULL)),
    CHECK ((status = 'granted') = (proof IS NOT NULL))
);
-- One at a time from one account for one profile.
CREATE UNIQUE INDEX claim_under_way ON accounts.claim (party_id, account_id) WHERE status IN ('open', 'waiting');
CREATE INDEX claim_by_account ON accounts.claim (account_id, id);
CREATE INDEX claim_by_party ON accounts.claim (party_id);
CREATE INDEX claim_waiting ON accounts.claim (asked_at, id) WHERE status = 'waiting';
CREATE INDEX claim_expires_at ON accounts.claim (expires_at);
CREATE INDEX claim_decided_by ON accounts.claim (decided_by) WHERE decided_by IS NOT NULL;
