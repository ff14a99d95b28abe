"""Fill a scene with demo content, by the same verbs that an artist's upload goes through.

Nothing here is anybody's music: every piece is synthesised from a seed. Killed in the middle and started
again, it goes on with the pieces that are missing. The logins' passwords are random, made once for this scene.
"""

import asyncio
import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import msgspec

from basedmusic.accounts import SignedInViewer, create_account, get_account, list_profiles
from basedmusic.app.demo.artists import ARTISTS
from basedmusic.app.demo.pieces import Recording, in_order
from basedmusic.app.media import DEMO_PROCESSES, demo_pool
from basedmusic.app.wiring import INGEST_STEPS, Scene, open_scene
from basedmusic.catalog import (
    Artist,
    create_artist,
    create_release,
    edit_track,
    get_artist,
    list_artist_releases,
    list_release_tracks,
    publish_release,
)
from basedmusic.catalog.contracts import Release
from basedmusic.codec.demo.contracts import RENDER_PIECE
from basedmusic.ingest import Spool, UploadForm, create_track, probe_upload, store_source, track_topic
from basedmusic.kernel.errors import AppError, NotFound
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import MAX_LIMIT, PageRequest
from basedmusic.platform.db import Connection, Tx
from basedmusic.platform.log import configure_logging
from basedmusic.platform.pool import MediaPool
from basedmusic.platform.processes import die_with_supervisor
from basedmusic.platform.secrets import write_private
from basedmusic.platform.settings import Settings

RENDER_TIMEOUT_S = 120.0
STARTS_WITHIN_S = 60
"""Then the logins are told all the same: `basedmusic demo` runs without a server, too."""
ALL = PageRequest(limit=MAX_LIMIT)


class DemoRefused(AppError):
    code = "demo_refused"
    title = "Demo content is for a scene that only this machine can reach"


@dataclass(frozen=True, slots=True)
class Login:
    account_id: AccountId
    email: str
    password: str


def run_demo(settings: Settings) -> int:
    """Raises DemoRefused where others could sign in with the demo's logins."""
    die_with_supervisor()
    configure_logging(settings.log_level, settings.log_format)
    if not _is_loopback(settings.host) or settings.public_url:
        raise DemoRefused(f"{DemoRefused.title}; this one listens on {settings.host}")
    asyncio.run(_fill(settings))
    return 0


async def _fill(settings: Settings) -> None:
    pool = demo_pool()
    try:
        async with open_scene(settings, connections=4) as scene:
            artist, listener = await _logins(scene, settings.data / "secrets" / "demo.json")
            async with asyncio.TaskGroup() as group:
                greeting = group.create_task(_greet_once_there(settings, artist, listener))
                await make_music(scene, pool, SignedInViewer(artist.account_id, None), in_order(ARTISTS))
                await greeting
                _say("The demo scene is complete\n")
    finally:
        await pool.close()


async def _logins(scene: Scene, kept: Path) -> tuple[Login, Login]:
    """The same at every start; kept beside the scene's keys, readable by its operator only."""
    known = await asyncio.to_thread(_read_logins, kept)
    async with scene.database.transaction() as tx:
        if known is not None and await _are_there(tx, known):
            return known
        logins = (
            await _new_login(tx, "Demo artist", "artist@demo.example"),
            await _new_login(tx, "Demo listener", "listener@demo.example"),
        )
        # Written before the accounts are committed: a password that nobody knows would be worse than a file
        # that is made anew.
        write_private(kept, msgspec.json.encode(logins))
    return logins


def _read_logins(kept: Path) -> tuple[Login, Login] | None:
    return msgspec.json.decode(kept.read_bytes(), type=tuple[Login, Login]) if kept.exists() else None


async def _are_there(tx: Tx, logins: tuple[Login, Login]) -> bool:
    try:
        for login in logins:
            await get_account(tx.conn, login.account_id)
    except NotFound:
        return False
    return True


async def _new_login(tx: Tx, name: str, email: str) -> Login:
    password = secrets.token_urlsafe(9)
    account = await create_account(tx, email=email, password=password, display_name=name)
    return Login(account.id, email, password)


async def _greet_once_there(settings: Settings, artist: Login, listener: Login) -> None:
    """An address that does not answer yet would only be opened too early."""
    for _ in range(STARTS_WITHIN_S):
        if await asyncio.to_thread(_answers, f"{settings.address}/readyz"):
            break
        await asyncio.sleep(1)
    _greet(settings.address, artist, listener)


def _answers(address: str) -> bool:
    # No proxy of the environment's: it is this machine.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(address, timeout=2):
            return True
    except OSError:
        return False


