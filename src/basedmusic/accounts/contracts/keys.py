"""What programs sign in with for a person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from basedmusic.kernel.errors import Conflict, NotAllowed, NotFound, SignInRequired
from basedmusic.kernel.ids import AccountId


class KeyKind(StrEnum):
    API_KEY = "api_key"
    """Sent to this API as `Authorization: Bearer bm_…`."""
    APP_PASSWORD = "app_password"  # noqa: S105 - the name of a kind
    """For programs of older protocols, which ask for an address and a password; worth nothing at this API."""


class Scope(StrEnum):
    """What a key may do of what its account may."""

    READ = "read"
    """See whatever the account sees of the scene's and its profiles' music and its own library."""
    WRITE = "write"
    """Change whatever its roles let the account change; nobody's roles, and nothing of the account itself."""
    UPLOAD = "upload"
    """Send tracks, and nothing else."""
    LISTEN = "listen"
    """What an app password is for."""


@dataclass(frozen=True, slots=True)
class Key:
    """Without its secret, which is told once."""

    id: UUID
    account_id: AccountId
    kind: KeyKind
    name: str
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class KeyInvalid(SignInRequired):
    """Unknown, taken back, expired, or of a protocol that this is not."""

    code = "key_invalid"
    title = "This key is not valid, or not any more"


class KeyOutOfScope(NotAllowed):
    code = "key_out_of_scope"
    title = "This key may not do that"


class KeyMissing(NotFound):
    """Taken back already, or of somebody else."""

    code = "key_not_found"
    title = "There is no such key"


class TooManyKeys(Conflict):
    code = "too_many_keys"
    title = "You have as many keys as one can have; take one back first"
