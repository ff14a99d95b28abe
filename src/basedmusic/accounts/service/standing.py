"""Whether an account may do one more of something now: counted in the database, so that it holds over processes."""

from datetime import datetime
from math import ceil

from basedmusic.accounts.contracts import LimitReached
from basedmusic.accounts.rules import standing as rules
from basedmusic.accounts.store import standing as store
from basedmusic.accounts.store.library import lock_library
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Tx


async def require_room(conn: Connection, account_id: AccountId, what: rules.Limited, now: datetime) -> None:
    """The caller holds the account's row, so that two at once are counted in turn. Raises LimitReached."""
    standing = rules.standing_of(await store.find_record(conn, account_id), now)
    room = await _room(conn, account_id, what, standing, now)
    if room.opens_at is not None:
        wait_s = max(1, ceil((room.opens_at - now).total_seconds()))
        raise LimitReached(
            rules.explain(what, room.allowance, wait_s), retry_after_s=wait_s, standing=standing.value
        )


async def take_room(tx: Tx, account_id: AccountId, what: rules.Limited, now: datetime) -> None:
    """One more is done now, and counts whatever becomes of it. Raises LimitReached."""
    await lock_library(tx.conn, account_id)
    await require_room(tx.conn, account_id, what, now)
    await store.insert_counted(tx.conn, account_id, what, now)


async def list_room(conn: Connection, account_id: AccountId, now: datetime) -> list[rules.Room]:
    """Of everything that is counted."""
    standing = rules.standing_of(await store.find_record(conn, account_id), now)
    return [await _room(conn, account_id, what, standing, now) for what in rules.Limited]


async def _room(
    conn: Connection, account_id: AccountId, what: rules.Limited, standing: rules.Standing, now: datetime
) -> rules.Room:
    most = rules.allowance(what, standing)
    done, first = await store.find_lately(conn, account_id, what, now - most.per, most.most)
    return rules.decide_room(what, standing, done, first)
