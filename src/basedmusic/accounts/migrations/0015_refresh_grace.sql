-- Which token a refresh token was given for: what tells a retry, whose answer was lost, from a reuse.
ALTER TABLE accounts.refresh_token
    ADD COLUMN follows bytea CHECK (octet_length(follows) = 32);
