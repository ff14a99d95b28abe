"""What signed-in clients hold: opaque secrets, stored as hashes only, and signed access tokens (JWT)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import ModuleType
from uuid import UUID

from basedmusic.accounts.contracts import SessionEnded
from basedmusic.accounts.rules import ACCESS_TOKEN_LIFE
from basedmusic.kernel.ids import AccountId

ALGORITHM = "HS256"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A cookie's value or a refresh token. 256 random bits need no slow hash to be safe in a table."""

    text: str

    def hash(self) -> bytes:
        return hashlib.sha256(self.text.encode()).digest()


def new_secret() -> Secret:
    return Secret(secrets.token_urlsafe(SECRET_BYTES))


class AccessTokens:
    """Issues and reads JWTs (RFC 7519) with the claims sub (account), sid (session), iat and exp.

    A token says who holds which session; whether that session still lives is asked of the database.
    """

    def __init__(self, key: bytes) -> None:
        self._bytes = key

    def issue(self, account_id: AccountId, session_id: UUID, now: datetime) -> str:
        claims = {
            "sub": str(account_id),
            "sid": str(session_id),
            "iat": int(now.timestamp()),
            "exp": int((now + ACCESS_TOKEN_LIFE).timestamp()),
        }
        return self._jwt.encode({"alg": ALGORITHM}, claims, self._key)

    def session_of(self, token: str, now: datetime) -> UUID:
        """The session that `token` speaks for. Raises SessionEnded."""
        return self._holder(token, now)[1]

    def account_of(self, token: str, now: datetime) -> AccountId:
        """Whose `token` is. Raises SessionEnded."""
        return AccountId(self._holder(token, now)[0])

    def _holder(self, token: str, now: datetime) -> tuple[UUID, UUID]:
        try:
            claims = self._jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
            if now.timestamp() < int(claims["exp"]):
                return UUID(claims["sub"]), UUID(claims["sid"])
        except (self._refusals, ValueError, KeyError, TypeError, AttributeError):
            pass
        raise SessionEnded

    # joserfc brings `cryptography`, 9 MB and 0.16 s: a scene whose people use the page never loads it.
    @cached_property
    def _jwt(self) -> ModuleType:
        from joserfc import jwt

        return jwt

    @cached_property
    def _key(self) -> object:
        from joserfc.jwk import OctKey

        return OctKey.import_key(self._bytes)

    @cached_property
    def _refusals(self) -> type[Exception]:
        from joserfc.errors import JoseError

        return JoseError
