"""A viewer's listening history: theirs alone, last heard first.

Only what the viewer may see comes in; what is withdrawn later is out of it for as long as it is.
"""

from collections.abc import Sequence
from datetime import datetime

from basedmusic.accounts import Play, SignedInViewer, record_heard
from basedmusic.catalog.contracts import Heard
from basedmusic.catalog.store import tracks as store
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection, Tx


async def report_heard(
    tx: Tx, viewer: SignedInViewer, plays: Sequence[Play], sent_at: datetime | None, now: datetime
) -> int:
    """How many of them are new in the history."""
    seen = await store.filter_seen(tx.conn, viewer.account_id, [play.track_id for play in plays])
    known = [play for play in plays if play.track_id in seen]
    return await record_heard(tx, viewer.account_id, known, now, sent_at=sent_at)


async def list_heard(conn: Connection, viewer: SignedInViewer, page: PageRequest) -> Page[Heard]:
    rows = await store.list_heard_tracks(conn, viewer.account_id, page)
    return page.page(rows, lambda heard: (heard.heard_at, heard.play_id))
