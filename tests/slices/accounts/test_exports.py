"""What becomes of an export when the password changes."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tests.support.people import sign_up

from basedmusic.accounts.contracts import ExportRunning
from basedmusic.accounts.service.exports import ask_for_export, find_export
from basedmusic.accounts.service.mail_links import end_pending_changes
from basedmusic.accounts.store import exports as store
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize("started", [False, True], ids=["waiting", "running"])
@pytest.mark.parametrize("changed", [False, True], ids=["control", "changed"])
async def test_one_that_is_being_made_comes_to_nothing_with_a_new_password(
    database: Database, started: bool, changed: bool
):
    """Or whoever knew the old one would be sent the archive all the same."""
    mara = await sign_up(database)
    async with database.transaction() as tx:
        export_id: UUID = (await ask_for_export(tx, mara.id, NOW)).id
        if started:
            assert await store.start_export(tx.conn, export_id) == 1
        if changed:
            await end_pending_changes(tx, mara.id)
    async with database.transaction() as tx:
        may_start = await store.start_export(tx.conn, export_id)
        assert (may_start is None) is changed
        assert await store.finish_export(tx.conn, export_id, 1) is not changed
    if not changed:
        return
    async with database.transaction() as tx:
        later = NOW + timedelta(seconds=1)
        assert await find_export(tx.conn, mara.id, later) is None
        assert await store.list_expired_exports(tx.conn, later) == [export_id]
        # The rightful owner asks again at once; a second one at a time is refused as ever.
        again = await ask_for_export(tx, mara.id, NOW + timedelta(minutes=1))
        assert again.id != export_id
        with pytest.raises(ExportRunning):
            await ask_for_export(tx, mara.id, NOW + timedelta(minutes=2))
