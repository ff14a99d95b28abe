"""People without an account who asked for mail."""

from dataclasses import dataclass
from uuid import UUID

from basedmusic.kernel.ids import PartyId


@dataclass(frozen=True, slots=True)
class Guest:
    id: UUID
    address: str

    def __repr__(self) -> str:
        return f"Guest({self.id}, …)"


@dataclass(frozen=True, slots=True)
class GuestData:
    """All that is kept about a guest."""

    address: str
    follows: tuple[str, ...]
    """Names of profiles."""
    reports: tuple[str, ...]
    """Numbers of those that this address hears about."""


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """What a link at the end of a mail is about."""

    guest_id: UUID
    party_id: PartyId
