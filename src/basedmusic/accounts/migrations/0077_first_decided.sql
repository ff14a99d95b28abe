-- An appeal does not begin anew what a decision costs whoever it was about.
ALTER TABLE accounts.moderation_case ADD COLUMN first_decided_at timestamptz;
UPDATE accounts.moderation_case SET first_decided_at = appealed_at WHERE appealed_at IS NOT NULL;
