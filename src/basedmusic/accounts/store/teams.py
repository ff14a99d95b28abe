"""Members and invitations."""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import Invitation, Member, Offer, Party, PartyKind, Role
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record


async def lock_team(conn: Connection, party_id: PartyId) -> None:
    """Changes of one team happen one after another; taken before a role is looked at."""
    await conn.execute("SELECT FROM accounts.party WHERE id = $1 FOR NO KEY UPDATE", party_id)


# Whoever is about to be erased is a name to nobody any more, and followed by nobody new.
_LEAVING = "EXISTS (SELECT FROM accounts.v_leaving l WHERE l.account_id = p.id)"
_MEMBER = f"""
SELECT m.account_id, CASE WHEN {_LEAVING} THEN NULL ELSE p.name END AS name, m.role, m.created_at AS since,
       f.account_id IS NOT NULL AS following,
       $1::uuid IS NOT NULL AND o.followable IS TRUE AND m.account_id <> $1 AND NOT {_LEAVING}
           AND p.id NOT IN (SELECT h.party_id FROM accounts.v_blocked h WHERE h.account_id = $1) AS followable
  FROM accounts.membership m
  JOIN accounts.party p ON p.id = m.account_id
  LEFT JOIN accounts.preference o ON o.account_id = m.account_id
  LEFT JOIN accounts.follow f ON f.party_id = m.account_id AND f.account_id = $1
"""  # noqa: S608 - no value stands in it


async def list_members(
    conn: Connection, viewer: AccountId, party_id: PartyId, page: PageRequest
) -> list[Member]:
    """In the order they came, one more than asked for. The key is (since, account_id)."""
    after = page.after or (None, None)
    rows = await conn.fetch(
        _MEMBER
        + """ WHERE m.party_id = $2
              AND ($3::timestamptz IS NULL OR (m.created_at, m.account_id) > ($3, $4::uuid))
            ORDER BY m.created_at, m.account_id LIMIT $5""",
        viewer,
        party_id,
        *after,
        page.limit + 1,
    )
    return [_member(row) for row in rows]


async def find_member(
    conn: Connection, party_id: PartyId, account_id: UUID, viewer: AccountId | None = None
) -> Member | None:
    """As the viewer has them; without one, followed by nobody."""
    row = await conn.fetchrow(
        _MEMBER + " WHERE m.party_id = $2 AND m.account_id = $3 AND m.party_kind <> 'scene'",
        viewer,
        party_id,
        account_id,
    )
    return _member(row) if row else None


async def has_other_owner(conn: Connection, party_id: PartyId, account_id: UUID) -> bool:
    found = await conn.fetchval(
        """SELECT EXISTS (SELECT FROM accounts.membership
                           WHERE party_id = $1 AND role = 'owner' AND account_id <> $2)""",
        party_id,
        account_id,
    )
    return bool(found)


async def has_as_many_members(conn: Connection, party_id: PartyId, most: int) -> bool:
    found = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM accounts.membership WHERE party_id = $1 OFFSET $2)", party_id, most - 1
    )
    return bool(found)


async def update_role(conn: Connection, party_id: PartyId, account_id: UUID, role: Role) -> None:
    await conn.execute(
        "UPDATE accounts.membership SET role = $3 WHERE party_id = $1 AND account_id = $2",
        party_id,
        account_id,
        role.value,
    )


async def delete_member(conn: Connection, party_id: PartyId, account_id: UUID) -> None:
    """And the invitations they had open."""
    await conn.execute(
        "DELETE FROM accounts.membership WHERE party_id = $1 AND account_id = $2", party_id, account_id
    )


async def delete_invitations_of(conn: Connection, party_id: PartyId, account_id: UUID) -> None:
    """All of a member's: what they could promise in their old role is not theirs to promise in the new one."""
    await conn.execute(
        "DELETE FROM accounts.invitation WHERE party_id = $1 AND invited_by = $2", party_id, account_id
    )


