-- Mail for people without an account: who wants to hear of which profile. An address that has not answered its
-- confirmation is in no row here, only in the link that was sent to it, which ends by itself.
CREATE TABLE accounts.guest (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    address text NOT NULL CHECK (char_length(address) BETWEEN 3 AND 254),
    address_key text COLLATE "C" NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);

CREATE TABLE accounts.guest_follow (
    party_id uuid NOT NULL REFERENCES accounts.party (id) ON DELETE CASCADE,
    guest_id uuid NOT NULL REFERENCES accounts.guest (id) ON DELETE CASCADE,
    since timestamptz NOT NULL,
    PRIMARY KEY (party_id, guest_id)
);
CREATE INDEX guest_follow_by_guest ON accounts.guest_follow (guest_id);

-- Addresses that want no mail from this scene as guests, known by a keyed hash only.
CREATE TABLE accounts.silenced_address (
    address_hash bytea PRIMARY KEY CHECK (octet_length(address_hash) = 32),
    since timestamptz NOT NULL
);
