"""What a newcomer likes: genres they choose, and clips they keep or pass."""

from uuid import UUID

from basedmusic.accounts import SignedInViewer, forget_verdict, get_preferences, judge, set_taste_genres
from basedmusic.catalog.clips import Candidate, choose_clips, clip_start_ms
from basedmusic.catalog.contracts import Clip, GenreUnknown, Judged, Track
from basedmusic.catalog.service.tracks import get_track
from basedmusic.catalog.store import artists, tracks
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection, Tx


async def choose_genres(tx: Tx, viewer: SignedInViewer, slugs: list[str]) -> None:
    """Raises GenreUnknown."""
    if await artists.find_unknown_genres(tx.conn, slugs):
        raise GenreUnknown(field="genres")
    await set_taste_genres(tx, viewer.account_id, list(dict.fromkeys(slugs)))


async def list_clips(conn: Connection, viewer: SignedInViewer) -> list[Clip]:
    """A few published tracks to judge, none of them judged before, and ten good seconds of each."""
    liked = await get_preferences(conn, viewer.account_id)
    home = liked.place.name.casefold() if liked.place else None
    rows = await tracks.list_clip_candidates(conn, viewer.account_id)
    found: dict[UUID, Track] = {track.id: track for track, _ in rows}
    candidates = [
        Candidate(
            track.id,
            track.artist.id,
            frozenset(genre.slug for genre in track.genres),
            home is not None and city.casefold() == home,
        )
        for track, city in rows
    ]
    chosen = [found[one.track_id] for one in choose_clips(candidates, liked.genres)]
    return [
        Clip(track, clip_start_ms(track.waveform or b"", track.source.duration_ms if track.source else 0))
        for track in chosen
    ]


async def judge_track(tx: Tx, viewer: SignedInViewer, track_id: UUID, *, kept: bool) -> None:
    """A kept one is saved. Raises TrackMissing, LibraryFull, TasteFull."""
    track = await get_track(tx.conn, viewer, track_id)
    await judge(tx, viewer.account_id, track.id, kept=kept)


async def forget_judgement(tx: Tx, viewer: SignedInViewer, track_id: UUID) -> None:
    """Needs no permission, lest one tell from a refusal what there is."""
    await forget_verdict(tx, viewer.account_id, track_id)


async def list_judged(conn: Connection, viewer: SignedInViewer, page: PageRequest) -> Page[Judged]:
    rows = await tracks.list_judged_tracks(conn, viewer.account_id, page)
    return page.page(rows, lambda judged: (judged.judged_at, judged.track.id))
