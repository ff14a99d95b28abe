"""People and music for tests: short to ask for, whole when they come."""

import hashlib
from itertools import count
from uuid import uuid4

from basedmusic.accounts import SignedInViewer, Viewer
from basedmusic.catalog import Artist, NewTrack, ReleaseId, Source, Track, add_track, create_artist
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.units import Bytes, DurationMs, Samples
from basedmusic.platform.db import Tx

_numbers = count(1)
NOBODY = Viewer(account_id=None, session_id=None)


async def make_viewer(tx: Tx, name: str = "Somebody") -> SignedInViewer:
    """A signed-in person. Written as rows: hashing a password costs more than most tests."""
    number = next(_numbers)
    account_id = await tx.conn.fetchval(
        "INSERT INTO accounts.party (kind, name, slug) VALUES ('person', $1, $2) RETURNING id",
        name,
        f"somebody-{number}",
    )
    email = f"somebody-{number}@example.org"
    await tx.conn.execute(
        "INSERT INTO accounts.account (id, email, email_normalised, password_hash) VALUES ($1, $2, $2, 'x')",
        account_id,
        email,
    )
    assert account_id is not None
    return SignedInViewer(account_id=AccountId(account_id), session_id=None)


async def make_artist(tx: Tx, viewer: SignedInViewer, name: str = "Tide Tables") -> Artist:
    return await create_artist(tx, viewer, name=name, city="Rust Harbour", genres=["dub"])


def make_source(*, seconds: int = 60) -> Source:
    key = f"sources/{uuid4()}/source"
    return Source(
        key=key,
        playback_key=key,
        sha256=hashlib.sha256(key.encode()).digest(),
        bytes=Bytes(1_000_000),
        container="flac",
        content_type="audio/flac",
        codec="flac",
        sample_rate=44_100,
        channels=2,
        samples=Samples(44_100 * seconds),
        duration_ms=DurationMs(1000 * seconds),
    )


async def make_track(
    tx: Tx,
    viewer: Viewer,
    artist: Artist,
    title: str = "Low water",
    *,
    publish: bool = False,
    release_id: ReleaseId | None = None,
) -> Track:
    new = NewTrack(artist.id, title, make_source(), release_id, publish)
    return await add_track(tx, viewer, new)
