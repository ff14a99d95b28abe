-- From when somebody is of age who was not when they signed up; until then nothing makes them public. NULL for
-- everybody else, and for those who are of age by now: of an adult's birth nothing is kept.
ALTER TABLE accounts.account ADD COLUMN adult_from date;
CREATE INDEX account_adult_from ON accounts.account (adult_from) WHERE adult_from IS NOT NULL;

-- Whatever a caller forgets to ask. No clock is looked at: coming of age clears the date first.
CREATE FUNCTION accounts.keep_minors_private() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM accounts.account WHERE id = NEW.account_id AND adult_from IS NOT NULL) THEN
        RAISE EXCEPTION 'account % is a minor''s', NEW.account_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'preference_minor_private';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER preference_minor_private
    BEFORE INSERT OR UPDATE OF followable ON accounts.preference
    FOR EACH ROW WHEN (NEW.followable)
    EXECUTE FUNCTION accounts.keep_minors_private();
