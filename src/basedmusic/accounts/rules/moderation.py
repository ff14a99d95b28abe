"""Reports and cases: what fits, and what both sides are told. Pure.

The statement of reasons has the parts that Regulation (EU) 2022/2065 (Digital Services Act), Article 17(3), asks
for: what the restriction is and for how long and where (a), the facts relied on and whether they came by a notice
(b), whether a machine took part (c), the law (d) or the terms (e) that it rests on, and the ways of redress (f).
"""

from collections.abc import Sequence
from datetime import timedelta

from basedmusic.accounts.contracts import Case, Decision, Reason, SubjectKind
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.ids import AccountId

MAX_WORDS = 2000
KEEP_EVIDENCE = timedelta(days=183)
"""After a decision. Article 20(1) of the same Regulation gives at least six months to complain."""
REPORTS_PER_CONTACT = 5
"""A day: of more the address is not written to, since whoever enters it need not be its reader."""
REFERENCE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Nothing that is read as something else."""

RULES = {
    Reason.NOT_THEIRS: "Only what is yours, or what you may use, belongs here",
    Reason.PRETENDS: "Nobody pretends to be somebody else",
    Reason.HATE: "No hate against people for what they are",
    Reason.HARASSMENT: "Nobody is threatened or hunted",
    Reason.SEXUAL: "No sexual content outside of what a work needs, and none unmarked",
    Reason.CHILD_SAFETY: "Nothing that endangers or sexualises children",
    Reason.VIOLENCE: "No glorifying of violence",
    Reason.SPAM: "No advertising in bulk, no misleading",
    Reason.PRIVATE: "What is private of others is not published",
    Reason.ILLEGAL: "Nothing that the law forbids",
    Reason.OTHER: "The rules of the scene",
}
_LAW = frozenset({Reason.CHILD_SAFETY, Reason.ILLEGAL})
_RESTRICTION = {
    Decision.WARN: "Nothing was taken away. This is a warning.",
    Decision.TAKE_DOWN: "It is not shown to others any more, everywhere and until a moderator restores it. "
    "You still have it.",
    Decision.SUSPEND: "The account behind it is suspended, everywhere, as its notice says for how long.",
    Decision.UPHOLD: "After your appeal another moderator looked at it. It stays as it was decided.",
    Decision.RESTORE: "After your appeal another moderator looked at it. It is there again as it was.",
}
_OUTCOME = {
    Decision.NO_ACTION: "A moderator looked at it and found that it may stay.",
    Decision.WARN: "A moderator warned whoever it belongs to.",
    Decision.TAKE_DOWN: "A moderator took it down.",
    Decision.SUSPEND: "A moderator suspended the account behind it.",
    Decision.UPHOLD: "The other side asked for a second look. It stays as it was decided.",
    Decision.RESTORE: "The other side asked for a second look, and another moderator decided that it may stay.",
}


def fits(case: Case, decision: Decision) -> bool:
    """An appeal is upheld or not; a first look knows all else. A person's page has no text to take down."""
    if case.appealed_at is not None:
        return decision in {Decision.UPHOLD, Decision.RESTORE}
    if decision in {Decision.UPHOLD, Decision.RESTORE}:
        return False
    return not (decision is Decision.TAKE_DOWN and case.kind is SubjectKind.PERSON)


def can_look_again(case: Case, moderator: AccountId) -> bool:
    return case.appealed_at is None or case.first_decided_by != moderator


def can_appeal(case: Case) -> bool:
    """Once, and only what was a restriction or a warning."""
    return case.appealed_at is None and case.decision not in {None, Decision.NO_ACTION}


def clean_words(text: str, field: str, *, needed: bool) -> str:
    """Several lines, without control characters. Raises Invalid."""
    cleaned = "".join(
        char for char in text.replace("\r\n", "\n") if char == "\n" or char.isprintable()
    ).strip()
    if needed and not cleaned:
        raise Invalid("Say it in a few words", field=field)
    if len(cleaned) > MAX_WORDS:
        raise Invalid(f"At most {MAX_WORDS:,} characters", field=field)
    return cleaned


def statement_of_reasons(
    title: str, decision: Decision, rule: Reason, facts: str, days: int | None, *, appeal_possible: bool
) -> Sequence[str]:
    """Paragraphs for whoever was reported; they never say by whom. `days` are a suspension's, None is no end."""
    said = [
        f"A moderator of the scene decided about “{title}”.",
        _RESTRICTION[decision],
        *(
            [f"It ends by itself after {days} days." if days else "It holds until a moderator lifts it."]
            if decision is Decision.SUSPEND
            else []
        ),
        f"What it rests on: {facts}" if facts else "What it rests on: the report and what was there to see.",
        "It came to the moderators by a report. A person decided; no machine took part.",
        f"The ground is {'the law' if rule in _LAW else 'the rules of the scene'}: {RULES[rule]}.",
    ]
    if appeal_possible:
        said.append(
            "If you think that this is wrong, you can appeal once, free of charge: with the link in this mail, "
            "also without signing in, or under Settings, “Decisions about you”. Another moderator will look at it. "
            "A certified body for settling disputes out of court, and the courts, stay open to you."
        )
    return said


def outcome(reference: str, decision: Decision) -> Sequence[str]:
    """Paragraphs for whoever reported. What it was stands in the page only: its title may be anybody's words."""
    return [
        f"This is about your report {reference}.",
        _OUTCOME[decision],
        "Whoever it belongs to was not told who reported it.",
    ]
