-- What programs sign in with for a person: keys for the API, and passwords for old protocols.
CREATE TABLE accounts.api_key (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('api_key', 'app_password')),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    scopes text[] NOT NULL CHECK (scopes <@ ARRAY['read', 'write', 'upload', 'listen'] AND cardinality(scopes) > 0),
    -- SHA-256. The secret is 160 random bits or more, which no slow hash makes any harder to guess.
    token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    last_used_at timestamptz,
    CHECK (expires_at > created_at),
    CHECK ((kind = 'app_password') = (scopes = ARRAY['listen']))
);
CREATE INDEX api_key_by_account ON accounts.api_key (account_id, id);
