"""Shows: drafted, published, moved, put off, called off; and the lists that they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from basedmusic.accounts import Verb, Viewer, clean_links, require_can
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.ids import PartyId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.kernel.text import clean_line, clean_text
from basedmusic.platform.db import Connection, Tx
from basedmusic.shows.contracts import (
    MAX_ABOUT,
    MAX_PLACE_ADDRESS,
    MAX_PLACE_NAME,
    MAX_REASON,
    MAX_TITLE,
    Answer,
    PlannedTimes,
    Price,
    RoomClosed,
    Show,
    ShowAct,
    ShowChange,
    ShowChanged,
    ShowMissing,
    ShowNowhere,
    ShowPublished,
    ShowStands,
    ShowState,
    ShowTimes,
    TimeUnknown,
)
from basedmusic.shows.rules.states import decide_state, is_somewhere
from basedmusic.shows.rules.times import derive_again, plan
from basedmusic.shows.service.rooms import get_room
from basedmusic.shows.store import acts
from basedmusic.shows.store import shows as store

CHANGES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class NewWhere:
    """A room, or a place in words; or neither yet."""

    room_id: UUID | None = None
    place_name: str | None = None
    place_address: str | None = None


@dataclass(frozen=True, slots=True)
class NewShow:
    title: str
    times: PlannedTimes
    where: NewWhere = field(default_factory=NewWhere)
    about: str = ""
    age_from: int | None = None
    price: Price | None = None
    links: Sequence[str] = ()


async def create_show(tx: Tx, viewer: Viewer, owner_id: UUID, new: NewShow, now: datetime) -> Show:
    """A draft of an artist's, a venue's or an organiser's. Raises NotAllowed, RoomMissing, RoomClosed, Invalid."""
    await require_can(tx.conn, viewer, PartyId(owner_id), Verb.EDIT_SHOWS)
    show_id = await store.insert_show(
        tx.conn,
        PartyId(owner_id),
        clean_line(new.title, "title", MAX_TITLE),
        clean_text(new.about, "about", MAX_ABOUT),
        plan(new.times),
        await _where(tx.conn, viewer, owner_id, new.where),
        new.age_from,
        _checked(new.price),
        clean_links(new.links),
    )
    await store.refresh_billing(tx.conn, show_id)
    return await get_show(tx.conn, viewer, show_id, now)


async def edit_show(tx: Tx, viewer: Viewer, show_id: UUID, changes: dict[str, Any], now: datetime) -> Show:
    """Change what is given: `title`, `about`, `age_from`, `price`, `links`, `where` (NewWhere), `times`.

    The times of what was published are moved by `change_show`, which tells people. Raises ShowMissing, NotAllowed,
    ShowStands, RoomMissing, RoomClosed, Invalid.
    """
    show = await _own(tx, viewer, show_id, now)
    if show.state in (ShowState.CANCELLED, ShowState.OVER):
        raise ShowStands("This show is over" if show.state is ShowState.OVER else "This show is cancelled")
    if "times" in changes:
        if show.state is not ShowState.DRAFT:
            raise ShowStands("People have this date already: reschedule the show instead")
        await store.update_times(tx.conn, show.id, plan(changes["times"]))
    await store.update_words(
        tx.conn,
        show.id,
        clean_line(changes.get("title", show.title), "title", MAX_TITLE),
        clean_text(changes.get("about", show.about), "about", MAX_ABOUT),
        changes.get("age_from", show.age_from),
        _checked(changes.get("price", show.price)),
        clean_links(changes.get("links", show.links)),
    )
    if "where" in changes:
        where = await _where(tx.conn, viewer, show.owner.id, changes["where"])
        if show.state is not ShowState.DRAFT and where[0] is None and where[2] is None:
            raise ShowNowhere
        await store.update_where(tx.conn, show.id, where)
    await store.refresh_billing(tx.conn, show.id)
    moved = await get_show(tx.conn, viewer, show.id, now)
    if "where" in changes and show.state is not ShowState.DRAFT:
        await tx.emit(ShowChanged(show.id, moved.version))
    return moved


async def delete_draft(tx: Tx, viewer: Viewer, show_id: UUID, now: datetime) -> None:
    """What was published is cancelled, never deleted: people have it in their calendars.

    Raises ShowMissing, NotAllowed, ShowStands.
    """
    show = await _own(tx, viewer, show_id, now)
    if show.state is not ShowState.DRAFT:
        raise ShowStands("People know of this show: cancel it instead")
    await store.delete_show(tx.conn, show.id)


