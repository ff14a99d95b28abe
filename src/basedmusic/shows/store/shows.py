"""Shows, and the lists that they stand in."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from basedmusic.accounts.contracts import Party, PartyKind
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record
from basedmusic.shows.contracts import (
    Answer,
    Moment,
    Price,
    Show,
    ShowId,
    ShowState,
    ShowTimes,
    Where,
)
from basedmusic.shows.rules.states import state_at
from basedmusic.shows.store.rooms import COLUMNS, room_of

LONGEST = timedelta(days=2)
"""No show lasts longer, which the table holds: a walk through those to come may begin that far back."""

# A venue that was asked and has not said yes is shown to whoever edits the show, and to its own people.
_SELECT = f"""
SELECT s.*, p.kind AS owner_kind, p.name AS owner_name, p.slug AS owner_slug, {COLUMNS},
       EXISTS (SELECT FROM accounts.v_show_editor m
                WHERE m.party_id = s.owner_id AND m.account_id = $1) AS can_edit
  FROM shows.show s
  JOIN accounts.v_party p ON p.id = s.owner_id
  LEFT JOIN shows.room r ON r.id = s.room_id
  LEFT JOIN accounts.v_party v ON v.id = r.venue_id
"""  # noqa: S608 - no value stands in it
_EDITS = """EXISTS (SELECT FROM accounts.v_show_editor m
                    WHERE m.party_id = s.owner_id AND m.account_id = $1)"""
_VISIBLE = f"(s.state <> 'draft' OR {_EDITS})"
_OPEN = " AND s.owner_id NOT IN (SELECT h.party_id FROM accounts.v_blocked h WHERE h.account_id = $1)"
_SHOWN = " AND s.owner_id NOT IN (SELECT h.party_id FROM accounts.v_hidden h WHERE h.account_id = $1)"


async def insert_show(
    conn: Connection,
    owner_id: PartyId,
    title: str,
    about: str,
    times: ShowTimes,
    where: tuple[UUID | None, Answer, str | None, str | None],
    age_from: int | None,
    price: Price | None,
    links: Sequence[str],
) -> ShowId:
    show_id: UUID | None = await conn.fetchval(
        """INSERT INTO shows.show (owner_id, title, about, room_id, venue_answer, place_name, place_address,
                  age_from, price_from, price_to, currency, links,
                  zone, starts_wall, starts_fold, starts_at, doors_wall, doors_fold, doors_at,
                  curfew_wall, curfew_fold, curfew_at, over_at, evening, tz_version)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                   $21, $22, $23, $24, $25) RETURNING id""",
        owner_id,
        title,
        about,
        where[0],
        where[1].value,
        where[2],
        where[3],
        age_from,
        *_price_values(price),
        list(links),
        *_time_values(times),
    )
    assert show_id is not None
    return ShowId(show_id)


async def update_words(
    conn: Connection,
    show_id: ShowId,
    title: str,
    about: str,
    age_from: int | None,
    price: Price | None,
    links: Sequence[str],
) -> None:
    await conn.execute(
        """UPDATE shows.show SET title = $2, about = $3, age_from = $4, price_from = $5, price_to = $6,
                  currency = $7, links = $8, version = version + 1 WHERE id = $1""",
        show_id,
        title,
        about,
        age_from,
        *_price_values(price),
        list(links),
    )


async def update_where(
    conn: Connection, show_id: ShowId, where: tuple[UUID | None, Answer, str | None, str | None]
) -> None:
    await conn.execute(
        """UPDATE shows.show SET room_id = $2, venue_answer = $3, place_name = $4, place_address = $5,
                  version = version + 1 WHERE id = $1""",
        show_id,
        where[0],
        where[1].value,
        where[2],
        where[3],
    )


async def update_times(conn: Connection, show_id: ShowId, times: ShowTimes) -> None:
    await conn.execute(
        """UPDATE shows.show
              SET zone = $2, starts_wall = $3, starts_fold = $4, starts_at = $5, doors_wall = $6, doors_fold = $7,
                  doors_at = $8, curfew_wall = $9, curfew_fold = $10, curfew_at = $11, over_at = $12,
                  evening = $13, tz_version = $14, version = version + 1
            WHERE id = $1""",
        show_id,
        *_time_values(times),
    )


async def update_state(conn: Connection, show_id: ShowId, state: ShowState, now: datetime) -> int:
    """The version that the show has from now on."""
    version: int | None = await conn.fetchval(
        """UPDATE shows.show SET state = $2, published_at = coalesce(published_at, $3), version = version + 1
            WHERE id = $1 RETURNING version""",
        show_id,
        state.value,
        now,
    )
    assert version is not None
    return version


async def set_venue_answer(conn: Connection, show_id: ShowId, answer: Answer) -> None:
    await conn.execute(
        "UPDATE shows.show SET venue_answer = $2, version = version + 1 WHERE id = $1", show_id, answer.value
    )


async def delete_show(conn: Connection, show_id: ShowId) -> None:
    await conn.execute("DELETE FROM shows.show WHERE id = $1", show_id)


async def lock_show(conn: Connection, show_id: UUID) -> None:
    """First of the locks of this slice; whoever only adds an answer to it does not wait."""
    await conn.execute("SELECT FROM shows.show WHERE id = $1 FOR NO KEY UPDATE", show_id)


async def may_edit(conn: Connection, viewer: AccountId | None, party_id: UUID) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM accounts.v_show_editor m WHERE m.account_id = $1 AND m.party_id = $2",
        viewer,
        party_id,
    )
    return found is not None


async def find_venue(conn: Connection, show_id: UUID) -> PartyId | None:
    """Whose room it is in, whatever they have said."""
    return await conn.fetchval(
        "SELECT r.venue_id FROM shows.show s JOIN shows.room r ON r.id = s.room_id WHERE s.id = $1", show_id
    )


async def count_shows(conn: Connection, owner_id: UUID) -> int:
    """Drafts and past ones too."""
    return await conn.fetchval("SELECT count(*) FROM shows.show WHERE owner_id = $1", owner_id) or 0


async def leave_rooms(conn: Connection, venue_id: UUID) -> None:
    """Others' shows there keep the room's name as their place: the venue goes for good."""
    await conn.execute(
        """UPDATE shows.show s SET room_id = NULL, venue_answer = 'none', place_name = r.name
             FROM shows.room r WHERE r.venue_id = $1 AND s.room_id = r.id""",
        venue_id,
    )


async def refresh_billing(conn: Connection, show_id: ShowId) -> None:
    """On whose pages it is: its owner's, and those of whoever said yes."""
    await conn.execute(
        """WITH billed AS (
               SELECT s.owner_id AS party_id, s.starts_at FROM shows.show s WHERE s.id = $1
               UNION
               SELECT r.venue_id, s.starts_at FROM shows.show s JOIN shows.room r ON r.id = s.room_id
                WHERE s.id = $1 AND s.venue_answer = 'confirmed'
               UNION
               SELECT a.artist_id, s.starts_at FROM shows.show s JOIN shows.act a ON a.show_id = s.id
                WHERE s.id = $1 AND a.answer = 'confirmed'
           ), gone AS (
               DELETE FROM shows.billing b WHERE b.show_id = $1 AND b.party_id NOT IN (SELECT party_id FROM billed)
           )
           INSERT INTO shows.billing (party_id, starts_at, show_id) SELECT party_id, starts_at, $1 FROM billed
           ON CONFLICT (show_id, party_id) DO UPDATE SET starts_at = excluded.starts_at""",
        show_id,
    )


