"""Fill a scene with demo content, by the same verbs that an artist's upload goes through.

Nothing here is anybody's music: every piece is synthesised from a seed. Killed in the middle and started
again, it goes on with the pieces that are missing. The logins' passwords are random, made once for this scene.
"""

import asyncio
import ipaddress
import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec

from basedmusic.accounts import Viewer, create_account, get_account, list_profiles
from basedmusic.app.demo.pieces import ARTISTS, DemoArtist, Piece, piece_request
from basedmusic.app.media import analysis_pool
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
from basedmusic.catalog.contracts import Release, ReleaseKind
from basedmusic.codec.measures import RENDER_PIECE
from basedmusic.ingest import Spool, UploadForm, create_track, probe_upload, store_source, track_topic
from basedmusic.kernel.errors import AppError, NotFound
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import MAX_LIMIT, PageRequest
from basedmusic.platform.db import Tx
from basedmusic.platform.log import configure_logging
from basedmusic.platform.pool import MediaPool
from basedmusic.platform.processes import die_with_supervisor
from basedmusic.platform.secrets import write_private
from basedmusic.platform.settings import Settings

RENDER_TIMEOUT_S = 120.0
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
    pool = analysis_pool(settings)
    try:
        async with open_scene(settings, connections=2) as scene:
            artist, listener = await _logins(scene, settings.data / "secrets" / "demo.json")
            _greet(settings.address, artist, listener)
            await _make_music(scene, pool, Viewer(artist.account_id, None))
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


def _greet(address: str, artist: Login, listener: Login) -> None:
    print(
        f"\n  Your scene is at {address}\n\n"
        f"  sign in as an artist    {artist.email}    {artist.password}\n"
        f"  or as a listener        {listener.email}  {listener.password}\n",
        flush=True,
    )


async def _make_music(scene: Scene, pool: MediaPool, viewer: Viewer) -> None:
    pieces = [(artist, piece) for artist in ARTISTS for piece in artist.pieces]
    for number, (artist, piece) in enumerate(pieces, 1):
        release = await _release(scene, viewer, artist, piece)
        if await _is_there(scene, viewer, release, piece):
            continue
        print(f"  Making demo music, {number} of {len(pieces)}: {piece.title} by {artist.name}", flush=True)
        await _publish_piece(scene, pool, viewer, artist, release, piece)
    print("  The demo scene is complete.\n", flush=True)


async def _release(scene: Scene, viewer: Viewer, artist: DemoArtist, piece: Piece) -> Release:
    """The piece's release and its artist, made if they are missing."""
    async with scene.database.transaction() as tx:
        profile = await _profile(tx, viewer, artist)
        releases = await list_artist_releases(tx.conn, viewer, profile.id, ALL)
        found = next((one for one in releases.items if one.title == piece.release), None)
        if found is not None:
            return found
        return await create_release(tx, viewer, profile.id, title=piece.release, kind=ReleaseKind.EP)


async def _profile(tx: Tx, viewer: Viewer, artist: DemoArtist) -> Artist:
    assert viewer.account_id is not None
    mine = [profile.party for profile in await list_profiles(tx.conn, viewer.account_id)]
    known = next((party for party in mine if party.name == artist.name), None)
    if known is not None:
        return await get_artist(tx.conn, viewer, known.id)
    return await create_artist(
        tx, viewer, name=artist.name, city=artist.city, genres=artist.genres, bio=artist.bio
    )


async def _is_there(scene: Scene, viewer: Viewer, release: Release, piece: Piece) -> bool:
    async with scene.database.connection() as conn:
        tracks = await list_release_tracks(conn, viewer, release.id, ALL)
    return any(track.title == piece.title for track in tracks.items)


async def _publish_piece(
    scene: Scene, pool: MediaPool, viewer: Viewer, artist: DemoArtist, release: Release, piece: Piece
) -> None:
    """Synthesise it, and upload it as its artist would."""
    spool = Spool(scene.settings.data / "uploads", scene.settings.max_upload_bytes)
    async with spool.receive(None) as upload:
        rendered = upload.folder / "piece.flac"
        await pool.run(RENDER_PIECE, piece_request(artist, piece, str(rendered)), timeout_s=RENDER_TIMEOUT_S)
        await upload.write(rendered.read_bytes())  # some megabytes
        upload.finish()
        filename = f"{piece.title}.flac"
        probed = await probe_upload(pool, upload, filename, scene.settings.max_track_seconds)
        source = await store_source(pool, scene.blobs, upload, probed)
        form = UploadForm(release.artist.id, filename, piece.title, release.id, publish=True)
        async with scene.database.transaction() as tx:
            steps = [step.name for step in INGEST_STEPS]
            track = await create_track(tx, viewer, form, source, steps)
            await edit_track(tx, viewer, track.id, genres=[piece.genre])
            await publish_release(tx, viewer, release.id)
    await scene.bus.publish(track_topic(track.id))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
