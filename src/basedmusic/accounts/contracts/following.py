"""Whom a person follows."""

from dataclasses import dataclass
from datetime import datetime

from basedmusic.accounts.contracts.parties import Party


@dataclass(frozen=True, slots=True)
class Followed:
    """A party, and since when somebody follows it."""

    party: Party
    since: datetime
