"""Shows on the wire. Times on the wall go without an offset, beside the zone that they are of and the instant."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from basedmusic.accounts.contracts import MAX_ADDRESS, MAX_LINKS, Party
from basedmusic.platform.http.text import BodyIn
from basedmusic.shows.contracts import (
    MAX_ABOUT,
    MAX_ACT_NAME,
    MAX_ACTS,
    MAX_PLACE_ADDRESS,
    MAX_PLACE_NAME,
    MAX_REASON,
    MAX_TITLE,
    MAX_ZONE,
    Act,
    Answer,
    Moment,
    NewAct,
    PlannedTimes,
    Price,
    Show,
    ShowAct,
    ShowChange,
    ShowState,
    ShowTimes,
    Where,
)
from basedmusic.shows.schemas.rooms import PartyOut, RoomOut
from basedmusic.shows.service.shows import NewShow, NewWhere


def _read_wall(given: object) -> datetime:
    if not isinstance(given, str):
        raise ValueError("a time on the wall is text such as 2026-12-05T20:00")
    wall = datetime.fromisoformat(given)
    if wall.tzinfo is not None:
        raise ValueError("a time on the wall has no offset; its zone stands beside it")
    return wall


Wall = Annotated[datetime, BeforeValidator(_read_wall), Field(examples=["2026-12-05T20:00"])]
Title = Annotated[str, Field(min_length=1, max_length=MAX_TITLE)]
Minor = Annotated[int, Field(strict=True, ge=0, le=100_000_000)]
Links = Annotated[list[Annotated[str, Field(max_length=MAX_ADDRESS)]], Field(max_length=MAX_LINKS)]
About = Annotated[str, Field(max_length=MAX_ABOUT)]
Age = Annotated[int, Field(strict=True, ge=0, le=99)]
AfterS = Annotated[int, Field(strict=True, ge=0, le=172_800)]
Reason = Annotated[str, Field(max_length=MAX_REASON)]


class TimesIn(BodyIn):
    zone: Annotated[str, Field(min_length=1, max_length=MAX_ZONE, examples=["Europe/Berlin"])]
    starts: Wall
    fold: Literal[0, 1] = 0
    """1 for the second of two, where clocks go back and show the start twice."""
    doors: Wall | None = None
    curfew: Wall | None = None

    def planned(self) -> PlannedTimes:
        return PlannedTimes(self.zone, self.starts, self.fold, self.doors, self.curfew)


class WhereIn(BodyIn):
    """A room of the scene, or a place in words."""

    room_id: UUID | None = None
    place_name: Annotated[str, Field(max_length=MAX_PLACE_NAME)] | None = None
    place_address: Annotated[str, Field(max_length=MAX_PLACE_ADDRESS)] | None = None

    def new(self) -> NewWhere:
        return NewWhere(self.room_id, self.place_name, self.place_address)


class PriceIn(BodyIn):
    from_minor: Minor
    to_minor: Minor
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["EUR"])]

    def price(self) -> Price:
        return Price(self.from_minor, self.to_minor, self.currency)


class ShowIn(BodyIn):
    owner_id: UUID
    """The artist, venue or organiser that puts it on."""
    title: Title
    times: TimesIn
    where: WhereIn = WhereIn()
    about: About = ""
    age_from: Age | None = None
    price: PriceIn | None = None
    links: Links = []  # noqa: RUF012 - pydantic copies it

    def new(self) -> NewShow:
        return NewShow(
            self.title,
            self.times.planned(),
            self.where.new(),
            self.about,
            self.age_from,
            self.price.price() if self.price else None,
            self.links,
        )


class ShowPatch(BodyIn):
    """What is left out stays as it is. The times of a published show are changed by `reschedule`."""

    title: Title = ""
    times: TimesIn | None = None
    where: WhereIn = WhereIn()
    about: About = ""
    age_from: Age | None = None
    price: PriceIn | None = None
    links: Links = []  # noqa: RUF012 - pydantic copies it

    def changes(self) -> dict[str, object]:
        changes: dict[str, object] = {name: getattr(self, name) for name in self.model_fields_set}
        if "times" in changes:
            if self.times is None:
                del changes["times"]
            else:
                changes["times"] = self.times.planned()
        if "where" in changes:
            changes["where"] = self.where.new()
        if "price" in changes:
            changes["price"] = self.price.price() if self.price else None
        return changes


class ReasonIn(BodyIn):
    words: Reason = ""
    """Why, for whoever is going."""


class RescheduleIn(BodyIn):
    times: TimesIn
    words: Reason = ""


class ActIn(BodyIn):
    """An artist of the scene, or a name."""

    artist_id: UUID | None = None
    name: Annotated[str, Field(min_length=1, max_length=MAX_ACT_NAME)] | None = None
    after_s: AfterS | None = None
    """Seconds after the start of the show."""

    @model_validator(mode="after")
    def _one_of_two(self) -> "ActIn":
        if (self.artist_id is None) == (self.name is None):
            raise ValueError("an act is an artist_id or a name")
        return self

    def new(self) -> NewAct:
        return NewAct(self.artist_id, self.name, self.after_s)


class LineupIn(BodyIn):
    acts: Annotated[list[ActIn], Field(max_length=MAX_ACTS)]


class AnswerIn(BodyIn):
    answer: Literal[Answer.CONFIRMED, Answer.DECLINED]


class MomentOut(BaseModel):
    wall: str
    """By the clock there, such as 2026-12-05T20:00."""
    at: datetime

    @classmethod
    def of(cls, moment: Moment) -> "MomentOut":
        return cls(wall=moment.wall.isoformat(timespec="minutes"), at=moment.at)


class TimesOut(BaseModel):
    zone: str
    starts: MomentOut
    doors: MomentOut | None
    curfew: MomentOut | None
    evening: date
    """Of which night it is: one o'clock is still the evening before."""

    @classmethod
    def of(cls, times: ShowTimes) -> "TimesOut":
        return cls(
            zone=times.zone,
            starts=MomentOut.of(times.starts),
            doors=MomentOut.of(times.doors) if times.doors else None,
            curfew=MomentOut.of(times.curfew) if times.curfew else None,
            evening=times.evening,
        )


