import ipaddress

import pytest
from starlette.requests import HTTPConnection

from basedmusic.platform.http.origin import (
    ForeignOrigin,
    client_address,
    limit_key,
    require_same_origin,
)

PROXY = (ipaddress.ip_network("10.0.0.0/8"),)


def _connection(peer: str = "10.0.0.1", **headers: str) -> HTTPConnection:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return HTTPConnection({"type": "http", "headers": raw, "client": (peer, 1)})


def test_nobody_is_trusted_unless_the_operator_says_so():
    assert client_address(_connection(x_forwarded_for="1.2.3.4"), ()) == "10.0.0.1"


def test_behind_proxies_the_nearest_stranger_counts():
    forged = _connection(x_forwarded_for="9.9.9.9, 1.2.3.4, 10.0.0.7")
    assert client_address(forged, PROXY) == "1.2.3.4"
    assert client_address(_connection("5.5.5.5", x_forwarded_for="1.2.3.4"), PROXY) == "5.5.5.5"


def test_a_proxy_that_adds_a_line_of_its_own_is_believed_all_the_same():
    raw = [(b"x-forwarded-for", b"6.6.6.6"), (b"x-forwarded-for", b"1.2.3.4")]
    forged = HTTPConnection({"type": "http", "headers": raw, "client": ("10.0.0.1", 1)})
    assert client_address(forged, PROXY) == "1.2.3.4"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("1.2.3.4", "1.2.3.4"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("testclient", "unknown"),
    ],
)
def test_limits_count_customers(address: str, key: str):
    assert limit_key(address) == key


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"origin": "https://evil.example", "host": "music.example"},
        {"origin": "null", "host": "music.example"},
        {"origin": "http://[", "host": "music.example"},
        {"host": "music.example"},
    ],
)
def test_an_unsafe_request_from_elsewhere_is_refused(headers: dict[str, str]):
    with pytest.raises(ForeignOrigin):
        require_same_origin(_connection(**headers))


@pytest.mark.parametrize(
    "headers",
    [{"sec_fetch_site": "same-origin"}, {"origin": "https://music.example", "host": "music.example"}],
)
def test_our_own_pages_may(headers: dict[str, str]):
    require_same_origin(_connection(**headers))
