"""Shows: what people go to, when by the clock on the wall there, and who plays."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from basedmusic.accounts.contracts import Party
from basedmusic.kernel.errors import Conflict, Invalid, NotFound
from basedmusic.platform.facts import Fact
from basedmusic.shows.contracts.rooms import Room

ShowId = NewType("ShowId", UUID)
ActId = NewType("ActId", UUID)

MAX_TITLE = 200
MAX_ABOUT = 4_000
MAX_PLACE_NAME = 120
MAX_PLACE_ADDRESS = 300
MAX_ACT_NAME = 120
MAX_ACTS = 60
MAX_REASON = 500
MAX_ZONE = 64


class ShowState(StrEnum):
    """As schema.org's eventStatus, with the draft before and the end after."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RESCHEDULED = "rescheduled"
    POSTPONED = "postponed"
    """To a date that nobody knows yet."""
    CANCELLED = "cancelled"
    OVER = "over"
    """By the clock alone: no row says so."""


class ShowAct(StrEnum):
    """What is done to a show as a whole."""

    PUBLISH = "published"
    RESCHEDULE = "rescheduled"
    POSTPONE = "postponed"
    CANCEL = "cancelled"


class Answer(StrEnum):
    """Of a venue or an artist that was named."""

    NONE = "none"
    """Nobody needs to be asked."""
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on the wall, as it really comes there, and the instant that it is."""

    wall: datetime
    """Without a zone."""
    fold: int
    """1 for the second of two hours that the clock shows twice."""
    at: datetime
    """In UTC."""


@dataclass(frozen=True, slots=True)
class ShowTimes:
    zone: str
    """IANA, such as Europe/Berlin."""
    starts: Moment
    doors: Moment | None
    curfew: Moment | None
    over_at: datetime
    """The curfew, or some hours after the start."""
    evening: date
    """The night that it belongs to: one o'clock is still the evening before."""
    tz_version: str


@dataclass(frozen=True, slots=True)
class PlannedTimes:
    """As people say them; `rules.times` makes ShowTimes of it."""

    zone: str
    starts: datetime
    fold: int = 0
    """Which of two, where the clock shows the start twice."""
    doors: datetime | None = None
    curfew: datetime | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """In minor units; from 0 is free, or a hat that goes round."""

    from_minor: int
    to_minor: int
    currency: str
    """ISO 4217."""


@dataclass(frozen=True, slots=True)
class Where:
    """A room of the scene, or a place that has no account here."""

    room: Room | None
    venue_answer: Answer
    place_name: str | None
    place_address: str | None


@dataclass(frozen=True, slots=True)
class Act:
    id: ActId
    artist: Party | None
    """None for a name without a profile; and, unless the viewer may edit, until the artist has said yes."""
    name: str
    answer: Answer
    after_s: int | None
    """Seconds from the start of the show: real ones, also in a night that is an hour longer."""


@dataclass(frozen=True, slots=True)
class NewAct:
    artist_id: UUID | None = None
    name: str | None = None
    after_s: int | None = None


@dataclass(frozen=True, slots=True)
class Show:
    id: ShowId
    owner: Party
    where: Where
    title: str
    about: str
    state: ShowState
    """OVER is worked out for the time that it was read at."""
    times: ShowTimes
    age_from: int | None
    price: Price | None
    links: tuple[str, ...]
    version: int
    """Grows with every change of state or time: a calendar's SEQUENCE."""
    created_at: datetime
    published_at: datetime | None
    can_edit: bool


@dataclass(frozen=True, slots=True)
class ShowChange:
    version: int
    at: datetime
    act: ShowAct
    words: str
    before: Moment | None
    before_zone: str | None


@dataclass(frozen=True, slots=True)
class ShowPublished(Fact):
    show_id: ShowId


@dataclass(frozen=True, slots=True)
class ShowChanged(Fact):
    """Rescheduled, postponed or cancelled: whoever is going must hear of it."""

    show_id: ShowId
    version: int


class ShowMissing(NotFound):
    code = "show_not_found"
    title = "There is no such show"


class ActMissing(NotFound):
    code = "act_not_found"
    title = "This show has no such act"


class ShowStands(Conflict):
    """What was asked can't be done to a show in its state."""

    code = "show_stands"
    title = "This can't be done with the show as it stands"


class ShowNowhere(Conflict):
    code = "show_nowhere"
    title = "Say where it is before you publish it: a room, or a place in words"


class TimeUnknown(Invalid):
    code = "time_unknown"
    title = "This is no time of a show"


class NotAnArtist(Invalid):
    code = "not_an_artist"
    title = "One of these is no artist of the scene"


class NothingToAnswer(Conflict):
    code = "nothing_to_answer"
    title = "Nobody waits for an answer here"
