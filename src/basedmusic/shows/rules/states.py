"""What can be done to a show in its state. Pure."""

from datetime import datetime

from basedmusic.shows.contracts import ShowAct, ShowStands, ShowState, Where

_AFTER: dict[ShowAct, ShowState] = {
    ShowAct.PUBLISH: ShowState.PUBLISHED,
    ShowAct.RESCHEDULE: ShowState.RESCHEDULED,
    ShowAct.POSTPONE: ShowState.POSTPONED,
    ShowAct.CANCEL: ShowState.CANCELLED,
}
_FROM: dict[ShowAct, frozenset[ShowState]] = {
    ShowAct.PUBLISH: frozenset({ShowState.DRAFT}),
    ShowAct.RESCHEDULE: frozenset({ShowState.PUBLISHED, ShowState.RESCHEDULED, ShowState.POSTPONED}),
    ShowAct.POSTPONE: frozenset({ShowState.PUBLISHED, ShowState.RESCHEDULED}),
    ShowAct.CANCEL: frozenset({ShowState.PUBLISHED, ShowState.RESCHEDULED, ShowState.POSTPONED}),
}
_WHY: dict[ShowState, str] = {
    ShowState.DRAFT: "This show is a draft: nobody has heard of it yet",
    ShowState.PUBLISHED: "This show is published already",
    ShowState.RESCHEDULED: "This show is published already",
    ShowState.POSTPONED: "This show is postponed: give it a new date, or cancel it",
    ShowState.CANCELLED: "This show is cancelled",
    ShowState.OVER: "This show is over",
}
GOING_ON = frozenset({ShowState.PUBLISHED, ShowState.RESCHEDULED, ShowState.POSTPONED})
"""States in which people say that they come."""


def state_at(kept: ShowState, over_at: datetime, now: datetime) -> ShowState:
    """What the kept state is at `now`. A cancelled one stays so, and nobody knows when a postponed one is."""
    ends = kept in (ShowState.PUBLISHED, ShowState.RESCHEDULED)
    return ShowState.OVER if ends and over_at <= now else kept


def decide_state(state: ShowState, act: ShowAct) -> ShowState:
    """Raises ShowStands, with the reason."""
    if state not in _FROM[act]:
        raise ShowStands(_WHY[state])
    return _AFTER[act]


def is_somewhere(where: Where) -> bool:
    return where.room is not None or where.place_name is not None
