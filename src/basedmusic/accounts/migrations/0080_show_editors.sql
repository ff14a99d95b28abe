-- Who puts a party's shows together, and so sees those it has not published. A test holds the roles equal to the
-- table of permissions.
CREATE VIEW accounts.v_show_editor AS
    SELECT account_id, party_id FROM accounts.membership WHERE role IN ('owner', 'manager', 'booker');
