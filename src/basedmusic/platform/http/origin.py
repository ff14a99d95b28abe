"""Where a request comes from: the client's address behind trusted proxies; whether a page of ours sent it."""

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from basedmusic.kernel.errors import NotAllowed
from basedmusic.platform.settings import IpNetwork

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
IPV6_PREFIX = 64
"""One customer commonly holds a whole /64, so limits count it as one address."""


class ForeignOrigin(NotAllowed):
    """A signed-in browser was sent here by another site (cross-site request forgery)."""

    code = "foreign_origin"
    title = "This request did not come from one of our pages"


def client_address(connection: HTTPConnection, trusted: Iterable[IpNetwork]) -> str:
    """The nearest address in X-Forwarded-For that is no trusted proxy; the peer's own by default."""
    peer = connection.client.host if connection.client else ""
    networks = tuple(trusted)
    lines = connection.headers.getlist("x-forwarded-for")  # a proxy may add a line instead of a word
    hops = [hop.strip() for hop in ",".join(lines).split(",") if hop.strip()]
    address = peer
    while hops and _is_in(address, networks):
        address = hops.pop()
    return address


def limit_key(address: str) -> str:
    """The unit that limits count: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, IPV6_PREFIX), strict=False))
    return str(ip)


def require_same_origin(connection: HTTPConnection) -> None:
    """For unsafe requests that a cookie authenticates. Raises ForeignOrigin.

    Fetch Metadata (W3C) where the browser sends it, otherwise the Origin header (RFC 6454) against Host.
    """
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise ForeignOrigin
        return
    origin = connection.headers.get("origin")
    if origin is None or _host_of(origin) != connection.headers.get("host"):
        raise ForeignOrigin


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _is_in(address: str, networks: tuple[IpNetwork, ...]) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in networks)