class WhereOut(BaseModel):
    room: RoomOut | None
    venue_answer: Answer
    place_name: str | None
    place_address: str | None

    @classmethod
    def of(cls, where: Where) -> "WhereOut":
        return cls(
            room=RoomOut.of(where.room) if where.room else None,
            venue_answer=where.venue_answer,
            place_name=where.place_name,
            place_address=where.place_address,
        )


class PriceOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    from_minor: int
    to_minor: int
    currency: str


class ActOut(BaseModel):
    id: UUID
    name: str
    artist: PartyOut | None
    """None for a name without a profile, and until the artist has said yes."""
    answer: Answer
    after_s: int | None

    @classmethod
    def of(cls, act: Act) -> "ActOut":
        artist = _party(act.artist) if act.artist else None
        return cls(id=act.id, name=act.name, artist=artist, answer=act.answer, after_s=act.after_s)


class LineupOut(BaseModel):
    acts: list[ActOut]


class ShowOut(BaseModel):
    id: UUID
    owner: PartyOut
    title: str
    about: str
    state: ShowState
    times: TimesOut
    where: WhereOut
    acts: list[ActOut]
    age_from: int | None
    price: PriceOut | None
    links: list[str]
    version: int
    created_at: datetime
    published_at: datetime | None
    can_edit: bool

    @classmethod
    def of(cls, show: Show, acts: tuple[Act, ...] = ()) -> "ShowOut":
        return cls(
            id=show.id,
            owner=_party(show.owner),
            title=show.title,
            about=show.about,
            state=show.state,
            times=TimesOut.of(show.times),
            where=WhereOut.of(show.where),
            acts=[ActOut.of(act) for act in acts],
            age_from=show.age_from,
            price=PriceOut.model_validate(show.price) if show.price else None,
            links=list(show.links),
            version=show.version,
            created_at=show.created_at,
            published_at=show.published_at,
            can_edit=show.can_edit,
        )


class ShowChangeOut(BaseModel):
    at: datetime
    act: ShowAct
    words: str
    before: MomentOut | None
    """When it was to start until then."""
    before_zone: str | None

    @classmethod
    def of(cls, change: ShowChange) -> "ShowChangeOut":
        return cls(
            at=change.at,
            act=change.act,
            words=change.words,
            before=MomentOut.of(change.before) if change.before else None,
            before_zone=change.before_zone,
        )


def _party(party: Party) -> PartyOut:
    return PartyOut(id=party.id, kind=party.kind, slug=party.slug, name=party.name)
