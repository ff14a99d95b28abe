-- By which case an account is suspended; NULL where somebody did it by hand. An appeal that succeeds ends what its own
-- case did, and nothing that was done since. No foreign key: cases come later in the numbers, and go before the account.
ALTER TABLE accounts.account ADD COLUMN suspended_by_case uuid;

-- A scene that has cases already.
DO $$
BEGIN
    IF EXISTS (SELECT FROM information_schema.columns WHERE table_schema = 'accounts'
                  AND table_name = 'moderation_case' AND column_name = 'suspended_id') THEN
        EXECUTE 'UPDATE accounts.account a SET suspended_by_case = (
                     SELECT c.id FROM accounts.moderation_case c
                      WHERE c.suspended_id = a.id ORDER BY c.decided_at DESC NULLS LAST LIMIT 1)
                  WHERE a.suspended_at IS NOT NULL';
    END IF;
END;
$$;
