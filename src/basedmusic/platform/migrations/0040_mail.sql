-- Mail to be sent, and what became of it. A row is written in the transaction of whatever the mail tells of.
CREATE TABLE platform.mail (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    kind text NOT NULL CHECK (kind ~ '^[a-z][a-z_]{0,59}$'),
    -- Where it goes; the key is what makes two spellings one address.
    recipient text NOT NULL CHECK (char_length(recipient) BETWEEN 3 AND 254),
    recipient_key text COLLATE "C" NOT NULL,
    subject text NOT NULL,
    -- Emptied once the mail is on its way: links in it are secrets.
    body text NOT NULL,
    html text NOT NULL,
    -- Goes also to an address from which mail came back, since it is what shows that the address is good again.
    proves_address boolean NOT NULL DEFAULT false,
    -- After this moment it is not worth sending.
    good_until timestamptz,
    state text NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'sent', 'kept', 'returned', 'withheld', 'expired')),
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CHECK ((state = 'waiting') = (finished_at IS NULL))
);
CREATE INDEX mail_by_recipient ON platform.mail (recipient_key, id);
CREATE INDEX mail_finished ON platform.mail (finished_at);

-- Addresses from which mail came back, known by their hash only. What the other server said is reduced to its code.
CREATE TABLE platform.returned_mail (
    recipient_hash bytea PRIMARY KEY CHECK (octet_length(recipient_hash) = 32),
    code text NOT NULL CHECK (code ~ '^[0-9.]{1,11}$'),
    returned_at timestamptz NOT NULL
);
