"""What catalog does for reports of its things: says what they look like, takes them down, restores them."""

from uuid import UUID

from basedmusic.accounts import Viewer, hide_text, show_text
from basedmusic.accounts.contracts import Evidence, SubjectKind
from basedmusic.catalog.contracts import Publication, TrackId, TrackPublished, TrackUnpublished
from basedmusic.catalog.store import reports as store
from basedmusic.platform.db import Connection, Tx


class MusicSubject:
    """Tracks, releases and artists."""

    kinds = frozenset({SubjectKind.TRACK, SubjectKind.RELEASE, SubjectKind.ARTIST})

    async def collect(
        self, conn: Connection, viewer: Viewer, kind: SubjectKind, subject_id: UUID
    ) -> Evidence | None:
        """Of what anybody may find, or the viewer as a member. A block does not keep anybody from reporting."""
        return await store.find_evidence(conn, viewer.account_id, kind, subject_id)

    async def take_down(self, tx: Tx, kind: SubjectKind, subject_id: UUID) -> None:
        if kind is SubjectKind.ARTIST:
            await hide_text(tx, subject_id)
        elif kind is SubjectKind.RELEASE:
            for track_id in await store.take_down_release(tx.conn, subject_id):
                await tx.emit(TrackUnpublished(TrackId(track_id)))
        elif await store.take_down_track(tx.conn, subject_id):
            await tx.emit(TrackUnpublished(TrackId(subject_id)))

    async def restore(self, tx: Tx, kind: SubjectKind, subject_id: UUID) -> None:
        if kind is SubjectKind.ARTIST:
            await show_text(tx, subject_id)
        elif kind is SubjectKind.RELEASE:
            for track_id in await store.restore_release(tx.conn, subject_id):
                await tx.emit(TrackPublished(TrackId(track_id)))
        elif await store.restore_track(tx.conn, subject_id) is Publication.PUBLISHED:
            await tx.emit(TrackPublished(TrackId(subject_id)))
