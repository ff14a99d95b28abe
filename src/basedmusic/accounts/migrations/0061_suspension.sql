-- Accounts that may not sign in, and a scene that keeps an admin.
ALTER TABLE accounts.account
    ADD COLUMN suspended_at timestamptz,
    ADD COLUMN suspended_until timestamptz,
    ADD COLUMN suspension_reason text CHECK (char_length(suspension_reason) BETWEEN 1 AND 1000),
    ADD CONSTRAINT account_suspension_whole CHECK (
        CASE WHEN suspended_at IS NULL THEN suspended_until IS NULL AND suspension_reason IS NULL
             ELSE suspension_reason IS NOT NULL AND (suspended_until IS NULL OR suspended_until > suspended_at) END
    );

-- A scene that has an admin never loses the last one who can sign in. Checked at commit, like a profile's last owner.
CREATE FUNCTION accounts.keep_an_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM accounts.party WHERE kind = 'scene' FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM accounts.membership m JOIN accounts.account a ON a.id = m.account_id
         WHERE m.role = 'admin' AND a.suspended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'the scene would lose its last admin'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scene_last_admin';
    END IF;
    RETURN NULL;
END;
$$;
CREATE CONSTRAINT TRIGGER scene_last_admin
    AFTER DELETE OR UPDATE OF role, party_id ON accounts.membership
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.role = 'admin')
    EXECUTE FUNCTION accounts.keep_an_admin();

CREATE FUNCTION accounts.keep_an_admin_signed_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM accounts.party WHERE kind = 'scene' FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM accounts.membership WHERE account_id = NEW.id AND role = 'admin') AND NOT EXISTS (
        SELECT FROM accounts.membership m JOIN accounts.account a ON a.id = m.account_id
         WHERE m.role = 'admin' AND a.suspended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'the scene would lose its last admin'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scene_last_admin';
    END IF;
    RETURN NULL;
END;
$$;
CREATE CONSTRAINT TRIGGER scene_last_admin
    AFTER UPDATE OF suspended_at ON accounts.account
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.suspended_at IS NULL AND NEW.suspended_at IS NOT NULL)
    EXECUTE FUNCTION accounts.keep_an_admin_signed_in();
CREATE INDEX account_suspended_until ON accounts.account (suspended_until) WHERE suspended_until IS NOT NULL;
