-- Who can run the scene, said once: the admins who can sign in and are not on their way out. The function reads
-- accounts.erasure when it is called, since on a new database that table comes after this file.
CREATE FUNCTION accounts.list_present_admins() RETURNS SETOF uuid STABLE LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
        SELECT m.account_id
          FROM accounts.membership m JOIN accounts.account a ON a.id = m.account_id
         WHERE m.role = 'admin' AND a.suspended_at IS NULL
           AND NOT EXISTS (SELECT FROM accounts.erasure e WHERE e.account_id = m.account_id);
END;
$$;
CREATE VIEW accounts.v_present_admin AS SELECT account_id FROM accounts.list_present_admins() AS account_id;

CREATE OR REPLACE FUNCTION accounts.keep_an_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM accounts.party WHERE kind = 'scene' FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT FROM accounts.v_present_admin) THEN
        RAISE EXCEPTION 'the scene would lose its last admin'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scene_last_admin';
    END IF;
    RETURN NULL;
END;
$$;

CREATE OR REPLACE FUNCTION accounts.keep_an_admin_signed_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM accounts.party WHERE kind = 'scene' FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM accounts.membership WHERE account_id = NEW.id AND role = 'admin')
        AND NOT EXISTS (SELECT FROM accounts.v_present_admin)
    THEN
        RAISE EXCEPTION 'the scene would lose its last admin'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scene_last_admin';
    END IF;
    RETURN NULL;
END;
$$;

-- When somebody invited, for as long as it counts: an invitation that is used or taken back was made all the same.
CREATE TABLE accounts.invited (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    at timestamptz NOT NULL
);
CREATE INDEX invited_lately ON accounts.invited (account_id, at DESC);
CREATE INDEX invited_at ON accounts.invited (at);
INSERT INTO accounts.invited (account_id, at) SELECT invited_by, created_at FROM accounts.invitation;

-- What an account's end looks for, and the sweep of cases that are old.
CREATE INDEX moderation_case_claimed_by ON accounts.moderation_case (claimed_by);
CREATE INDEX moderation_case_decided_by ON accounts.moderation_case (decided_by);
CREATE INDEX moderation_case_first_decided_by ON accounts.moderation_case (first_decided_by);
CREATE INDEX moderation_case_decided_at ON accounts.moderation_case (decided_at) WHERE state = 'decided';
CREATE INDEX case_act_by_actor ON accounts.case_act (actor_id);
CREATE INDEX invitation_invited_by ON accounts.invitation (invited_by);
