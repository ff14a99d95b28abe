"""What can be done to a show in its state."""

from datetime import UTC, datetime, timedelta

import pytest

from basedmusic.shows.contracts import ShowAct, ShowStands, ShowState
from basedmusic.shows.rules.states import decide_state, state_at

NOW = datetime(2026, 12, 5, 20, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)
ALLOWED = {
    (ShowState.DRAFT, ShowAct.PUBLISH): ShowState.PUBLISHED,
    (ShowState.PUBLISHED, ShowAct.RESCHEDULE): ShowState.RESCHEDULED,
    (ShowState.PUBLISHED, ShowAct.POSTPONE): ShowState.POSTPONED,
    (ShowState.PUBLISHED, ShowAct.CANCEL): ShowState.CANCELLED,
    (ShowState.RESCHEDULED, ShowAct.RESCHEDULE): ShowState.RESCHEDULED,
    (ShowState.RESCHEDULED, ShowAct.POSTPONE): ShowState.POSTPONED,
    (ShowState.RESCHEDULED, ShowAct.CANCEL): ShowState.CANCELLED,
    (ShowState.POSTPONED, ShowAct.RESCHEDULE): ShowState.RESCHEDULED,
    (ShowState.POSTPONED, ShowAct.CANCEL): ShowState.CANCELLED,
}


@pytest.mark.parametrize("state", ShowState)
@pytest.mark.parametrize("act", ShowAct)
def test_what_is_done_leads_to_one_state_or_is_refused_with_the_reason(state: ShowState, act: ShowAct):
    if (state, act) in ALLOWED:
        assert decide_state(state, act) is ALLOWED[state, act]
    else:
        with pytest.raises(ShowStands, match="This show is"):
            decide_state(state, act)


@pytest.mark.parametrize(
    ("kept", "over_at", "is_"),
    [
        (ShowState.PUBLISHED, LATER, ShowState.PUBLISHED),
        (ShowState.PUBLISHED, NOW, ShowState.OVER),
        (ShowState.RESCHEDULED, BEFORE, ShowState.OVER),
        (ShowState.POSTPONED, BEFORE, ShowState.POSTPONED),
        (ShowState.CANCELLED, BEFORE, ShowState.CANCELLED),
        (ShowState.DRAFT, BEFORE, ShowState.DRAFT),
    ],
)
def test_a_show_is_over_by_the_clock_alone(kept: ShowState, over_at: datetime, is_: ShowState):
    assert state_at(kept, over_at, NOW) is is_
