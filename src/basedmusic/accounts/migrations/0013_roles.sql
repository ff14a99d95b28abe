-- Roles beyond the first three, the scene's own party with its moderators and admins, and profiles in dispute.

-- The kind travels with the row, so that a check can hold role and kind together.
ALTER TABLE accounts.membership ADD COLUMN party_kind text;
UPDATE accounts.membership m SET party_kind = p.kind FROM accounts.party p WHERE p.id = m.party_id;
ALTER TABLE accounts.membership ALTER COLUMN party_kind SET NOT NULL;
ALTER TABLE accounts.membership DROP CONSTRAINT membership_party_id_fkey;
ALTER TABLE accounts.membership
    ADD CONSTRAINT membership_of_party FOREIGN KEY (party_id, party_kind)
        REFERENCES accounts.party (id, kind) ON DELETE CASCADE;
ALTER TABLE accounts.membership DROP CONSTRAINT membership_role_check;
ALTER TABLE accounts.membership
    ADD CONSTRAINT membership_role_check CHECK (
        CASE party_kind
            WHEN 'scene' THEN role IN ('admin', 'moderator')
            WHEN 'person' THEN false
            ELSE role IN ('owner', 'manager', 'member', 'booker', 'door')
        END
    );

-- One database is one scene.
CREATE UNIQUE INDEX party_one_scene ON accounts.party ((true)) WHERE kind = 'scene';
INSERT INTO accounts.party (kind, name, slug) VALUES ('scene', 'Scene', 'scene');

-- Set by a moderator while two sides claim one profile: until it is cleared, nothing of it changes.
ALTER TABLE accounts.party ADD COLUMN frozen_at timestamptz;

CREATE OR REPLACE VIEW accounts.v_party AS SELECT id, kind, name, slug, frozen_at FROM accounts.party;

-- Who may see what a party has not published. A test holds the roles equal to the table of permissions.
CREATE VIEW accounts.v_draft_viewer AS
    SELECT account_id, party_id FROM accounts.membership WHERE role IN ('owner', 'manager', 'member');
