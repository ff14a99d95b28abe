"""How far an account is trusted, and what both sides of a case are told."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts.contracts import Decision, Reason
from basedmusic.accounts.rules.moderation import KEEP_EVIDENCE, statement_of_reasons
from basedmusic.accounts.rules.standing import (
    LIMITS,
    NEW_FOR,
    RESTRICTED_FOR,
    TRUSTED_AFTER,
    Limited,
    Record,
    Standing,
    allowance,
    explain,
    standing_of,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def record(age: timedelta, *, verified: bool = True, restricted: timedelta | None = None) -> Record:
    return Record(NOW - age, verified, None if restricted is None else NOW - restricted)


def test_an_account_is_new_settled_trusted_or_restricted():
    assert standing_of(record(NEW_FOR - timedelta(seconds=1)), NOW) is Standing.NEW
    assert standing_of(record(NEW_FOR), NOW) is Standing.SETTLED
    assert standing_of(record(TRUSTED_AFTER), NOW) is Standing.TRUSTED
    assert standing_of(record(TRUSTED_AFTER, verified=False), NOW) is Standing.NEW
    assert standing_of(record(TRUSTED_AFTER, restricted=timedelta(days=1)), NOW) is Standing.RESTRICTED
    assert standing_of(record(TRUSTED_AFTER, restricted=RESTRICTED_FOR), NOW) is Standing.TRUSTED


@given(st.timedeltas(timedelta(0), timedelta(days=4000)), st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_nobody_loses_standing_by_waiting(age: timedelta, longer: timedelta):
    order = [Standing.NEW, Standing.SETTLED, Standing.TRUSTED]
    at = [order.index(standing_of(record(one), NOW)) for one in (age, age + longer)]
    assert at == sorted(at)


def test_who_is_trusted_more_may_do_no_less():
    assert set(LIMITS) == set(Limited)
    for what in Limited:
        new, settled, trusted = (
            allowance(what, one).most for one in (Standing.NEW, Standing.SETTLED, Standing.TRUSTED)
        )
        assert 0 < new <= settled <= trusted
        assert 0 < allowance(what, Standing.RESTRICTED).most <= new


def test_a_refusal_says_when_to_come_back():
    for what in Limited:
        said = explain(what, allowance(what, Standing.NEW), 7200)
        assert "2 hours" in said and str(allowance(what, Standing.NEW).most) in said


def test_a_statement_of_reasons_has_what_the_regulation_asks_for():
    said = " ".join(
        statement_of_reasons(
            "Low water",
            Decision.TAKE_DOWN,
            Reason.NOT_THEIRS,
            "It is Ivo's song.",
            None,
            appeal_possible=True,
        )
    )
    for part in (
        "“Low water”",
        "not shown to others any more, everywhere and until",  # (a) what, where, for how long
        "It is Ivo's song.",  # (b) the facts
        "came to the moderators by a report",
        "no machine took part",  # (c)
        "the rules of the scene",  # (e) the terms
        "appeal once",  # (f) redress
        "out of court, and the courts",
    ):
        assert part in said
    illegal = " ".join(
        statement_of_reasons("x", Decision.WARN, Reason.ILLEGAL, "", None, appeal_possible=False)
    )
    assert "The ground is the law" in illegal and "appeal" not in illegal  # (d)
    for days, told in ((7, "after 7 days"), (None, "until a moderator lifts it")):
        said = statement_of_reasons("x", Decision.SUSPEND, Reason.SPAM, "", days, appeal_possible=True)
        assert told in " ".join(said)
    assert timedelta(days=183) <= KEEP_EVIDENCE