async def find_show(conn: Connection, viewer: AccountId | None, show_id: UUID, now: datetime) -> Show | None:
    row = await conn.fetchrow(f"{_SELECT} WHERE s.id = $2 AND {_VISIBLE}{_OPEN}", viewer, show_id)
    return _show(row, now) if row else None


async def list_coming(
    conn: Connection, viewer: AccountId | None, now: datetime, evening: date | None, page: PageRequest
) -> list[Show]:
    """Those of the scene that are not over, soonest first; of one evening: all of it. One more than asked for.

    The key is (starts_at, id).
    """
    at, last = page.after or (None, None)
    when = (
        "s.starts_at > $3 AND s.over_at > $2"
        if evening is None
        else "s.evening = $3 AND $2::timestamptz IS NOT NULL"
    )
    rows = await conn.fetch(
        _SELECT
        + f""" WHERE s.state <> 'draft' AND {when}{_SHOWN}
                AND ($4::timestamptz IS NULL OR (s.starts_at, s.id) > ($4, $5::uuid))
              ORDER BY s.starts_at, s.id LIMIT $6""",
        viewer,
        now,
        now - LONGEST if evening is None else evening,
        at,
        last,
        page.limit + 1,
    )
    return [_show(row, now) for row in rows]


async def list_of_party(
    conn: Connection, viewer: AccountId | None, party_id: UUID, now: datetime, page: PageRequest
) -> list[Show]:
    """Those on one profile's page that are not over, its drafts only for whoever edits them; as `list_coming`."""
    at, last = page.after or (None, None)
    rows = await conn.fetch(
        _SELECT
        + f""" JOIN shows.billing b ON b.show_id = s.id AND b.starts_at = s.starts_at
              WHERE b.party_id = $2 AND b.starts_at > $3 AND s.over_at > $4 AND {_VISIBLE}{_OPEN}
                AND ($5::timestamptz IS NULL OR (b.starts_at, b.show_id) > ($5, $6::uuid))
              ORDER BY b.starts_at, b.show_id LIMIT $7""",
        viewer,
        party_id,
        now - LONGEST,
        now,
        at,
        last,
        page.limit + 1,
    )
    return [_show(row, now) for row in rows]


