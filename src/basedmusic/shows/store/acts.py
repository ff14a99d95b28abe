"""Who plays at a show, and what became of it: its line-up and its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import Party, PartyKind
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Record
from basedmusic.shows.contracts import (
    Act,
    ActId,
    Answer,
    Moment,
    ShowAct,
    ShowChange,
    ShowId,
    ShowTimes,
)


@dataclass(frozen=True, slots=True)
class ActRow:
    artist_id: UUID | None
    name: str | None
    answer: Answer
    after_s: int | None


async def find_artists(conn: Connection, ids: Sequence[UUID]) -> set[UUID]:
    """Those of `ids` that are artists."""
    rows = await conn.fetch(
        "SELECT id FROM accounts.v_party WHERE id = ANY($1) AND kind = 'artist'", list(ids)
    )
    return {row["id"] for row in rows}


async def list_answers(conn: Connection, show_id: UUID) -> dict[UUID, Answer]:
    rows = await conn.fetch(
        "SELECT artist_id, answer FROM shows.act WHERE show_id = $1 AND artist_id IS NOT NULL", show_id
    )
    return {row["artist_id"]: Answer(row["answer"]) for row in rows}


async def replace_acts(conn: Connection, show_id: ShowId, acts: Sequence[ActRow]) -> None:
    """The line-up from now on. Acts of artists that stay keep their ids."""
    artists = [act.artist_id for act in acts if act.artist_id is not None]
    await conn.execute(
        "DELETE FROM shows.act WHERE show_id = $1 AND (artist_id IS NULL OR artist_id <> ALL($2))",
        show_id,
        artists,
    )
    await conn.execute(
        """INSERT INTO shows.act (show_id, artist_id, name, place, answer, after_s)
           SELECT $1, artist_id, name, place, answer, after_s
             FROM unnest($2::uuid[], $3::text[], $4::smallint[], $5::text[], $6::integer[])
                  AS given (artist_id, name, place, answer, after_s)
           ON CONFLICT (show_id, artist_id) DO UPDATE
              SET place = excluded.place, answer = excluded.answer, after_s = excluded.after_s""",
        show_id,
        [act.artist_id for act in acts],
        [act.name for act in acts],
        list(range(1, len(acts) + 1)),
        [act.answer.value for act in acts],
        [act.after_s for act in acts],
    )


async def find_act(conn: Connection, show_id: UUID, act_id: UUID) -> tuple[UUID | None, Answer] | None:
    """Whose it is, and what they said."""
    row = await conn.fetchrow(
        "SELECT artist_id, answer FROM shows.act WHERE show_id = $1 AND id = $2", show_id, act_id
    )
    return (row["artist_id"], Answer(row["answer"])) if row else None


async def set_answer(conn: Connection, act_id: UUID, answer: Answer) -> None:
    await conn.execute("UPDATE shows.act SET answer = $2 WHERE id = $1", act_id, answer.value)


async def list_acts(
    conn: Connection, viewer: AccountId | None, show_ids: Sequence[UUID]
) -> dict[UUID, tuple[Act, ...]]:
    """The line-ups, in order. Who said no is there for those only who edit the show or act for the artist; until
    an artist has said yes, a name is only a name."""
    rows = await conn.fetch(
        """SELECT a.id, a.show_id, a.artist_id, a.answer, a.after_s, coalesce(a.name, p.name) AS name, p.slug,
                  a.answer = 'confirmed' OR own.yes AS linked
             FROM shows.act a
             LEFT JOIN accounts.v_party p ON p.id = a.artist_id
             CROSS JOIN LATERAL (
                 SELECT EXISTS (SELECT FROM accounts.v_show_editor m JOIN shows.show s ON s.id = a.show_id
                                 WHERE m.account_id = $1 AND m.party_id IN (s.owner_id, a.artist_id)) AS yes) own
            WHERE a.show_id = ANY($2) AND (a.artist_id IS NULL OR p.id IS NOT NULL)
              AND (a.answer <> 'declined' OR own.yes)
              AND (a.artist_id IS NULL
                   OR a.artist_id NOT IN (SELECT h.party_id FROM accounts.v_blocked h WHERE h.account_id = $1))
            ORDER BY a.show_id, a.place""",
        viewer,
        list(show_ids),
    )
    found: dict[UUID, list[Act]] = {}
    for row in rows:
        found.setdefault(row["show_id"], []).append(_act(row))
    return {show_id: tuple(acts) for show_id, acts in found.items()}


async def insert_change(
    conn: Connection,
    show_id: ShowId,
    version: int,
    now: datetime,
    by: AccountId | None,
    act: ShowAct,
    words: str,
    before: ShowTimes | None,
) -> None:
    await conn.execute(
        """INSERT INTO shows.change (show_id, version, at, by_id, act, words, before_wall, before_at, before_zone)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        show_id,
        version,
        now,
        by,
        act.value,
        words,
        before.starts.wall if before else None,
        before.starts.at if before else None,
        before.zone if before else None,
    )


async def list_changes(conn: Connection, show_id: UUID, limit: int) -> list[ShowChange]:
    """The latest first."""
    rows = await conn.fetch(
        "SELECT * FROM shows.change WHERE show_id = $1 ORDER BY version DESC LIMIT $2", show_id, limit
    )
    return [
        ShowChange(
            version=row["version"],
            at=row["at"],
            act=ShowAct(row["act"]),
            words=row["words"],
            before=None if row["before_at"] is None else Moment(row["before_wall"], 0, row["before_at"]),
            before_zone=row["before_zone"],
        )
        for row in rows
    ]


def _act(row: Record) -> Act:
    artist = None
    if row["artist_id"] is not None and row["linked"]:
        artist = Party(row["artist_id"], PartyKind.ARTIST, row["name"], row["slug"])
    return Act(ActId(row["id"]), artist, row["name"], Answer(row["answer"]), row["after_s"])
