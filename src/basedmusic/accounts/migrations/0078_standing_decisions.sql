-- An appeal is a look at what was; what is reported meanwhile is a case of its own, with all decisions open.
DROP INDEX accounts.moderation_case_open;
CREATE UNIQUE INDEX moderation_case_open ON accounts.moderation_case (subject_kind, subject_id)
    WHERE state <> 'decided' AND appealed_at IS NULL;

CREATE INDEX moderation_case_by_subject ON accounts.moderation_case (subject_kind, subject_id);

-- What a decision that stands took down: giving back in one case leaves what another took.
CREATE VIEW accounts.v_taken_down AS
    SELECT id AS case_id, subject_kind AS kind, subject_id
      FROM accounts.moderation_case
     WHERE 'take_down' IN (decision, first_decision) AND decision IS DISTINCT FROM 'restore';
