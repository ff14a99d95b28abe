-- What moderators, admins and the shell did, as a chain: each entry's hash covers the one before. Who, what and about
-- whom (ids only) stand in the open; words and details are a payload that is covered by way of its salted hash, so that
-- payload and salt can be deleted and the chain still holds.
CREATE TABLE accounts.audit_entry (
    seq bigint PRIMARY KEY CHECK (seq > 0),
    at timestamptz NOT NULL,
    act text COLLATE "C" NOT NULL CHECK (act ~ '^[a-z_]+(\.[a-z_]+)*$' AND char_length(act) <= 60),
    -- An account, or a hand without one: somebody at the shell, the scene by itself.
    hand text NOT NULL CHECK (hand IN ('account', 'shell', 'scene')),
    -- No foreign key: an entry outlives the account.
    actor_id uuid CHECK ((actor_id IS NOT NULL) = (hand = 'account')),
    subject_kind text COLLATE "C" NOT NULL CHECK (char_length(subject_kind) BETWEEN 1 AND 40),
    subject_id text COLLATE "C" CHECK (char_length(subject_id) BETWEEN 1 AND 80),
    salt bytea CHECK (octet_length(salt) = 32),
    payload text,
    payload_hash bytea NOT NULL CHECK (octet_length(payload_hash) = 32),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    CHECK ((salt IS NULL) = (payload IS NULL))
);
CREATE INDEX audit_entry_by_actor ON accounts.audit_entry (actor_id, seq DESC) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_entry_by_subject ON accounts.audit_entry (subject_kind, subject_id, seq DESC);
CREATE INDEX audit_entry_by_act ON accounts.audit_entry (act, seq DESC);

-- The end of the chain. Whoever appends holds it, so that entries come one after another.
CREATE TABLE accounts.audit_head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    seq bigint NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);
INSERT INTO accounts.audit_head (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- Entries are never changed or removed; only a payload may go, and with it its salt.
CREATE FUNCTION accounts.keep_the_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.payload IS NULL AND NEW.salt IS NULL
            AND (NEW.seq, NEW.at, NEW.act, NEW.hand, NEW.subject_kind, NEW.payload_hash, NEW.hash)
              = (OLD.seq, OLD.at, OLD.act, OLD.hand, OLD.subject_kind, OLD.payload_hash, OLD.hash)
            AND NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id
            AND NEW.subject_id IS NOT DISTINCT FROM OLD.subject_id
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'entries of the audit log are never changed or removed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_entry_append_only';
END;
$$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON accounts.audit_entry
    FOR EACH ROW EXECUTE FUNCTION accounts.keep_the_chain();
CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON accounts.audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION accounts.keep_the_chain();
