-- Following anybody: the kind of who is followed travels with the row, so that one kind's list costs a page of it.
ALTER TABLE accounts.follow ADD COLUMN party_kind text COLLATE "C";
UPDATE accounts.follow f SET party_kind = p.kind FROM accounts.party p WHERE p.id = f.party_id;
ALTER TABLE accounts.follow
    ALTER COLUMN party_kind SET NOT NULL,
    ADD CHECK (party_kind IN ('person', 'artist', 'venue', 'organiser')),
    ADD CHECK (account_id <> party_id);
-- A party keeps its kind for ever, so whoever follows need not know it.
CREATE FUNCTION accounts.know_the_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.party_kind := (SELECT kind FROM accounts.party WHERE id = NEW.party_id);
    RETURN NEW;
END;
$$;
CREATE TRIGGER follow_of_kind BEFORE INSERT ON accounts.follow
    FOR EACH ROW EXECUTE FUNCTION accounts.know_the_kind();
CREATE INDEX follow_latest_of_kind ON accounts.follow (account_id, party_kind, followed_at DESC, party_id DESC);

-- Following counts as done, as uploads do: one who is unfollowed again was followed all the same.
ALTER TABLE accounts.counted DROP CONSTRAINT counted_what_check;
ALTER TABLE accounts.counted
    ADD CONSTRAINT counted_what_check CHECK (what IN ('uploads', 'claims', 'follows'));
INSERT INTO accounts.counted (account_id, what, at)
    SELECT account_id, 'follows', followed_at FROM accounts.follow WHERE followed_at > now() - interval '1 day';
