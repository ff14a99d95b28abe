"""The question for somebody's age: asked without a hint at the right answer, and answered once a day."""

from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts.contracts import TooYoung
from basedmusic.accounts.rules.ages import decide_age
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.problem import problem_of

ANSWERED_MARK = "basedmusic_age"
"""A cookie: too young, said in this browser. It names nobody."""
ANSWER_HOLDS = timedelta(days=1)
"""Long enough that going back and choosing another year is no way in; short enough for a family's one device."""


def decide_age_once(request: Request, born: str) -> date | None:
    """From when a minor is of age, None for an adult. Raises Invalid, TooYoung."""
    if ANSWERED_MARK in request.cookies:
        raise TooYoung(field="born")
    return decide_age(born, request.app.state.settings.minimum_age, clock_of(request)().date())


def remember_refusal(request: Request, refused: TooYoung) -> Response:
    answer = problem_of(refused)
    answer.set_cookie(
        ANSWERED_MARK,
        "1",
        int(ANSWER_HOLDS.total_seconds()),
        path="/",
        secure=request.app.state.settings.https,
        httponly=True,
        samesite="lax",
    )
    return answer
