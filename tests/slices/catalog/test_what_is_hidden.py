"""A published thing tells nothing of the drafts beside it."""

import pytest
from tests.support.factories import NOBODY, make_artist, make_track, make_viewer

from basedmusic.catalog import create_release, get_release, get_track, publish_release, record_cover
from basedmusic.catalog.contracts import Cover, ReleaseKind
from basedmusic.catalog.service import list_artist_tracks, list_latest_tracks
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio


async def test_the_cover_of_a_draft_is_not_shown_on_its_release(database: Database):
    cover, later = Cover("ab" * 16, "#ffffff"), Cover("cd" * 16, "#000000")
    async with database.transaction() as tx:
        member, stranger = await make_viewer(tx), await make_viewer(tx)
        artist = await make_artist(tx, member)
        release = await create_release(tx, member, artist.id, title="Ebb", kind=ReleaseKind.EP)
        draft = await make_track(tx, member, artist, "draft", release_id=release.id)
        await record_cover(tx, draft.id, cover)
        shown = await make_track(tx, member, artist, "shown", release_id=release.id, publish=True)
        await tx.conn.execute(
            "UPDATE catalog.release SET publication = 'published', published_at = now() WHERE id = $1",
            release.id,
        )
        for outsider in (stranger, NOBODY):
            assert (await get_release(tx.conn, outsider, release.id)).cover is None
        assert (await get_release(tx.conn, member, release.id)).cover == cover
        await record_cover(tx, shown.id, later)
        assert (await get_release(tx.conn, NOBODY, release.id)).cover == later


async def test_a_draft_release_is_not_named_by_its_published_track(database: Database):
    async with database.transaction() as tx:
        member, stranger = await make_viewer(tx), await make_viewer(tx)
        artist = await make_artist(tx, member)
        release = await create_release(tx, member, artist.id, title="Unannounced", kind=ReleaseKind.EP)
        track = await make_track(tx, member, artist, "first of it", release_id=release.id, publish=True)
        for outsider in (stranger, NOBODY):
            seen = await get_track(tx.conn, outsider, track.id)
            assert (seen.release, seen.position) == (None, None)
            for listed in (
                await list_latest_tracks(tx.conn, outsider, None, PageRequest()),
                await list_artist_tracks(tx.conn, outsider, artist.id, PageRequest()),
            ):
                assert [one.release for one in listed.items] == [None]
        mine = (await get_track(tx.conn, member, track.id)).release
        assert mine is not None and mine.title == "Unannounced"
        await publish_release(tx, member, release.id)
        seen = await get_track(tx.conn, NOBODY, track.id)
        assert seen.release is not None and (seen.release.id, seen.position) == (release.id, 1)
