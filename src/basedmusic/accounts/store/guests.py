"""Guests, whom they want to hear of, and addresses that want to hear of nobody."""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import Guest, LinkPurpose, Party, PartyKind
from basedmusic.kernel.ids import PartyId
from basedmusic.platform.db import Connection


async def find_party(conn: Connection, party_id: UUID) -> Party | None:
    """One that puts things out."""
    row = await conn.fetchrow(
        "SELECT id, kind, name, slug FROM accounts.party WHERE id = $1 AND kind = 'artist' AND closed_at IS NULL",
        party_id,
    )
    return Party(row["id"], PartyKind(row["kind"]), row["name"], row["slug"]) if row else None


async def has_open_links(
    conn: Connection, purpose: LinkPurpose, address: str, now: datetime, most: int
) -> bool:
    found = await conn.fetchval(
        """SELECT count(*) >= $4 FROM accounts.mail_link
            WHERE lower(address) = lower($2) AND purpose = $1 AND expires_at > $3""",
        purpose.value,
        address,
        now,
        most,
    )
    return bool(found)


async def is_silenced(conn: Connection, address_hash: bytes) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM accounts.silenced_address WHERE address_hash = $1", address_hash
    )
    return found is not None


async def silence(conn: Connection, address_hash: bytes, now: datetime) -> None:
    await conn.execute(
        "INSERT INTO accounts.silenced_address (address_hash, since) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        address_hash,
        now,
    )


async def put_guest(conn: Connection, address: str, key: str, now: datetime) -> UUID:
    """The guest with this address, whose row is held until the transaction ends."""
    guest_id = await conn.fetchval(
        """INSERT INTO accounts.guest (address, address_key, created_at) VALUES ($1, $2, $3)
           ON CONFLICT (address_key) DO UPDATE SET address = excluded.address RETURNING id""",
        address,
        key,
        now,
    )
    assert guest_id is not None
    return guest_id


async def put_follow(conn: Connection, guest_id: UUID, party_id: UUID, now: datetime, most: int) -> None:
    await conn.execute(
        """INSERT INTO accounts.guest_follow (party_id, guest_id, since)
           SELECT $2, $1, $3
            WHERE (SELECT count(*) FROM accounts.guest_follow WHERE guest_id = $1) < $4
           ON CONFLICT DO NOTHING""",
        guest_id,
        party_id,
        now,
        most,
    )


async def delete_follow(conn: Connection, guest_id: UUID, party_id: PartyId) -> None:
    """And the guest, where it was the last."""
    await conn.execute(
        "DELETE FROM accounts.guest_follow WHERE guest_id = $1 AND party_id = $2", guest_id, party_id
    )
    await conn.execute(
        """DELETE FROM accounts.guest g WHERE id = $1
              AND NOT EXISTS (SELECT FROM accounts.guest_follow WHERE guest_id = g.id)""",
        guest_id,
    )


async def find_guest(conn: Connection, guest_id: UUID) -> Guest | None:
    row = await conn.fetchrow("SELECT id, address FROM accounts.guest WHERE id = $1", guest_id)
    return Guest(row["id"], row["address"]) if row else None


async def list_followed_names(conn: Connection, address_key: str) -> list[str]:
    """At most as many as a guest may follow."""
    rows = await conn.fetch(
        """SELECT p.name FROM accounts.guest g
             JOIN accounts.guest_follow f ON f.guest_id = g.id JOIN accounts.party p ON p.id = f.party_id
            WHERE g.address_key = $1 ORDER BY lower(p.name), p.id""",
        address_key,
    )
    return [row["name"] for row in rows]


async def delete_guest(conn: Connection, address_key: str) -> None:
    await conn.execute("DELETE FROM accounts.guest WHERE address_key = $1", address_key)


async def list_followers(conn: Connection, party_id: PartyId, after: UUID | None, limit: int) -> list[Guest]:
    """In the order of their ids, behind `after`; but for addresses of accounts that want to hear nothing of it."""
    rows = await conn.fetch(
        """SELECT g.id, g.address FROM accounts.guest_follow f JOIN accounts.guest g ON g.id = f.guest_id
            WHERE f.party_id = $1 AND ($2::uuid IS NULL OR f.guest_id > $2)
              AND g.address_key NOT IN (SELECT a.email_normalised FROM accounts.v_quiet q
                                          JOIN accounts.account a ON a.id = q.account_id
                                         WHERE q.party_id = $1 AND a.email_verified_at IS NOT NULL)
            ORDER BY f.guest_id LIMIT $3""",
        party_id,
        after,
        limit,
    )
    return [Guest(row["id"], row["address"]) for row in rows]
