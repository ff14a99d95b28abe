-- One case writes to one guest's address once, and an address is found where its reader wants it erased.
UPDATE accounts.report later SET contact = NULL
  FROM accounts.report sooner
 WHERE sooner.case_id = later.case_id AND lower(sooner.contact) = lower(later.contact) AND sooner.id < later.id;
CREATE UNIQUE INDEX report_once_by_contact ON accounts.report (lower(contact), case_id) WHERE contact IS NOT NULL;

-- Whom a case suspended, so that an appeal gives back to that one, whoever runs the profile by then.
ALTER TABLE accounts.moderation_case
    ADD COLUMN suspended_id uuid REFERENCES accounts.account (id) ON DELETE SET NULL;
CREATE INDEX moderation_case_by_suspended ON accounts.moderation_case (suspended_id) WHERE suspended_id IS NOT NULL;
UPDATE accounts.moderation_case c SET suspended_id = a.id
  FROM accounts.account a
 WHERE a.id = c.party_id AND c.subject_kind = 'person' AND 'suspend' IN (c.decision, c.first_decision);
