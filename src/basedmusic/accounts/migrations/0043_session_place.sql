-- Where a session was begun, coarsely: the city of the browser's time zone, and its network.
ALTER TABLE accounts.session
    ADD COLUMN place text NOT NULL DEFAULT '' CHECK (char_length(place) <= 60),
    ADD COLUMN network text NOT NULL DEFAULT '' CHECK (char_length(network) <= 50);

-- What an account has signed in with before, so that something new can be told of.
CREATE TABLE accounts.seen_device (
    account_id uuid NOT NULL REFERENCES accounts.account (id) ON DELETE CASCADE,
    device text NOT NULL CHECK (char_length(device) <= 60),
    place text NOT NULL CHECK (char_length(place) <= 60),
    last_seen_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, device, place)
);
CREATE INDEX seen_device_last ON accounts.seen_device (last_seen_at);
