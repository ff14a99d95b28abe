-- What was told to those who asked for mail, so that a fact which arrives twice, or a track that is taken back and
-- put out again, is told once.
CREATE TABLE catalog.announced (
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('track', 'release')),
    subject_id uuid NOT NULL,
    announced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, subject_id)
);