async def list_asking(
    conn: Connection, viewer: AccountId | None, party_id: UUID, now: datetime, page: PageRequest
) -> list[Show]:
    """Published ones that name the profile, or one of its rooms, and wait for its yes; as `list_coming`."""
    at, last = page.after or (None, None)
    rows = await conn.fetch(
        _SELECT  # noqa: S608 - no value stands in it
        + """ WHERE s.state <> 'draft' AND s.over_at > $3 AND s.id = ANY (ARRAY(
                  SELECT a.show_id FROM shows.act a WHERE a.artist_id = $2 AND a.answer = 'asked'
                  UNION ALL
                  SELECT q.id FROM shows.room own JOIN shows.show q ON q.room_id = own.id
                   WHERE own.venue_id = $2 AND q.venue_answer = 'asked'))
                AND ($4::timestamptz IS NULL OR (s.starts_at, s.id) > ($4, $5::uuid))
              ORDER BY s.starts_at, s.id LIMIT $6""",
        viewer,
        party_id,
        now,
        at,
        last,
        page.limit + 1,
    )
    return [_show(row, now) for row in rows]


def _show(row: Record, now: datetime) -> Show:
    answer = Answer(row["venue_answer"])
    hidden = answer is Answer.DECLINED and not row["can_edit"]
    kept = ShowState(row["state"])
    return Show(
        id=row["id"],
        owner=Party(row["owner_id"], PartyKind(row["owner_kind"]), row["owner_name"], row["owner_slug"]),
        where=Where(
            # A venue that was closed has no rooms to find either.
            room=None if row["venue_id"] is None or hidden else room_of(row),
            venue_answer=answer,
            place_name=row["place_name"],
            place_address=row["place_address"],
        ),
        title=row["title"],
        about=row["about"],
        state=state_at(kept, row["over_at"], now),
        times=_times(row),
        age_from=row["age_from"],
        price=None if row["currency"] is None else Price(row["price_from"], row["price_to"], row["currency"]),
        links=tuple(row["links"]),
        version=row["version"],
        created_at=row["created_at"],
        published_at=row["published_at"],
        can_edit=row["can_edit"],
    )


def _times(row: Record) -> ShowTimes:
    starts = _moment(row, "starts")
    assert starts is not None
    return ShowTimes(
        zone=row["zone"],
        starts=starts,
        doors=_moment(row, "doors"),
        curfew=_moment(row, "curfew"),
        over_at=row["over_at"],
        evening=row["evening"],
        tz_version=row["tz_version"],
    )


def _moment(row: Record, which: str) -> Moment | None:
    if row[f"{which}_at"] is None:
        return None
    return Moment(row[f"{which}_wall"], row[f"{which}_fold"], row[f"{which}_at"])


def _time_values(times: ShowTimes) -> tuple[object, ...]:
    return (
        times.zone,
        *_moment_values(times.starts),
        *_moment_values(times.doors),
        *_moment_values(times.curfew),
        times.over_at,
        times.evening,
        times.tz_version,
    )


def _moment_values(moment: Moment | None) -> tuple[object, ...]:
    return (None, None, None) if moment is None else (moment.wall, moment.fold, moment.at)


def _price_values(price: Price | None) -> tuple[object, ...]:
    return (None, None, None) if price is None else (price.from_minor, price.to_minor, price.currency)
