-- When the address was shown to be the person's own.
ALTER TABLE accounts.account ADD COLUMN email_verified_at timestamptz;

-- Secret links sent by mail: each for one purpose, used once, gone when used, taken back or over.
CREATE TABLE accounts.mail_link (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    purpose text NOT NULL CHECK (purpose ~ '^[a-z][a-z_]{0,59}$'),
    token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    -- Whom or what address it is about; a guest has no account.
    account_id uuid REFERENCES accounts.account (id) ON DELETE CASCADE,
    address text CHECK (char_length(address) BETWEEN 3 AND 254),
    -- Names a row of whichever slice sent it.
    subject_id uuid,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CHECK (account_id IS NOT NULL OR address IS NOT NULL),
    CHECK (expires_at > created_at)
);
CREATE INDEX mail_link_by_account ON accounts.mail_link (account_id, purpose);
CREATE INDEX mail_link_by_address ON accounts.mail_link (lower(address), purpose);
CREATE INDEX mail_link_by_subject ON accounts.mail_link (subject_id, purpose) WHERE subject_id IS NOT NULL;
CREATE INDEX mail_link_expires_at ON accounts.mail_link (expires_at);