def _greet(address: str, artist: Login, listener: Login) -> None:
    print(
        f"\n  Your scene is at {address}\n\n"
        f"  sign in as an artist    {artist.email}    {artist.password}\n"
        f"  or as a listener        {listener.email}  {listener.password}\n",
        flush=True,
    )


async def make_music(
    scene: Scene, pool: MediaPool, viewer: SignedInViewer, recordings: Sequence[Recording]
) -> None:
    """Every one that is missing: as many in the making as there are media processes, each published after
    the one before it, so that places on a release and the order of the latest are as in `recordings`."""
    missing = [one for one in recordings if not await _is_there(scene, viewer, one)]
    if missing:
        _say(f"Making {len(missing)} pieces of music; the page has each as soon as it is made")
    lanes = asyncio.Semaphore(DEMO_PROCESSES)
    before: asyncio.Task[None] | None = None
    async with asyncio.TaskGroup() as group:
        for number, recording in enumerate(missing, len(recordings) - len(missing) + 1):
            await lanes.acquire()
            said = f"{number} of {len(recordings)}: {recording.piece.title} by {recording.artist.name}"
            before = group.create_task(_publish(scene, pool, viewer, recording, lanes, before, said))


async def _is_there(scene: Scene, viewer: SignedInViewer, recording: Recording) -> bool:
    async with scene.database.connection() as conn:
        artist = await _find_artist(conn, viewer, recording)
        release = artist and await _find_release(conn, viewer, artist, recording)
        if release is None:
            return False
        tracks = await list_release_tracks(conn, viewer, release.id, ALL)
    return any(track.title == recording.piece.title for track in tracks.items)


async def _publish(
    scene: Scene,
    pool: MediaPool,
    viewer: SignedInViewer,
    recording: Recording,
    lanes: asyncio.Semaphore,
    before: asyncio.Task[None] | None,
    said: str,
) -> None:
    """Synthesise it, and upload it as its artist would; gives its lane back when it needs it no more."""
    spool = Spool(scene.settings.data / "uploads", scene.settings.max_upload_bytes)
    filename = f"{recording.piece.title}.flac"
    async with spool.receive(None) as upload:
        try:
            rendered = upload.folder / "piece.flac"
            request = recording.request(str(rendered), _released_on(recording))
            await pool.run(RENDER_PIECE, request, timeout_s=RENDER_TIMEOUT_S)
            await upload.write(await asyncio.to_thread(rendered.read_bytes))  # some megabytes
            upload.finish()
            probed = await probe_upload(pool, upload, filename, scene.settings.max_track_seconds)
        finally:
            lanes.release()
        if before is not None:
            await before
        source = await store_source(pool, scene.blobs, upload, probed)
        async with scene.database.transaction() as tx:
            release = await _release(tx, viewer, recording)
            form = UploadForm(release.artist.id, filename, recording.piece.title, release.id, publish=True)
            track = await create_track(tx, viewer, form, source, [step.name for step in INGEST_STEPS])
            await edit_track(tx, viewer, track.id, genres=[recording.piece.genre])
            await publish_release(tx, viewer, release.id)
        upload.settle()
    await scene.bus.publish(track_topic(track.id))
    _say(said)


async def _release(tx: Tx, viewer: SignedInViewer, recording: Recording) -> Release:
    """The piece's release and its artist, made if they are missing."""
    wanted = recording.artist
    artist = await _find_artist(tx.conn, viewer, recording) or await create_artist(
        tx, viewer, name=wanted.name, city=wanted.city, genres=wanted.genres, bio=wanted.bio
    )
    return await _find_release(tx.conn, viewer, artist, recording) or await create_release(
        tx,
        viewer,
        artist.id,
        title=recording.release.title,
        kind=recording.release.kind,
        released_on=_released_on(recording),
    )


async def _find_artist(conn: Connection, viewer: SignedInViewer, recording: Recording) -> Artist | None:
    mine = [profile.party for profile in await list_profiles(conn, viewer.account_id)]
    known = next((party for party in mine if party.name == recording.artist.name), None)
    return await get_artist(conn, viewer, known.id) if known else None


async def _find_release(
    conn: Connection, viewer: SignedInViewer, artist: Artist, recording: Recording
) -> Release | None:
    releases = await list_artist_releases(conn, viewer, artist.id, ALL)
    return next((one for one in releases.items if one.title == recording.release.title), None)


def _released_on(recording: Recording) -> date:
    return datetime.now(UTC).date() - timedelta(days=recording.release.days_ago)


def _say(text: str) -> None:
    print(f"  {text}", flush=True)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
