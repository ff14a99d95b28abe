"""What a person chose about themselves; no row is the choice of nothing."""

from collections.abc import Sequence
from uuid import UUID

from basedmusic.accounts.contracts.preferences import Place, Preferences, Reach
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection


async def find_preferences(conn: Connection, account_id: AccountId) -> Preferences:
    row = await conn.fetchrow(
        """SELECT p.*, one.adult_from,
                  ARRAY(SELECT genre FROM accounts.taste_genre WHERE account_id = $1 ORDER BY genre) AS genres
             FROM accounts.account one LEFT JOIN accounts.preference p ON p.account_id = one.id
            WHERE one.id = $1""",
        account_id,
    )
    if row is None:
        return Preferences()
    genres = tuple(row["genres"])
    if row["account_id"] is None:
        return Preferences(genres=genres, adult_from=row["adult_from"])
    place = None
    if row["place_id"] is not None:
        place = Place(
            row["place_id"],
            row["place_name"],
            row["place_region"],
            row["place_country"],
            row["place_zone"],
            float(row["place_latitude"]),
            float(row["place_longitude"]),
        )
    return Preferences(
        followable=row["followable"],
        history_paused_at=row["history_paused_at"],
        welcomed_at=row["welcomed_at"],
        reach=Reach(row["reach"]) if row["reach"] else None,
        nights=tuple(row["nights"]),
        place=place,
        genres=genres,
        adult_from=row["adult_from"],
    )


async def replace_preferences(conn: Connection, account_id: AccountId, chosen: Preferences) -> None:
    """But for the pause of history and the genres, which have verbs of their own."""
    place = chosen.place
    await conn.execute(
        """INSERT INTO accounts.preference AS p (account_id, followable, welcomed_at, reach, nights, place_id,
                   place_name, place_region, place_country, place_zone, place_latitude, place_longitude)
           VALUES ($1, $2, $3, $4, $5::smallint[], $6, $7, $8, $9, $10, $11::float8, $12::float8)
           ON CONFLICT (account_id) DO UPDATE
               SET followable = excluded.followable, welcomed_at = excluded.welcomed_at,
                   reach = excluded.reach, nights = excluded.nights, place_id = excluded.place_id,
                   place_name = excluded.place_name, place_region = excluded.place_region,
                   place_country = excluded.place_country, place_zone = excluded.place_zone,
                   place_latitude = excluded.place_latitude, place_longitude = excluded.place_longitude""",
        account_id,
        chosen.followable,
        chosen.welcomed_at,
        chosen.reach.value if chosen.reach else None,
        list(chosen.nights),
        place.id if place else None,
        place.name if place else None,
        place.region if place else None,
        place.country if place else None,
        place.zone if place else None,
        place.latitude if place else None,
        place.longitude if place else None,
    )


async def replace_taste_genres(conn: Connection, account_id: AccountId, genres: Sequence[str]) -> None:
    await conn.execute("DELETE FROM accounts.taste_genre WHERE account_id = $1", account_id)
    await conn.execute(
        "INSERT INTO accounts.taste_genre (account_id, genre) SELECT $1, unnest($2::text[])",
        account_id,
        list(genres),
    )


async def find_verdict(conn: Connection, account_id: AccountId, track_id: UUID) -> bool | None:
    """Whether it was kept; None when it was not judged."""
    return await conn.fetchval(
        "SELECT kept FROM accounts.taste_track WHERE account_id = $1 AND track_id = $2", account_id, track_id
    )


async def set_verdict(conn: Connection, account_id: AccountId, track_id: UUID, kept: bool) -> None:
    await conn.execute(
        """INSERT INTO accounts.taste_track (account_id, track_id, kept) VALUES ($1, $2, $3)
           ON CONFLICT (account_id, track_id) DO UPDATE SET kept = excluded.kept""",
        account_id,
        track_id,
        kept,
    )


async def has_more_verdicts_than(conn: Connection, account_id: AccountId, most: int) -> bool:
    found = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM accounts.taste_track WHERE account_id = $1 OFFSET $2)", account_id, most
    )
    return bool(found)


async def delete_verdict(conn: Connection, account_id: AccountId, track_id: UUID) -> None:
    await conn.execute(
        "DELETE FROM accounts.taste_track WHERE account_id = $1 AND track_id = $2", account_id, track_id
    )


async def delete_verdicts(conn: Connection, account_id: AccountId) -> None:
    await conn.execute("DELETE FROM accounts.taste_track WHERE account_id = $1", account_id)


async def delete_verdicts_on(conn: Connection, track_ids: Sequence[UUID]) -> None:
    """Everybody's."""
    await conn.execute("DELETE FROM accounts.taste_track WHERE track_id = ANY ($1::uuid[])", list(track_ids))