async def insert_invitation(
    conn: Connection,
    party_id: PartyId,
    role: Role,
    token_hash: bytes,
    invited_by: AccountId,
    now: datetime,
    expires_at: datetime,
    address: str | None = None,
) -> UUID:
    """And it counts as made, whatever becomes of it."""
    invitation_id = await conn.fetchval(
        """WITH counted AS (INSERT INTO accounts.invited (account_id, at) VALUES ($4, $5))
           INSERT INTO accounts.invitation (party_id, role, token_hash, invited_by, created_at, expires_at, address)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
        party_id,
        role.value,
        token_hash,
        invited_by,
        now,
        expires_at,
        address,
    )
    assert invitation_id is not None
    return invitation_id


async def has_as_many_invitations(conn: Connection, party_id: PartyId, now: datetime, most: int) -> bool:
    found = await conn.fetchval(
        """SELECT EXISTS (SELECT FROM accounts.invitation
                           WHERE party_id = $1 AND expires_at > $2 OFFSET $3)""",
        party_id,
        now,
        most - 1,
    )
    return bool(found)


async def list_invitations(
    conn: Connection, party_id: PartyId, now: datetime, page: PageRequest
) -> list[Invitation]:
    """Newest first, one more than asked for. The key is (id)."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        f"""SELECT i.id, i.role, CASE WHEN {_LEAVING} THEN NULL ELSE p.name END AS invited_by, i.address,
                  i.created_at, i.expires_at
             FROM accounts.invitation i JOIN accounts.party p ON p.id = i.invited_by
            WHERE i.party_id = $1 AND i.expires_at > $2 AND ($3::uuid IS NULL OR i.id < $3)
            ORDER BY i.id DESC LIMIT $4""",  # noqa: S608 - no value stands in it
        party_id,
        now,
        after,
        page.limit + 1,
    )
    return [_invitation(row) for row in rows]


async def delete_invitation(conn: Connection, party_id: PartyId, invitation_id: UUID) -> bool:
    """Whether it was there."""
    done = await conn.execute(
        "DELETE FROM accounts.invitation WHERE id = $2 AND party_id = $1", party_id, invitation_id
    )
    return done == "DELETE 1"


async def find_offer(conn: Connection, token_hash: bytes, now: datetime) -> Offer | None:
    row = await conn.fetchrow(
        f"""SELECT o.id, o.kind, o.name, o.slug, i.role, i.expires_at,
                  CASE WHEN {_LEAVING} THEN NULL ELSE p.name END AS invited_by
             FROM accounts.invitation i
             JOIN accounts.party o ON o.id = i.party_id
             JOIN accounts.party p ON p.id = i.invited_by
            WHERE i.token_hash = $1 AND i.expires_at > $2
              AND o.closed_at IS NULL""",  # noqa: S608 - no value stands in it
        token_hash,
        now,
    )
    if row is None:
        return None
    party = Party(row["id"], PartyKind(row["kind"]), row["name"], row["slug"])
    return Offer(party, Role(row["role"]), row["invited_by"], row["expires_at"])


async def use_invitation(conn: Connection, token_hash: bytes, now: datetime) -> bool:
    """Whether it was there to use: of several at once, one is told so."""
    done = await conn.execute(
        "DELETE FROM accounts.invitation WHERE token_hash = $1 AND expires_at > $2", token_hash, now
    )
    return done == "DELETE 1"


async def delete_invitations_by(conn: Connection, account_id: AccountId) -> None:
    await conn.execute("DELETE FROM accounts.invitation WHERE invited_by = $1", account_id)


async def delete_expired_invitations(conn: Connection, now: datetime) -> None:
    await conn.execute("DELETE FROM accounts.invitation WHERE expires_at <= $1", now)


async def delete_old_invited(conn: Connection, before: datetime) -> None:
    await conn.execute("DELETE FROM accounts.invited WHERE at <= $1", before)


async def set_frozen(conn: Connection, party_id: UUID, frozen_at: datetime | None) -> bool:
    """Whether there is such a profile. One that is frozen already stays so since when it was."""
    done = await conn.execute(
        """UPDATE accounts.party SET frozen_at = CASE WHEN $2::timestamptz IS NULL THEN NULL
                                                      ELSE coalesce(frozen_at, $2) END
            WHERE id = $1 AND kind IN ('artist', 'venue', 'organiser')""",
        party_id,
        frozen_at,
    )
    return done == "UPDATE 1"


def _invitation(row: Record) -> Invitation:
    return Invitation(
        id=row["id"],
        role=Role(row["role"]),
        invited_by=row["invited_by"],
        address=row["address"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
    )


def _member(row: Record) -> Member:
    return Member(
        row["account_id"], row["name"], Role(row["role"]), row["since"], row["followable"], row["following"]
    )


async def is_unwelcome(conn: Connection, token_hash: bytes, account_id: AccountId) -> bool:
    """Whether a block lies between the account and who invited it, or what it is invited into."""
    found = await conn.fetchval(
        """SELECT EXISTS (SELECT FROM accounts.invitation i JOIN accounts.v_blocked h
                                   ON h.account_id = $2 AND h.party_id IN (i.party_id, i.invited_by)
                           WHERE i.token_hash = $1)""",
        token_hash,
        account_id,
    )
    return bool(found)
