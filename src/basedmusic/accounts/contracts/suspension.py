"""An account that may not sign in for a while, or until somebody lifts it."""

from dataclasses import dataclass
from datetime import datetime

from basedmusic.kernel.errors import Conflict, NotAllowed, NotFound

MAX_REASON = 1000


@dataclass(frozen=True, slots=True)
class Suspension:
    since: datetime
    until: datetime | None
    """None: until it is lifted."""
    reason: str
    """In words that the person is shown."""


class AccountSuspended(NotAllowed):
    """Told to whoever has shown the right password or token, and to nobody else."""

    code = "account_suspended"
    title = "This account is suspended"


class AccountMissing(NotFound):
    code = "account_not_found"
    title = "There is no such account"


class NotYourself(NotAllowed):
    code = "not_yourself"
    title = "You can't do this to yourself; ask another admin"


class RankTooHigh(NotAllowed):
    code = "rank_too_high"
    title = "Only an admin may do this to a moderator or an admin"


class LastAdmin(Conflict):
    code = "last_admin"
    title = "The scene keeps at least one admin who can sign in; make somebody else one first"
