"""Who follows whom."""

from uuid import UUID

from basedmusic.accounts.contracts import Followed, Party, PartyKind
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record


async def find_followable(conn: Connection, account_id: AccountId, party_id: UUID) -> Party | None:
    """Profiles, and persons who let others follow them; nobody whom the account must not find."""
    row = await conn.fetchrow(
        """SELECT p.id, p.kind, p.name, p.slug FROM accounts.party p
            WHERE p.id = $2 AND p.closed_at IS NULL AND p.id NOT IN (SELECT l.account_id FROM accounts.v_leaving l)
              AND CASE p.kind WHEN 'scene' THEN false
                              WHEN 'person' THEN EXISTS (SELECT FROM accounts.preference o
                                                          WHERE o.account_id = p.id AND o.followable)
                              ELSE true END
              AND p.id NOT IN (SELECT h.party_id FROM accounts.v_blocked h WHERE h.account_id = $1)""",
        account_id,
        party_id,
    )
    return _party(row) if row else None


async def is_following(conn: Connection, account_id: AccountId, party_id: UUID) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM accounts.follow WHERE account_id = $1 AND party_id = $2", account_id, party_id
    )
    return found is not None


async def insert_follow(conn: Connection, account_id: AccountId, party_id: PartyId) -> None:
    """Who is followed already stays so, with the time."""
    await conn.execute(
        "INSERT INTO accounts.follow (account_id, party_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        account_id,
        party_id,
    )


async def has_more_follows_than(conn: Connection, account_id: AccountId, most: int) -> bool:
    found = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM accounts.follow WHERE account_id = $1 OFFSET $2)", account_id, most
    )
    return bool(found)


async def delete_follow(conn: Connection, account_id: AccountId, party_id: UUID) -> None:
    await conn.execute(
        "DELETE FROM accounts.follow WHERE account_id = $1 AND party_id = $2", account_id, party_id
    )


async def list_following(
    conn: Connection, account_id: AccountId, kind: PartyKind | None, page: PageRequest
) -> list[Followed]:
    """Of one kind or of all, last followed first, one more than asked for. The key is (followed_at, party_id).

    The page is cut before names are looked up.
    """
    at, last = page.after or (None, None)
    of_kind = "" if kind is None else " AND f.party_kind = $5"
    rows = await conn.fetch(
        f"""SELECT p.id, p.kind, p.name, p.slug, latest.followed_at AS since
             FROM (SELECT f.party_id, f.followed_at FROM accounts.follow f
                    WHERE f.account_id = $1{of_kind}
                      AND f.party_id NOT IN (SELECT l.account_id FROM accounts.v_leaving l)
                      AND f.party_id NOT IN (SELECT c.party_id FROM accounts.v_closed c)
                      AND f.party_id NOT IN (SELECT h.party_id FROM accounts.v_hidden h WHERE h.account_id = $1)
                      AND ($2::timestamptz IS NULL OR (f.followed_at, f.party_id) < ($2, $3::uuid))
                    ORDER BY f.followed_at DESC, f.party_id DESC LIMIT $4) latest
             JOIN accounts.party p ON p.id = latest.party_id
            ORDER BY latest.followed_at DESC, latest.party_id DESC""",  # noqa: S608 - no value stands in it
        account_id,
        at,
        last,
        page.limit + 1,
        *(() if kind is None else (kind.value,)),
    )
    return [Followed(_party(row), row["since"]) for row in rows]


def _party(row: Record) -> Party:
    return Party(row["id"], PartyKind(row["kind"]), row["name"], row["slug"])
