"""Access tokens speak for a session only while they are ours and fresh."""

import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts.contracts import SessionEnded
from basedmusic.accounts.tokens import AccessTokens, Secret, new_secret
from basedmusic.kernel.ids import AccountId

NOW = datetime(2026, 5, 1, tzinfo=UTC)
TOKENS = AccessTokens(b"k" * 32)
ACCOUNT, SESSION = AccountId(uuid4()), uuid4()


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_a_token_speaks_for_its_session_for_fifteen_minutes():
    token = TOKENS.issue(ACCOUNT, SESSION, NOW)
    assert TOKENS.session_of(token, NOW + timedelta(minutes=14, seconds=59)) == SESSION
    with pytest.raises(SessionEnded):
        TOKENS.session_of(token, NOW + timedelta(minutes=15))


def test_its_claims_are_the_four_that_are_documented():
    claims = TOKENS.issue(ACCOUNT, SESSION, NOW).split(".")[1]
    read = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    at = int(NOW.timestamp())
    assert read == {"sub": str(ACCOUNT), "sid": str(SESSION), "iat": at, "exp": at + 900}


def test_another_scenes_key_and_an_unsigned_token_are_refused():
    claims = {"sub": str(ACCOUNT), "sid": str(SESSION), "exp": int(NOW.timestamp()) + 900}
    forged = [
        AccessTokens(b"x" * 32).issue(ACCOUNT, SESSION, NOW),
        f"{_part({'alg': 'none'})}.{_part(claims)}.",
        f"{_part({'alg': 'HS256'})}.{_part(claims)}.",
    ]
    for token in forged:
        with pytest.raises(SessionEnded):
            TOKENS.session_of(token, NOW)


@given(st.text(max_size=300))
def test_garbage_is_refused_and_never_an_error(token: str):
    with pytest.raises(SessionEnded):
        TOKENS.session_of(token, NOW)


def test_secrets_are_random_and_never_shown():
    one, other = new_secret(), new_secret()
    assert one != other and len(one.text) == 43
    assert one.text not in repr(one)
    assert one.hash() == Secret(one.text).hash() and len(one.hash()) == 32
