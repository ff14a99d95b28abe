-- Muting is quieter than hiding: who is muted stays where one goes oneself, a genre, the library, search, an address,
-- and does not come up unasked: in what is new, in what is proposed, in mail. So does nobody who is hidden.
CREATE VIEW accounts.v_quiet AS
    SELECT account_id, party_id FROM accounts.v_hidden
    UNION ALL
    SELECT account_id, party_id FROM accounts.v_muted;
