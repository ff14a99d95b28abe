from hypothesis import given
from hypothesis import strategies as st

from basedmusic.platform.sign import SHARED_GRID_S, PathSigner, shared_expiry

SIGNER = PathSigner(b"k" * 32)
PREFIXES = st.text(min_size=1, max_size=60)
TIMES = st.integers(min_value=1, max_value=10**11)


@given(PREFIXES, TIMES)
def test_what_was_signed_is_accepted_until_it_expires(prefix: str, expires: int):
    token = SIGNER.sign(prefix, expires)
    assert SIGNER.verify(prefix, token, expires - 1) == expires
    assert SIGNER.verify(prefix, token, expires) is None


@given(PREFIXES, PREFIXES, TIMES)
def test_a_token_opens_its_own_prefix_only(prefix: str, other: str, expires: int):
    if prefix != other:
        assert SIGNER.verify(other, SIGNER.sign(prefix, expires), expires - 1) is None


@given(PREFIXES, TIMES, st.text(max_size=40))
def test_nothing_else_is_a_token(prefix: str, expires: int, forged: str):
    token = SIGNER.sign(prefix, expires)
    if forged != token:
        assert SIGNER.verify(prefix, forged, 0) is None
    later = f"{expires + 1}.{token.partition('.')[2]}"
    assert SIGNER.verify(prefix, later, 0) is None
    assert PathSigner(b"x" * 32).verify(prefix, token, 0) is None


@given(st.integers(min_value=0, max_value=10**10))
def test_all_listeners_of_a_grid_step_share_one_expiry_six_to_twelve_hours_ahead(now: int):
    expiry = shared_expiry(now)
    assert SHARED_GRID_S < expiry - now <= 2 * SHARED_GRID_S
    assert expiry % SHARED_GRID_S == 0
