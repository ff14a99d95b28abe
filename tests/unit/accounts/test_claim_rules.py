"""What proves a claim: the code as a word of its own, and an address at the profile's own domain."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts.rules.claims import (
    PUBLIC_MAIL_HOSTS,
    SHARED_SITES,
    has_code,
    is_at,
    mail_domain,
    new_code,
)

CODE = "basedmusic-abcdefghjkmnpqrstuvw"


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        (None, None),
        ("https://boiler.example/", "boiler.example"),
        ("http://www.boiler.example/", "boiler.example"),
        ("https://club.boiler.example/", "club.boiler.example"),
        ("https://boiler.example/hall", None),
        ("https://boiler.example/?id=3", None),
        ("https://localhost/", None),
        ("https://192.0.2.7/", None),
        ("https://[2001:db8::1]/", None),
        ("https://tides.bandcamp.com/", None),
        ("https://bandcamp.com/", None),
        ("https://gmail.com/", None),
        ("https://tides.github.io/", None),
    ],
)
def test_the_domain_that_proves(website: str | None, domain: str | None):
    assert mail_domain(website) == domain


@pytest.mark.parametrize(
    ("address", "is_there"),
    [
        ("info@boiler.example", True),
        ("Info@BOILER.example", True),
        ("info@mail.boiler.example", True),
        ("info@notboiler.example", False),
        ("info@boiler.example.evil.example", False),
        ("boiler.example@evil.example", False),
        ("info@example", False),
        ("info@gmail.com", False),
    ],
)
def test_an_address_is_at_the_domain_or_below(address: str, is_there: bool):
    assert is_at(address, "boiler.example") is is_there


@given(
    st.sampled_from(sorted(PUBLIC_MAIL_HOSTS | SHARED_SITES)), st.sampled_from(["", "www.", "tides.", "a.b."])
)
def test_no_shared_host_proves_anything(host: str, below: str):
    assert mail_domain(f"https://{below}{host}/") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (CODE, True),
        (f"<p>{CODE}</p>", True),
        (f"{CODE}x {CODE}", True),
        (f"{CODE}x", False),
        (f"x{CODE}", False),
        (CODE[:-1], False),
        (CODE.upper(), False),
        ("", False),
    ],
)
def test_the_code_is_a_word_of_its_own(text: str, found: bool):
    assert has_code(text, CODE) is found


@given(st.text(), st.text())
def test_between_anything_but_letters_it_is_found(before: str, after: str):
    assert has_code(f"{before} {CODE} {after}", CODE)


def test_codes_differ_and_can_be_read_aloud():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(r"basedmusic-[abcdefghjkmnpqrstuvwxyz2-9]{20}", code) for code in codes)
