"""Whether an account may do one more of something now: counted in the database, so that it holds over processes."""

from datetime import datetime
from math import ceil

from basedmusic.accounts.contracts import LimitReached
from basedmusic.accounts.rules import standing as rules
from basedmusic.accounts.store import standing as store
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection


async def require_room(conn: Connection, account_id: AccountId, what: rules.Limited, now: datetime) -> None:
    """The caller holds the account's row, so that two at once are counted in turn. Raises LimitReached."""
    standing = rules.standing_of(await store.find_record(conn, account_id), now)
    most = rules.allowance(what, standing)
    number, first = await store.find_lately(conn, account_id, what, now - most.per, most.most)
    if number >= most.most and first is not None:
        wait_s = max(1, ceil((first + most.per - now).total_seconds()))
        raise LimitReached(rules.explain(what, most, wait_s), retry_after_s=wait_s, standing=standing.value)
