-- Accounts that asked to be erased, until they are, or take it back. Such an account signs in nowhere.
CREATE TABLE accounts.erasure (
    account_id uuid PRIMARY KEY REFERENCES accounts.account (id) ON DELETE CASCADE,
    asked_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL CHECK (due_at > asked_at)
);
CREATE INDEX erasure_due_at ON accounts.erasure (due_at);

-- What other slices may read: whose name is not to be shown to strangers any more.
CREATE VIEW accounts.v_leaving AS SELECT account_id, due_at FROM accounts.erasure;
