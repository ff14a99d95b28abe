import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.page import PageRequest, decode_key, encode_key


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_a_key_survives_its_token(key: list[str]):
    assert decode_key(encode_key(tuple(key)), *[str] * len(key)) == tuple(key)


@given(st.text(max_size=80))
def test_a_foreign_token_is_refused_in_words_never_by_accident(token: str):
    try:
        decode_key(token, int)
    except Invalid as refusal:
        assert "token" in refusal.detail


@given(st.lists(st.integers(), unique=True), st.integers(min_value=1, max_value=20))
def test_pages_show_every_row_once_in_order(rows: list[int], limit: int):
    ordered = sorted(rows, reverse=True)
    shown: list[int] = []
    token = None
    while True:
        request = PageRequest.parse(limit, token, int)
        after = request.after[0] if request.after else None
        rest = [row for row in ordered if after is None or row < after]
        page = request.page(rest[: limit + 1], lambda row: (row,))
        shown += page.items
        token = page.next
        if token is None:
            break
    assert shown == ordered


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_has_a_bound(limit: int):
    with pytest.raises(Invalid):
        PageRequest.parse(limit, None, int)
