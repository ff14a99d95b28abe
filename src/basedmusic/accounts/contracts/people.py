"""A person as whoever runs the scene sees them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from basedmusic.accounts.contracts.parties import Role
from basedmusic.accounts.contracts.suspension import Suspension
from basedmusic.kernel.errors import Conflict
from basedmusic.kernel.ids import AccountId


class Among(StrEnum):
    """Whom a list of people is narrowed to."""

    EVERYBODY = "everybody"
    SUSPENDED = "suspended"
    TEAM = "team"
    """Moderators and admins."""


@dataclass(frozen=True, slots=True)
class Person:
    id: AccountId
    name: str
    slug: str
    email: str | None
    """For admins only."""
    created_at: datetime
    scene_role: Role | None
    suspension: Suspension | None
    """None too where one is over."""


class AdminThere(Conflict):
    code = "admin_there"
    title = "The scene has an admin already; they can make you one"
