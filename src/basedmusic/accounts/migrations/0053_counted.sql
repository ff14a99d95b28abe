-- When somebody did what is counted for their standing, for as long as it counts: a track that was deleted was sent all
-- the same, and a claim that was withdrawn was made.
CREATE TABLE accounts.counted (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    what text COLLATE "C" NOT NULL CHECK (what IN ('uploads', 'claims')),
    at timestamptz NOT NULL
);
CREATE INDEX counted_lately ON accounts.counted (account_id, what, at DESC);
CREATE INDEX counted_at ON accounts.counted (at);
INSERT INTO accounts.counted (account_id, what, at) SELECT account_id, 'claims', created_at FROM accounts.claim;
