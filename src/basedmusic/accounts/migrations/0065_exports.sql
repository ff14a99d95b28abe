-- What a person asked to have of all that is kept about them, and where the finished archive lies until it is swept.
CREATE TABLE accounts.export (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'running', 'ready', 'failed')),
    attempts smallint NOT NULL DEFAULT 0,
    -- Tables and files; 0 until they are counted.
    parts integer NOT NULL DEFAULT 0 CHECK (parts >= 0),
    parts_done integer NOT NULL DEFAULT 0 CHECK (parts_done BETWEEN 0 AND parts),
    bytes bigint CHECK (bytes > 0),
    asked_at timestamptz NOT NULL,
    -- When it goes, with its archive.
    expires_at timestamptz NOT NULL CHECK (expires_at > asked_at),
    CHECK ((status = 'ready') = (bytes IS NOT NULL))
);
CREATE UNIQUE INDEX export_one_at_a_time ON accounts.export (account_id) WHERE status IN ('waiting', 'running');
CREATE INDEX export_by_account ON accounts.export (account_id, id DESC);
CREATE INDEX export_expires_at ON accounts.export (expires_at);
