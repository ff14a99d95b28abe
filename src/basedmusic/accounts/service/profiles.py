"""Venues and organisers, made and changed; where any profile is elsewhere; profiles that nobody owns yet."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import (
    PROFILE_KINDS,
    Card,
    OrganiserMissing,
    OrganiserType,
    Party,
    PartyKind,
    Places,
    ProfileMissing,
    ProfileRef,
    SignedInViewer,
    VenueMissing,
    Verb,
    Viewer,
)
from basedmusic.accounts.rules.permissions import can_moderate
from basedmusic.accounts.rules.profiles import MAX_ABOUT, MAX_CITY, clean_links, clean_website
from basedmusic.accounts.service.parties import create_party, create_unowned_party, rename_party
from basedmusic.accounts.service.permissions import require_can, require_moderator
from basedmusic.accounts.store import permissions
from basedmusic.accounts.store import profiles as store
from basedmusic.kernel.ids import PartyId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.kernel.text import clean_line, clean_text
from basedmusic.platform.db import Connection, Tx

_MISSING = {PartyKind.VENUE: VenueMissing, PartyKind.ORGANISER: OrganiserMissing}


async def create_profile(
    tx: Tx, viewer: SignedInViewer, kind: PartyKind, name: str, *, unclaimed_since: datetime | None = None
) -> Party:
    """A party of that kind whose first owner is the viewer; or, made by a moderator, one that nobody owns yet.

    Raises Invalid, SlugsTaken, ModeratorsOnly.
    """
    if unclaimed_since is None:
        return await create_party(tx, kind, name, owner=viewer.account_id)
    await require_moderator(tx.conn, viewer)
    return await create_unowned_party(tx, kind, name, unclaimed_since)


async def create_card(
    tx: Tx,
    viewer: SignedInViewer,
    kind: PartyKind,
    *,
    name: str,
    city: str,
    type: OrganiserType | None = None,
    about: str = "",
    website: str = "",
    links: Sequence[str] = (),
    unclaimed_since: datetime | None = None,
) -> Card:
    """A new venue or organiser, as `create_profile`. Raises Invalid too."""
    city, about = clean_line(city, "city", MAX_CITY), clean_text(about, "about", MAX_ABOUT)
    party = await create_profile(tx, viewer, kind, name, unclaimed_since=unclaimed_since)
    await store.insert_card(tx.conn, party.id, kind, type, city, about)
    await set_places(tx, party.id, website=website, links=links)
    return await get_card(tx.conn, viewer, kind, party.id)


async def edit_card(
    tx: Tx,
    viewer: Viewer,
    kind: PartyKind,
    party_id: UUID,
    *,
    name: str | None = None,
    city: str | None = None,
    type: OrganiserType | None = None,
    about: str | None = None,
    website: str | None = None,
    links: Sequence[str] | None = None,
) -> Card:
    """Change what is not None. Raises VenueMissing, OrganiserMissing, Invalid and as `require_editor`."""
    card = await get_card(tx.conn, viewer, kind, party_id)
    await require_editor(tx.conn, viewer, card.party.id)
    if name is not None:
        await rename_party(tx, card.party.id, name)
    await store.update_card(
        tx.conn,
        card.party.id,
        type,
        None if city is None else clean_line(city, "city", MAX_CITY),
        None if about is None else clean_text(about, "about", MAX_ABOUT),
    )
    await set_places(tx, card.party.id, website=website, links=links)
    return await get_card(tx.conn, viewer, kind, card.party.id)


async def set_places(tx: Tx, party_id: PartyId, *, website: str | None, links: Sequence[str] | None) -> None:
    """Where a profile is elsewhere; what is None stays. Who may is for the caller to ask. Raises Invalid."""
    if website is not None:
        await store.update_website(tx.conn, party_id, clean_website(website))
    if links is not None:
        await store.update_links(tx.conn, party_id, clean_links(links))


async def get_card(conn: Connection, viewer: Viewer, kind: PartyKind, key: UUID | str) -> Card:
    """By id or by slug. Raises VenueMissing, OrganiserMissing."""
    card = await store.find_card(conn, viewer.account_id, kind, key)
    if card is None:
        raise _MISSING[kind]
    return card


async def list_cards(conn: Connection, viewer: Viewer, kind: PartyKind, page: PageRequest) -> Page[Card]:
    """Newest first."""
    rows = await store.list_cards(conn, viewer.account_id, kind, page)
    return page.page(rows, lambda card: (card.party.id,))


async def get_profile(conn: Connection, viewer: Viewer, party_id: UUID) -> ProfileRef:
    """An artist, venue or organiser in short. Raises ProfileMissing."""
    profile = await store.find_profile(conn, viewer.account_id, party_id)
    if profile is None:
        raise ProfileMissing
    assert profile.party.kind in PROFILE_KINDS
    return profile


async def get_places(conn: Connection, viewer: Viewer, party_id: UUID) -> Places:
    """Raises ProfileMissing."""
    return (await get_profile(conn, viewer, party_id)).places


async def require_editor(conn: Connection, viewer: Viewer, party_id: PartyId) -> None:
    """May the viewer change what the profile tells? Raises as `require_can`.

    Members whose role includes it; of a profile that nobody owns, the scene's moderators.
    """
    if not await _moderates_stub(conn, viewer, party_id):
        await require_can(conn, viewer, party_id, Verb.EDIT_PROFILE)


async def _moderates_stub(conn: Connection, viewer: Viewer, party_id: PartyId) -> bool:
    if viewer.account_id is None or not await store.is_stub(conn, party_id):
        return False
    return can_moderate(await permissions.find_scene_role(conn, viewer.account_id))
