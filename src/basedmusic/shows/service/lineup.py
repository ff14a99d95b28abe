"""Who plays, and what those say who were named."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from basedmusic.accounts import Verb, Viewer, require_can
from basedmusic.kernel.ids import PartyId
from basedmusic.kernel.text import clean_line
from basedmusic.platform.db import Connection, Tx
from basedmusic.shows.contracts import (
    MAX_ACT_NAME,
    Act,
    ActMissing,
    Answer,
    NewAct,
    NotAnArtist,
    NothingToAnswer,
    ShowStands,
    ShowState,
)
from basedmusic.shows.service.shows import get_show
from basedmusic.shows.store import acts as store
from basedmusic.shows.store import shows

Yes = Literal[Answer.CONFIRMED]
No = Literal[Answer.DECLINED]


async def set_lineup(
    tx: Tx, viewer: Viewer, show_id: UUID, new: Sequence[NewAct], now: datetime
) -> tuple[Act, ...]:
    """The whole line-up, in order. An artist named for the first time is asked, unless it is the caller's own; one
    that has answered keeps its answer.

    Raises ShowMissing, NotAllowed, ShowStands, NotAnArtist, Invalid.
    """
    await shows.lock_show(tx.conn, show_id)
    show = await get_show(tx.conn, viewer, show_id, now)
    await require_can(tx.conn, viewer, show.owner.id, Verb.EDIT_SHOWS)
    if show.state in (ShowState.CANCELLED, ShowState.OVER):
        raise ShowStands
    named = [act.artist_id for act in new if act.artist_id is not None]
    if len(set(named)) < len(named):
        raise NotAnArtist("An artist stands on the bill once", field="acts")
    if await store.find_artists(tx.conn, named) != set(named):
        raise NotAnArtist(field="acts")
    answered = await store.list_answers(tx.conn, show.id)
    rows = [await _row(tx.conn, viewer, show.owner.id, act, answered) for act in new]
    await store.replace_acts(tx.conn, show.id, rows)
    await shows.refresh_billing(tx.conn, show.id)
    return (await list_lineups(tx.conn, viewer, [show.id])).get(show.id, ())


async def answer_act(
    tx: Tx, viewer: Viewer, show_id: UUID, act_id: UUID, answer: Yes | No, now: datetime
) -> None:
    """For the artist that was named; may be changed.

    Raises ShowMissing, ActMissing, NotAllowed, NothingToAnswer.
    """
    await shows.lock_show(tx.conn, show_id)
    show = await get_show(tx.conn, viewer, show_id, now)
    found = await store.find_act(tx.conn, show.id, act_id)
    if found is None:
        raise ActMissing
    artist_id, _ = found
    if artist_id is None:
        raise NothingToAnswer
    await require_can(tx.conn, viewer, PartyId(artist_id), Verb.EDIT_SHOWS)
    await store.set_answer(tx.conn, act_id, answer)
    await shows.refresh_billing(tx.conn, show.id)


async def answer_for_room(tx: Tx, viewer: Viewer, show_id: UUID, answer: Yes | No, now: datetime) -> None:
    """For the venue whose room was named; may be changed. Raises ShowMissing, NotAllowed, NothingToAnswer."""
    await shows.lock_show(tx.conn, show_id)
    show = await get_show(tx.conn, viewer, show_id, now)
    venue_id = await shows.find_venue(tx.conn, show.id)
    if venue_id is None:
        raise NothingToAnswer
    await require_can(tx.conn, viewer, venue_id, Verb.EDIT_SHOWS)
    await shows.set_venue_answer(tx.conn, show.id, answer)
    await shows.refresh_billing(tx.conn, show.id)


async def list_lineups(
    conn: Connection, viewer: Viewer, show_ids: Sequence[UUID]
) -> Mapping[UUID, tuple[Act, ...]]:
    """Of shows that the viewer may see."""
    return await store.list_acts(conn, viewer.account_id, show_ids)


async def _row(
    conn: Connection, viewer: Viewer, owner_id: UUID, act: NewAct, answered: Mapping[UUID, Answer]
) -> store.ActRow:
    if act.artist_id is None:
        name = clean_line(act.name or "", "name", MAX_ACT_NAME)
        return store.ActRow(None, name, Answer.NONE, act.after_s)
    answer = answered.get(act.artist_id)
    if answer is None:
        ours = act.artist_id == owner_id or await shows.may_edit(conn, viewer.account_id, act.artist_id)
        answer = Answer.CONFIRMED if ours else Answer.ASKED
    return store.ActRow(act.artist_id, None, answer, act.after_s)
