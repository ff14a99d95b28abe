-- Invitations into a profile: a secret link, used once, gone when used, taken back or over.
CREATE TABLE accounts.invitation (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    party_id uuid NOT NULL REFERENCES accounts.party (id) ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('owner', 'manager', 'member', 'booker', 'door')),
    token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    -- Whoever leaves takes their open invitations along.
    invited_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CHECK (expires_at > created_at),
    CONSTRAINT invitation_by_member FOREIGN KEY (party_id, invited_by)
        REFERENCES accounts.membership (party_id, account_id) ON DELETE CASCADE
);
CREATE INDEX invitation_by_party ON accounts.invitation (party_id, id);
CREATE INDEX invitation_by_member ON accounts.invitation (party_id, invited_by);
CREATE INDEX invitation_expires_at ON accounts.invitation (expires_at);

-- Members in the order in which they came.
CREATE INDEX membership_in_order ON accounts.membership (party_id, created_at, account_id);
