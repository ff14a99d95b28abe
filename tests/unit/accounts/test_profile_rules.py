"""A profile's addresses: one form for each, and nothing that is no page of the web."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts.contracts import MAX_ADDRESS, MAX_LINKS
from basedmusic.accounts.rules.profiles import clean_links, clean_website, host_of
from basedmusic.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", None),
        ("  ", None),
        ("example.org", "https://example.org/"),
        ("HTTP://Example.ORG.", "http://example.org/"),
        ("https://bücher.example/über?q=ä#top", "https://xn--bcher-kva.example/%C3%BCber?q=%C3%A4"),
        ("https://example.org:8443/a b", "https://example.org:8443/a%20b"),
        ("https://example.org/100%25", "https://example.org/100%25"),
        ("http://[::1]/", "http://[::1]/"),
    ],
)
def test_one_form(given: str, kept: str | None):
    assert clean_website(given) == kept


@pytest.mark.parametrize(
    "odd",
    [
        "javascript://example.org/%0aalert(1)",
        "ftp://example.org",
        "data://text/html,x",
        "https://mara:secret@example.org",
        "https://",
        "https://ex ample.org",
        "https://example.org:99999",
        "https://a\nb.example",
        "https://" + "a" * 400,
        "https://<script>",
        "//",
    ],
)
def test_what_is_no_page_of_the_web_is_refused_by_field(odd: str):
    with pytest.raises(Invalid) as refused:
        clean_website(odd, "links")
    assert refused.value.extra == {"field": "links"}


@given(st.text(max_size=80))
def test_whatever_is_typed_comes_out_as_a_page_or_not_at_all(text: str):
    try:
        address = clean_website(text)
    except Invalid:
        return
    if address is None:
        assert not text.strip()
        return
    parts = urlsplit(address)
    assert parts.scheme in ("http", "https") and host_of(address) and "@" not in parts.netloc
    assert address.isascii() and address.isprintable() and " " not in address and len(address) <= MAX_ADDRESS
    assert not set("<>\"'\\") & set(parts.netloc)
    assert clean_website(address) == address


def test_links_are_kept_once_in_order():
    assert clean_links(["b.example", "", "a.example", "https://b.example/"]) == (
        "https://b.example/",
        "https://a.example/",
    )
    with pytest.raises(Invalid):
        clean_links([f"{n}.example" for n in range(MAX_LINKS + 1)])
