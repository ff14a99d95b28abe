-- Those few are looked up in every list of artists; without an index of their own all parties would be read for it.
CREATE INDEX party_text_hidden ON accounts.party (id) WHERE text_hidden_at IS NOT NULL;
