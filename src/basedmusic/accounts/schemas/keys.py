"""Keys on the wire. A secret is told once, to whoever made the key."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from basedmusic.accounts.contracts import Key, KeyKind, Scope
from basedmusic.accounts.rules.keys import MAX_KEY_NAME
from basedmusic.platform.http.text import BodyIn, Instant

KeyScope = Literal[Scope.READ, Scope.WRITE, Scope.UPLOAD]


class KeyIn(BodyIn):
    kind: KeyKind = KeyKind.API_KEY
    name: Annotated[str, Field(max_length=4 * MAX_KEY_NAME, description=f"1 to {MAX_KEY_NAME} characters")]
    scopes: Annotated[
        list[KeyScope],
        Field(
            default_factory=list,
            max_length=3,
            description="Of an API key; an app password has its own",
        ),
    ]
    expires_at: Instant | None = None


class KeyOut(BaseModel):
    id: UUID
    kind: KeyKind
    name: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    """Within some minutes."""

    @classmethod
    def of(cls, key: Key) -> "KeyOut":
        return cls(
            id=key.id,
            kind=key.kind,
            name=key.name,
            scopes=sorted(key.scopes),
            created_at=key.created_at,
            expires_at=key.expires_at,
            last_used_at=key.last_used_at,
        )


class NewKeyOut(BaseModel):
    key: KeyOut
    secret: str
    """Shown this once."""
