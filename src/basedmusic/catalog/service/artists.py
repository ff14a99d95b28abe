"""Artists and the genres they choose from."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from basedmusic.accounts import (
    PartyKind,
    SignedInViewer,
    Viewer,
    create_profile,
    rename_party,
    require_editor,
    set_places,
)
from basedmusic.catalog.contracts import Artist, ArtistMissing, CountedGenre, Genre, GenreUnknown
from basedmusic.catalog.rules import MAX_BIO, MAX_CITY, clean_genres
from basedmusic.catalog.store import artists as store
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.kernel.text import clean_line, clean_text
from basedmusic.platform.db import Connection, Tx


async def create_artist(
    tx: Tx,
    viewer: SignedInViewer,
    *,
    name: str,
    city: str,
    genres: Sequence[str] = (),
    bio: str = "",
    website: str = "",
    links: Sequence[str] = (),
    unclaimed_since: datetime | None = None,
) -> Artist:
    """A new artist whose first owner is the viewer; or, made by a moderator, one that nobody owns yet.

    Raises Invalid, GenreUnknown, ModeratorsOnly.
    """
    city, bio = clean_line(city, "city", MAX_CITY), clean_text(bio, "bio", MAX_BIO)
    chosen = await known_genres(tx.conn, genres)
    party = await create_profile(tx, viewer, PartyKind.ARTIST, name, unclaimed_since=unclaimed_since)
    await store.insert_artist(tx.conn, party.id, city, bio)
    await store.replace_artist_genres(tx.conn, party.id, chosen)
    await set_places(tx, party.id, website=website, links=links)
    return await get_artist(tx.conn, viewer, party.id)


async def edit_artist(
    tx: Tx,
    viewer: Viewer,
    artist_id: UUID,
    *,
    name: str | None = None,
    city: str | None = None,
    genres: Sequence[str] | None = None,
    bio: str | None = None,
    website: str | None = None,
    links: Sequence[str] | None = None,
) -> Artist:
    """Change what is not None. Raises ArtistMissing, Invalid, GenreUnknown and as `require_editor`."""
    artist = await get_artist(tx.conn, viewer, artist_id)
    await require_editor(tx.conn, viewer, artist.id)
    if name is not None:
        await rename_party(tx, artist.id, name)
    await store.update_artist(
        tx.conn,
        artist.id,
        None if city is None else clean_line(city, "city", MAX_CITY),
        None if bio is None else clean_text(bio, "bio", MAX_BIO),
    )
    await set_places(tx, artist.id, website=website, links=links)
    if genres is not None:
        await store.replace_artist_genres(tx.conn, artist.id, await known_genres(tx.conn, genres))
    return await get_artist(tx.conn, viewer, artist.id)


async def get_artist(conn: Connection, viewer: Viewer, key: UUID | str) -> Artist:
    """By id or by slug. Raises ArtistMissing."""
    if isinstance(key, UUID):
        artist = await store.find_artist(conn, viewer.account_id, key)
    else:
        artist = await store.find_artist_by_slug(conn, viewer.account_id, key)
    if artist is None:
        raise ArtistMissing
    return artist


async def list_artists(
    conn: Connection, viewer: Viewer, genre: str | None, page: PageRequest
) -> Page[Artist]:
    """All, or those who go by `genre`. Raises GenreUnknown."""
    if genre is None:
        rows = await store.list_artists(conn, viewer.account_id, page)
    else:
        await require_genre(conn, genre)
        rows = await store.list_genre_artists(conn, viewer.account_id, genre, page)
    return page.page(rows, lambda artist: (artist.id,))


async def list_genres(conn: Connection, viewer: Viewer) -> list[CountedGenre]:
    """All of them: a short list that the scene's operator keeps."""
    return await store.list_genres(conn, viewer.account_id)


async def find_genre(conn: Connection, slug: str) -> Genre | None:
    """Without its counts, which cost more than its name."""
    return await store.find_genre(conn, slug)


async def known_genres(conn: Connection, slugs: Sequence[str]) -> list[str]:
    """`slugs` cleaned. Raises GenreUnknown naming the first that the scene does not have."""
    chosen = clean_genres(list(slugs))
    for unknown in await store.find_unknown_genres(conn, chosen):
        raise _unknown(unknown, "genres")
    return chosen


async def require_genre(conn: Connection, slug: str) -> None:
    """Nothing, if the scene has it. Raises GenreUnknown."""
    if await store.find_unknown_genres(conn, [slug]):
        raise _unknown(slug, "genre")


def _unknown(slug: str, field: str) -> GenreUnknown:
    return GenreUnknown(f"There is no genre {slug!r} in this scene", field=field)
