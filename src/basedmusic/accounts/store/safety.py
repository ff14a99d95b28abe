"""Blocks, mutes and what people hide for themselves."""

from collections.abc import Sequence
from uuid import UUID

from basedmusic.accounts.contracts import Avoidance, Avoided, HiddenKind, Party, PartyKind
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record


async def find_party(conn: Connection, party_id: UUID) -> Party | None:
    row = await conn.fetchrow("SELECT id, kind, name, slug FROM accounts.party WHERE id = $1", party_id)
    return _party(row) if row else None


async def lock_behind(conn: Connection, account_id: AccountId, party_id: UUID) -> None:
    """Whatever the two sides are about to keep waits: it must be looked at after the block, or be there to go.

    In the order of ids, so that two who block each other at once do not wait for each other for ever.
    """
    await conn.execute(
        """SELECT FROM accounts.account
            WHERE id IN (SELECT $1::uuid UNION SELECT account_id FROM accounts.v_behind WHERE party_id = $2)
            ORDER BY id FOR NO KEY UPDATE""",
        account_id,
        party_id,
    )


async def lock_everybody_behind(conn: Connection, party_id: UUID, also: AccountId | None) -> None:
    """In the order of ids."""
    await conn.execute(
        """SELECT FROM accounts.account
            WHERE id IN (SELECT account_id FROM accounts.v_behind WHERE party_id = $1) OR id = $2
            ORDER BY id FOR NO KEY UPDATE""",
        party_id,
        also,
    )


async def insert_block(conn: Connection, account_id: AccountId, party_id: UUID) -> None:
    await conn.execute(
        "INSERT INTO accounts.block (account_id, party_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        account_id,
        party_id,
    )


async def delete_block(conn: Connection, account_id: AccountId, party_id: UUID) -> None:
    await conn.execute(
        "DELETE FROM accounts.block WHERE account_id = $1 AND party_id = $2", account_id, party_id
    )


async def delete_blocked_follows(conn: Connection, account_id: AccountId, party_id: UUID) -> None:
    """Of what one side can no longer see of the other."""
    await conn.execute(
        """DELETE FROM accounts.follow f
            WHERE f.account_id IN (SELECT $1::uuid
                                   UNION SELECT account_id FROM accounts.v_behind WHERE party_id = $2)
              AND f.party_id IN (SELECT h.party_id FROM accounts.v_blocked h WHERE h.account_id = f.account_id)""",
        account_id,
        party_id,
    )


async def is_blocked(conn: Connection, account_id: AccountId, party_id: UUID) -> bool:
    """Either way, as far as this account's sight goes."""
    found = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM accounts.v_blocked WHERE account_id = $1 AND party_id = $2)",
        account_id,
        party_id,
    )
    return bool(found)


async def find_avoidance(conn: Connection, account_id: AccountId, subject_id: UUID) -> Avoidance:
    row = await conn.fetchrow(
        """SELECT EXISTS (SELECT FROM accounts.block WHERE account_id = $1 AND party_id = $2) AS blocked,
                  EXISTS (SELECT FROM accounts.mute WHERE account_id = $1 AND party_id = $2) AS muted,
                  EXISTS (SELECT FROM accounts.hide WHERE account_id = $1 AND subject_id = $2) AS hidden""",
        account_id,
        subject_id,
    )
    assert row is not None
    return Avoidance(**row)


async def insert_mute(conn: Connection, account_id: AccountId, party_id: UUID) -> None:
    await conn.execute(
        "INSERT INTO accounts.mute (account_id, party_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        account_id,
        party_id,
    )


async def delete_mute(conn: Connection, account_id: AccountId, party_id: UUID) -> None:
    await conn.execute(
        "DELETE FROM accounts.mute WHERE account_id = $1 AND party_id = $2", account_id, party_id
    )


async def insert_hide(conn: Connection, account_id: AccountId, kind: HiddenKind, subject_id: UUID) -> None:
    await conn.execute(
        """INSERT INTO accounts.hide (account_id, kind, subject_id) VALUES ($1, $2, $3)
           ON CONFLICT DO NOTHING""",
        account_id,
        kind.value,
        subject_id,
    )


async def delete_hide(conn: Connection, account_id: AccountId, kind: HiddenKind, subject_id: UUID) -> None:
    await conn.execute(
        "DELETE FROM accounts.hide WHERE account_id = $1 AND kind = $2 AND subject_id = $3",
        account_id,
        kind.value,
        subject_id,
    )


async def delete_hidden_subjects(conn: Connection, kind: HiddenKind, subject_ids: Sequence[UUID]) -> None:
    await conn.execute(
        "DELETE FROM accounts.hide WHERE kind = $1 AND subject_id = ANY ($2::uuid[])",
        kind.value,
        list(subject_ids),
    )


async def has_more_avoided_than(conn: Connection, account_id: AccountId, most: int) -> bool:
    """Blocks, mutes and hidden things together."""
    found = await conn.fetchval(
        """SELECT (SELECT count(*) FROM accounts.block WHERE account_id = $1)
                + (SELECT count(*) FROM accounts.mute WHERE account_id = $1)
                + (SELECT count(*) FROM accounts.hide WHERE account_id = $1) > $2""",
        account_id,
        most,
    )
    return bool(found)


async def list_blocks(conn: Connection, account_id: AccountId, page: PageRequest) -> list[Avoided]:
    """Last blocked first, one more than asked for. The key is (since, id); so with the other lists."""
    rows = await conn.fetch(
        """SELECT p.id, p.kind, p.name, p.slug, b.blocked_at AS since
             FROM accounts.block b JOIN accounts.party p ON p.id = b.party_id
            WHERE b.account_id = $1
              AND ($2::timestamptz IS NULL OR (b.blocked_at, b.party_id) < ($2, $3::uuid))
            ORDER BY b.blocked_at DESC, b.party_id DESC LIMIT $4""",
        account_id,
        *(page.after or (None, None)),
        page.limit + 1,
    )
    return [_avoided(row) for row in rows]


async def list_mutes(conn: Connection, account_id: AccountId, page: PageRequest) -> list[Avoided]:
    rows = await conn.fetch(
        """SELECT p.id, p.kind, p.name, p.slug, m.muted_at AS since
             FROM accounts.mute m JOIN accounts.party p ON p.id = m.party_id
            WHERE m.account_id = $1
              AND ($2::timestamptz IS NULL OR (m.muted_at, m.party_id) < ($2, $3::uuid))
            ORDER BY m.muted_at DESC, m.party_id DESC LIMIT $4""",
        account_id,
        *(page.after or (None, None)),
        page.limit + 1,
    )
    return [_avoided(row) for row in rows]


async def list_hidden_profiles(conn: Connection, account_id: AccountId, page: PageRequest) -> list[Avoided]:
    rows = await conn.fetch(
        """SELECT p.id, p.kind, p.name, p.slug, h.hidden_at AS since
             FROM accounts.hide h JOIN accounts.party p ON p.id = h.subject_id
            WHERE h.account_id = $1 AND h.kind = 'profile'
              AND ($2::timestamptz IS NULL OR (h.hidden_at, h.subject_id) < ($2, $3::uuid))
            ORDER BY h.hidden_at DESC, h.subject_id DESC LIMIT $4""",
        account_id,
        *(page.after or (None, None)),
        page.limit + 1,
    )
    return [_avoided(row) for row in rows]


def _avoided(row: Record) -> Avoided:
    return Avoided(_party(row), row["since"])


def _party(row: Record) -> Party:
    return Party(row["id"], PartyKind(row["kind"]), row["name"], row["slug"])
