"""A profile that its owners close, and what other slices have of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from basedmusic.accounts.contracts.parties import Profile
from basedmusic.kernel.errors import Conflict
from basedmusic.platform.db import Connection, Tx
from basedmusic.platform.queue import Job


@dataclass(frozen=True, slots=True)
class Contents:
    """How much goes with a profile, drafts too."""

    tracks: int = 0
    releases: int = 0
    shows: int = 0
    """That it puts on, past ones too."""

    def __add__(self, other: "Contents") -> "Contents":
        return Contents(self.tracks + other.tracks, self.releases + other.releases, self.shows + other.shows)


class ProfileContents(Protocol):
    """What a slice does with what it has of a profile; collected in `app/wiring`."""

    async def count(self, conn: Connection, party_id: UUID) -> Contents: ...

    async def delete(self, tx: Tx, party_id: UUID) -> None:
        """For good; the profile itself goes after it, in the same transaction."""
        ...


@dataclass(frozen=True, slots=True)
class ClosingPreview:
    """What an owner is shown before they close a profile."""

    name: str
    contents: Contents
    followers: int
    members: int
    """The owners too."""


@dataclass(frozen=True, slots=True)
class ClosedProfile:
    """One of somebody's; an owner may take it back until it is gone."""

    profile: Profile
    gone_at: datetime


@dataclass(frozen=True, slots=True)
class DeleteProfile:
    party_id: UUID


DELETE_PROFILE = Job("accounts.delete_profile", DeleteProfile, concurrency=1)


class ProfileClosed(Conflict):
    """For its members; nobody else finds it."""

    code = "profile_closed"
    title = "This profile is closed; an owner can take that back"