async def change_show(
    tx: Tx,
    viewer: Viewer,
    show_id: UUID,
    act: ShowAct,
    now: datetime,
    *,
    words: str = "",
    times: PlannedTimes | None = None,
) -> Show:
    """Publish, reschedule (to `times`), postpone or cancel; `words` say why.

    Raises ShowMissing, NotAllowed, ShowStands, ShowNowhere, TimeUnknown, Invalid.
    """
    show = await _own(tx, viewer, show_id, now)
    state = decide_state(show.state, act)
    words = clean_text(words, "reason", MAX_REASON)
    before: ShowTimes | None = None
    if act is ShowAct.RESCHEDULE:
        assert times is not None
        before, new = show.times, plan(times)
        _require_ahead(new, now)
        await store.update_times(tx.conn, show.id, new)
    if act is ShowAct.PUBLISH:
        if not is_somewhere(show.where):
            raise ShowNowhere
        _require_ahead(show.times, now)
        if show.times.tz_version != derive_again(show.times).tz_version:
            await store.update_times(tx.conn, show.id, derive_again(show.times))
    version = await store.update_state(tx.conn, show.id, state, now)
    await acts.insert_change(tx.conn, show.id, version, now, viewer.account_id, act, words, before)
    await store.refresh_billing(tx.conn, show.id)
    if act is ShowAct.PUBLISH:
        await tx.emit(ShowPublished(show.id))
    else:
        await tx.emit(ShowChanged(show.id, version))
    return await get_show(tx.conn, viewer, show.id, now)


async def get_show(conn: Connection, viewer: Viewer, show_id: UUID, now: datetime) -> Show:
    """Raises ShowMissing."""
    show = await store.find_show(conn, viewer.account_id, show_id, now)
    if show is None:
        raise ShowMissing
    return show


async def list_coming(
    conn: Connection, viewer: Viewer, now: datetime, evening: date | None, page: PageRequest
) -> Page[Show]:
    """The scene's, soonest first; or all of one evening."""
    rows = await store.list_coming(conn, viewer.account_id, now, evening, page)
    return page.page(rows, _key)


async def list_of_party(
    conn: Connection, viewer: Viewer, party_id: UUID, now: datetime, page: PageRequest
) -> Page[Show]:
    """Those of one artist, venue or organiser that are still to come."""
    rows = await store.list_of_party(conn, viewer.account_id, party_id, now, page)
    return page.page(rows, _key)


async def list_asking(
    conn: Connection, viewer: Viewer, party_id: UUID, now: datetime, page: PageRequest
) -> Page[Show]:
    """Those that name the profile or its room and wait for its answer. Raises NotAllowed."""
    await require_can(conn, viewer, PartyId(party_id), Verb.EDIT_SHOWS)
    rows = await store.list_asking(conn, viewer.account_id, party_id, now, page)
    return page.page(rows, _key)


async def list_changes(
    conn: Connection, viewer: Viewer, show_id: UUID, now: datetime
) -> Sequence[ShowChange]:
    """What became of it, the latest first. Raises ShowMissing."""
    show = await get_show(conn, viewer, show_id, now)
    return await acts.list_changes(conn, show.id, CHANGES_SHOWN)


async def _own(tx: Tx, viewer: Viewer, show_id: UUID, now: datetime) -> Show:
    """Locked. Raises ShowMissing, NotAllowed."""
    await store.lock_show(tx.conn, show_id)
    show = await get_show(tx.conn, viewer, show_id, now)
    await require_can(tx.conn, viewer, show.owner.id, Verb.EDIT_SHOWS)
    return show


async def _where(
    conn: Connection, viewer: Viewer, owner_id: UUID, new: NewWhere
) -> tuple[UUID | None, Answer, str | None, str | None]:
    """As it is kept; a room of somebody else's is asked for."""
    name = clean_line(new.place_name, "place", MAX_PLACE_NAME) if new.place_name else None
    address = clean_line(new.place_address, "address", MAX_PLACE_ADDRESS) if new.place_address else None
    if new.room_id is None:
        return None, Answer.NONE, name, address
    if name or address:
        raise Invalid("Choose a room, or say where it is in words", field="where")
    room = await get_room(conn, viewer, new.room_id)
    if room.closed_at is not None:
        raise RoomClosed
    ours = room.venue.id == owner_id or await store.may_edit(conn, viewer.account_id, room.venue.id)
    return room.id, Answer.CONFIRMED if ours else Answer.ASKED, None, None


def _require_ahead(times: ShowTimes, now: datetime) -> None:
    if times.over_at <= now:
        raise TimeUnknown("This time is past", field="starts")


def _checked(price: Price | None) -> Price | None:
    if price is not None and price.to_minor < price.from_minor:
        raise Invalid("The highest price is below the lowest", field="price")
    return price


def _key(show: Show) -> tuple[datetime, UUID]:
    return show.times.starts.at, show.id
