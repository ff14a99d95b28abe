-- Reports, the cases made of them, and what moderators did. Whatever a report is about may be gone: its evidence stays.

-- Set by a moderator: what the profile tells about itself is shown to those who run it only.
ALTER TABLE accounts.party ADD COLUMN text_hidden_at timestamptz;
CREATE VIEW accounts.v_text_hidden AS SELECT id AS party_id FROM accounts.party WHERE text_hidden_at IS NOT NULL;

CREATE TABLE accounts.moderation_case (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    subject_kind text NOT NULL CHECK (subject_kind IN ('track', 'release', 'artist', 'venue', 'organiser', 'person')),
    subject_id uuid NOT NULL,
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    -- Whose it is. Not a foreign key: the case outlives the profile.
    party_id uuid NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'claimed', 'decided')),
    opened_at timestamptz NOT NULL,
    claimed_by uuid REFERENCES accounts.account (id) ON DELETE SET NULL,
    decision text CHECK (decision IN ('no_action', 'warn', 'take_down', 'suspend', 'restore', 'uphold')),
    rule text,
    facts text CHECK (char_length(facts) <= 2000),
    decided_by uuid REFERENCES accounts.account (id) ON DELETE SET NULL,
    decided_at timestamptz,
    appealed_at timestamptz,
    appeal text CHECK (char_length(appeal) <= 2000),
    -- Who decided first, and so not again.
    first_decided_by uuid REFERENCES accounts.account (id) ON DELETE SET NULL,
    first_decision text,
    CHECK (state <> 'decided' OR (decision IS NOT NULL AND decided_at IS NOT NULL)),
    CHECK ((appealed_at IS NULL) = (appeal IS NULL))
);
-- Many reports of one thing are one case.
CREATE UNIQUE INDEX moderation_case_open ON accounts.moderation_case (subject_kind, subject_id)
    WHERE state <> 'decided';
CREATE INDEX moderation_case_queue ON accounts.moderation_case (state, id);
CREATE INDEX moderation_case_by_party ON accounts.moderation_case (party_id, decided_at DESC, id DESC);

CREATE TABLE accounts.report (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    case_id uuid NOT NULL REFERENCES accounts.moderation_case (id) ON DELETE CASCADE,
    -- What the reporter is told and may quote; says nothing about how many there are.
    reference text NOT NULL UNIQUE CHECK (reference ~ '^[A-Z2-9]{4}-[A-Z2-9]{4}$'),
    -- None for a guest. Never shown to whoever was reported.
    reporter_id uuid REFERENCES accounts.account (id) ON DELETE SET NULL,
    contact text CHECK (char_length(contact) <= 254),
    reason text NOT NULL CHECK (reason ~ '^[a-z_]{3,40}$'),
    words text NOT NULL CHECK (char_length(words) <= 2000),
    -- The thing as it was when it was reported.
    evidence jsonb NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX report_by_case ON accounts.report (case_id, id);
CREATE INDEX report_by_reporter ON accounts.report (reporter_id, id DESC);
CREATE UNIQUE INDEX report_once ON accounts.report (case_id, reporter_id);

-- What was done with a case, in order.
CREATE TABLE accounts.case_act (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    case_id uuid NOT NULL REFERENCES accounts.moderation_case (id) ON DELETE CASCADE,
    at timestamptz NOT NULL,
    actor_id uuid REFERENCES accounts.account (id) ON DELETE SET NULL,
    act text NOT NULL CHECK (act IN ('claimed', 'released', 'decided', 'appealed')),
    words text NOT NULL DEFAULT '' CHECK (char_length(words) <= 2100)
);
CREATE INDEX case_act_by_case ON accounts.case_act (case_id, id);
