"""Where a sign-in comes from, coarsely."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts.whereabouts import network_of, place_of


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("Europe/Berlin", "Berlin"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("Etc/GMT+5", ""),
        ("UTC", ""),
        ("", ""),
        ("Europe/<b>", ""),
        ("Europe/" + "a" * 60, ""),
        ("../../etc/passwd", ""),
    ],
)
def test_a_zone_is_known_by_its_city(zone: str, place: str):
    assert place_of(zone) == place


@given(st.text(max_size=80))
def test_nothing_but_words_comes_out(zone: str):
    assert all(letter.isalnum() or letter in " +-" for letter in place_of(zone))


@given(st.ip_addresses())
def test_a_network_has_the_address_and_many_others(address: ipaddress.IPv4Address | ipaddress.IPv6Address):
    text = network_of(str(address))
    network = ipaddress.ip_network(text)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    assert (mapped or address) in network
    assert network.prefixlen == (24 if network.version == 4 else 48)


def test_what_is_no_address_has_no_network():
    assert network_of("") == network_of("testclient") == ""
