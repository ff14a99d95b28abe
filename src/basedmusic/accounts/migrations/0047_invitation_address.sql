-- Where an invitation was sent by mail; null for one whose link its maker was given.
ALTER TABLE accounts.invitation ADD COLUMN address text CHECK (char_length(address) BETWEEN 3 AND 254);
