-- Parties, the accounts among them, who belongs to whom, and who is signed in.
CREATE SCHEMA accounts;

-- Whoever can be followed, blocked, written to. Slugs are bytes, so that a look-up needs no collation.
CREATE TABLE accounts.party (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    kind text NOT NULL CHECK (kind IN ('person', 'artist', 'venue', 'organiser', 'scene')),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    slug text COLLATE "C" NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 80),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (kind, slug),
    UNIQUE (id, kind)
);

-- A person's sign-in. `email` is where mail goes; `email_normalised` is what makes it one account.
CREATE TABLE accounts.account (
    id uuid PRIMARY KEY,
    kind text NOT NULL DEFAULT 'person' CHECK (kind = 'person'),
    email text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
    email_normalised text COLLATE "C" NOT NULL,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT account_email_key UNIQUE (email_normalised),
    CONSTRAINT account_is_a_person FOREIGN KEY (id, kind) REFERENCES accounts.party (id, kind) ON DELETE CASCADE
);

CREATE TABLE accounts.membership (
    party_id uuid NOT NULL REFERENCES accounts.party (id) ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('owner', 'manager', 'member')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (party_id, account_id)
);
CREATE INDEX membership_by_account ON accounts.membership (account_id);

-- A party never loses its last owner. Checked at commit, so that a transfer may go through any order of
-- steps. The party's lock makes two owners who leave at once wait for each other; the count after it
-- then sees what the first one committed.
CREATE FUNCTION accounts.keep_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM accounts.party WHERE id = OLD.party_id FOR NO KEY UPDATE;
    IF FOUND AND NOT EXISTS (
        SELECT FROM accounts.membership WHERE party_id = OLD.party_id AND role = 'owner'
    ) THEN
        RAISE EXCEPTION 'party % would lose its last owner', OLD.party_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_last_owner';
    END IF;
    RETURN NULL;
END;
$$;
CREATE CONSTRAINT TRIGGER membership_last_owner
    AFTER DELETE OR UPDATE OF role, party_id ON accounts.membership
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.role = 'owner')
    EXECUTE FUNCTION accounts.keep_an_owner();

-- A signed-in browser (cookie: the hash of its token is here) or program (bearer: refresh tokens below).
-- Ending a session deletes its row, and with it every token: there is no revoked state to forget to check.
CREATE TABLE accounts.session (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('cookie', 'bearer')),
    token_hash bytea UNIQUE CHECK (octet_length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CHECK ((kind = 'cookie') = (token_hash IS NOT NULL)),
    CHECK (expires_at <= created_at + interval '1 year 1 day')
);
CREATE INDEX session_by_account ON accounts.session (account_id);
CREATE INDEX session_expires_at ON accounts.session (expires_at);

-- One family per bearer session. A used token stays until it expires, so that its second use is noticed.
CREATE TABLE accounts.refresh_token (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    session_id uuid NOT NULL REFERENCES accounts.session (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX refresh_token_by_session ON accounts.refresh_token (session_id);
CREATE UNIQUE INDEX refresh_token_one_live ON accounts.refresh_token (session_id) WHERE used_at IS NULL;
CREATE INDEX refresh_token_expires_at ON accounts.refresh_token (expires_at);

-- What other slices may read.
CREATE VIEW accounts.v_party AS SELECT id, kind, name, slug FROM accounts.party;
CREATE VIEW accounts.v_membership AS SELECT account_id, party_id, role FROM accounts.membership;
