"""Signed addresses: who was allowed to see a track may hear it until the link expires.

A published track's link expires on a six-hour grid, so that all its listeners share one URL and a CDN one
key. A draft's lasts ten minutes and is private to whoever was given it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from basedmusic.catalog import Publication, StreamLinks, Track
from basedmusic.catalog.contracts import MediaStatus
from basedmusic.codec.recipes import RENDITIONS, recipe_for
from basedmusic.kernel.clock import Clock
from basedmusic.platform.sign import PathSigner, private_expiry, shared_expiry

DEFAULT_RENDITION = RENDITIONS["aac256"]
"""What a client gets that names none."""

OPEN = frozenset({Publication.PUBLISHED, Publication.UNLISTED})


@dataclass(frozen=True, slots=True)
class Grant:
    """What a valid signature allows."""

    expires_at: int
    """Unix second."""
    private: bool
    """Answers may be kept by the listener alone."""


class StreamLinker:
    """Makes and checks the links; catalog's routes get it as their port."""

    def __init__(self, signer: PathSigner, clock: Clock) -> None:
        self._signer = signer
        self._clock = clock

    def __call__(self, track: Track) -> StreamLinks | None:
        """Links for a viewer who may see `track`; None while it does not play."""
        if track.media_status is not MediaStatus.PLAYABLE or track.source is None:
            return None
        now = self._clock().timestamp()
        private = track.publication not in OPEN
        expires = private_expiry(now) if private else shared_expiry(now)
        root = f"/media/{self._signer.sign(_scope(track.id, private), expires)}/{track.id}"
        recipe = recipe_for(DEFAULT_RENDITION, track.source.sha256)
        return StreamLinks(
            hls=f"{root}/hls.m3u8",
            url=f"{root}/{DEFAULT_RENDITION.name}/{recipe.id}/audio.m4a",
            expires_at=datetime.fromtimestamp(expires, UTC),
        )

    def check(self, track_id: UUID, token: str) -> Grant | None:
        """What `token` allows for this track now; None when it is forged, foreign or over."""
        now = self._clock().timestamp()
        for private in (False, True):
            expires = self._signer.verify(_scope(track_id, private), token, now)
            if expires is not None:
                return Grant(expires, private)
        return None

    def max_age(self, grant: Grant) -> int:
        """Seconds until the link expires."""
        return max(0, grant.expires_at - int(self._clock().timestamp()))


def _scope(track_id: UUID, private: bool) -> str:
    return f"{'private' if private else 'shared'}/{track_id}"
