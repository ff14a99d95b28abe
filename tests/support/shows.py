"""Shows with places for tests, and people to come to them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tests.support.factories import make_artist, make_viewer

from basedmusic.accounts import SignedInViewer
from basedmusic.platform.db import Database
from basedmusic.shows.contracts import PlaceType, PlannedTimes, Rsvp, RsvpState, Show, ShowAct, SoldOut
from basedmusic.shows.service import places
from basedmusic.shows.service.capacity import set_places
from basedmusic.shows.service.shows import NewShow, NewWhere, change_show, create_show
from basedmusic.shows.store.invariants import find_broken

NOW = datetime.fromisoformat("2026-12-01T12:00:00+00:00")
STARTS = datetime.fromisoformat("2026-12-05T20:00")


async def make_people(database: Database, count: int) -> list[SignedInViewer]:
    """As rows, many at once."""
    rows = await database.pool.fetch(
        """WITH made AS (
               INSERT INTO accounts.party (kind, name, slug)
               SELECT 'person', 'Somebody', 'crowd-' || gen_random_uuid() FROM generate_series(1, $1)
               RETURNING id, slug)
           INSERT INTO accounts.account (id, email, email_normalised, password_hash)
           SELECT id, slug || '@example.org', slug || '@example.org', 'x' FROM made RETURNING id""",
        count,
    )
    return [SignedInViewer(row["id"], None) for row in rows]


class Stage:
    """One published show, whose places are asked for in transactions of their own."""

    def __init__(self, database: Database, owner: SignedInViewer, show: Show) -> None:
        self.database, self.owner, self.show = database, owner, show
        self.types: dict[str, UUID] = {}

    @classmethod
    async def make(
        cls,
        database: Database,
        capacity: int | None,
        types: Sequence[tuple[str, int | None]] = (),
        *,
        zone: str = "UTC",
        **terms: int,
    ) -> "Stage":
        async with database.transaction() as tx:
            owner = await make_viewer(tx)
            artist = await make_artist(tx, owner)
            new = NewShow("Low tide", PlannedTimes(zone, STARTS), NewWhere(place_name="The Ebb"))
            show = await create_show(tx, owner, artist.id, new, NOW)
            await change_show(tx, owner, show.id, ShowAct.PUBLISH, NOW)
        stage = cls(database, owner, show)
        await stage.set_places(capacity, [PlaceType(name, size) for name, size in types], now=NOW, **terms)
        return stage

    async def set_places(
        self, capacity: int | None, types: Sequence[PlaceType] = (), *, now: datetime = NOW, **terms: int
    ) -> None:
        given = {"party_max": 6, "offer_minutes": 60, "offers_stop_minutes": 120, **terms}
        async with self.database.transaction() as tx:
            made = await set_places(
                tx, self.owner, self.show.id, capacity=capacity, types=types, now=now, **given
            )
        self.types = {pool.name or "": pool.id for pool in made.types}

    async def go(
        self,
        who: SignedInViewer,
        size: int = 1,
        type_: str | None = None,
        *,
        now: datetime = NOW,
        hold: bool = False,
    ) -> RsvpState | None:
        """None for sold out."""
        async with self.database.transaction() as tx:
            said = await places.go(tx, who, self.show.id, size, self._type(type_), now, hold=hold)
        return None if isinstance(said, SoldOut) else said.state

    async def wait(
        self, who: SignedInViewer, size: int = 1, type_: str | None = None, *, now: datetime = NOW
    ) -> Rsvp:
        async with self.database.transaction() as tx:
            return await places.wait_for(tx, who, self.show.id, size, self._type(type_), now)

    async def leave(self, who: SignedInViewer, *, now: datetime = NOW) -> None:
        async with self.database.transaction() as tx:
            await places.say(tx, who, self.show.id, None, now)

    async def look(self, who: SignedInViewer, *, now: datetime = NOW) -> Rsvp | None:
        async with self.database.transaction() as tx:
            return await places.look(tx, who, self.show.id, now)

    async def free(self, *, now: datetime = NOW) -> int | None:
        async with self.database.connection() as conn:
            return (await places.get_places(conn, self.owner, self.show.id, now)).free

    async def broken(self, *, now: datetime = NOW) -> dict[str, list[str]]:
        async with self.database.connection() as conn:
            return await find_broken(conn, now)

    def _type(self, name: str | None) -> UUID | None:
        return None if name is None else self.types[name]


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
