-- Uploads as they came in, and the background steps of each track.
CREATE SCHEMA ingest;

CREATE TABLE ingest.upload (
    track_id uuid PRIMARY KEY REFERENCES catalog.track (id) ON DELETE CASCADE,
    account_id uuid REFERENCES accounts.account (id) ON DELETE SET NULL,
    filename text NOT NULL CHECK (char_length(filename) <= 255),
    auto_title text,
    received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX upload_by_account ON ingest.upload (account_id);

CREATE TABLE ingest.step (
    track_id uuid NOT NULL REFERENCES catalog.track (id) ON DELETE CASCADE,
    name text NOT NULL CHECK (name ~ '^[a-z_]{2,40}$'),
    status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'running', 'done', 'failed')),
    attempts smallint NOT NULL DEFAULT 0,
    error text,
    finished_at timestamptz,
    PRIMARY KEY (track_id, name),
    CHECK ((status IN ('done', 'failed')) = (finished_at IS NOT NULL)),
    CHECK (status <> 'done' OR error IS NULL)
);
CREATE INDEX step_unfinished ON ingest.step (status) WHERE status IN ('waiting', 'running');
