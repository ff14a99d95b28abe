"""The one door for outside addresses: a short text fetched from the open internet, and never from our own network.

A name is resolved once; if any address that it has is not public, it is refused, and the connection goes to the
address that was looked at, so that a name which answers differently the next time gains nothing (DNS rebinding).
Each redirect is looked at anew. No cookies, no compression, no other ports than the web's two.
Sources: RFC 6890 and IANA's special-purpose registries by way of `ipaddress`; RFC 4291 §2.5.5.2 (mapped), RFC 6052
(NAT64), RFC 3056 (6to4), RFC 4380 (Teredo); RFC 9110 §15.4.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from email.message import Message
from functools import cache
from typing import TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit

import h11

from basedmusic.kernel.errors import AppError, TooManyRequests

TOTAL_S = 10.0
MAX_BYTES = 1 << 20
MAX_RECEIVED = 2 * MAX_BYTES
"""Of a page with all that is around it: heads, and the bounds of chunks."""
MAX_REDIRECTS = 3
MAX_INFORMATIONAL = 5
CHARSETS = frozenset(
    {
        *("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1", "iso-8859-15", "latin-9"),
        *(f"windows-125{n}" for n in range(9)),
    }
)
"""What pages are written in. Python knows codecs that take minutes over a page, and some that are none."""
AT_ONCE = 8
PORTS = {"http": 80, "https": 443}
USER_AGENT = "BasedMusic"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TEXTS = ("text/", "application/xhtml+xml", "application/json", "application/ld+json")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
_COMPATIBLE = ipaddress.ip_network("::/96")
_UNICAST = ipaddress.ip_network("2000::/3")
"""All that is given out for the open internet (RFC 4291 §2.4), site-local fec0::/10 not among it."""
_RELAYS = ipaddress.ip_network("192.88.99.0/24")

E = TypeVar("E", bound=h11.Event)
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class FetchFailed(AppError):
    """The page can't be had; `str(error)` says why, for the person whose page it is."""

    code = "fetch_failed"
    status = 409
    title = "The page could not be fetched"


class AddressRefused(FetchFailed):
    """It is not a page of the open internet."""

    code = "address_refused"
    title = "This address is not a page on the open internet"


class FetchBusy(TooManyRequests):
    code = "busy"
    title = "Too many pages are being fetched right now; try again in a moment"


@dataclass(frozen=True, slots=True)
class Fetched:
    address: str
    """Where it was found, after redirects."""
    text: str


def is_public(address: IpAddress) -> bool:
    """Whether it is a host on the open internet, also when it carries another address inside."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None or address.teredo is not None or address in _NAT64_LOCAL:
            return False
        inside = address.ipv4_mapped or address.sixtofour
        if address in _NAT64 or address in _COMPATIBLE:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inside is not None:
            return is_public(inside) and address not in _COMPATIBLE
        if address not in _UNICAST:
            return False
    elif address in _RELAYS:
        return False
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )


async def resolve(host: str, port: int) -> Sequence[str]:
    """Every address of a name, by the system's resolver."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[4][0]) for address in found]


class Fetcher:
    """Fetches texts, a few at once. Raises FetchFailed, AddressRefused, FetchBusy.

    `loopback` lets it reach this very machine, at any port: for tests, which have their pages there.
    """

    def __init__(
        self, *, loopback: bool = False, resolve: Resolve = resolve, total_s: float = TOTAL_S
    ) -> None:
        self._loopback = loopback
        self._resolve = resolve
        self._total_s = total_s
        self._busy = 0

    async def text(self, address: str) -> Fetched:
        """The text at `address`: HTML, JSON or plain, at most MAX_BYTES of it."""
        if self._busy >= AT_ONCE:
            raise FetchBusy(retry_after_s=5)
        self._busy += 1
        try:
            async with asyncio.timeout(self._total_s):
                return await self._follow(address)
        except TimeoutError:
            raise FetchFailed("The page took too long to answer") from None
        finally:
            self._busy -= 1

    async def _follow(self, address: str) -> Fetched:
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._get(address)
            if answer.moved_to is None:
                return Fetched(address, answer.text)
            try:
                address = urljoin(address, answer.moved_to)
            except ValueError:
                raise AddressRefused from None
        raise FetchFailed("The page leads on to another page too many times")

    async def _get(self, address: str) -> "_Answer":
        parts, port = self._checked(address)
        host = parts.hostname or ""
        ip = await self._address_of(host, port)
        tls = _trusted() if parts.scheme == "https" else None
        try:
            reader, writer = await asyncio.open_connection(
                ip, port, ssl=tls, server_hostname=host if tls else None, limit=1 << 16
            )
        except ssl.SSLError:
            raise FetchFailed("The page's certificate is not right") from None
        except OSError:
            raise FetchFailed("The page's server does not answer") from None
        try:
            return await _ask(reader, writer, parts)
        except (OSError, EOFError, h11.RemoteProtocolError, h11.LocalProtocolError):
            raise FetchFailed("The page's server broke off") from None
        finally:
            writer.transport.abort()

    def _checked(self, address: str) -> tuple[SplitResult, int]:
        """Raises AddressRefused."""
        try:
            parts = urlsplit(address)
            port = parts.port or PORTS.get(parts.scheme, 0)
        except ValueError:
            raise AddressRefused from None
        if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
            raise AddressRefused
        if not address.isascii() or not address.isprintable() or " " in address:
            raise AddressRefused
        if port != PORTS[parts.scheme] and not self._loopback:
            raise AddressRefused("Only the web's usual ports are asked")
        return parts, port

    async def _address_of(self, host: str, port: int) -> str:
        """The one that is connected to. Raises AddressRefused if any of them is not public."""
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError):
            raise FetchFailed("There is no server of this name") from None
        if not found:
            raise FetchFailed("There is no server of this name")
        if not all(self._may_reach(one) for one in found):
            raise AddressRefused
        return found[0]

    def _may_reach(self, address: str) -> bool:
        try:
            ip = ipaddress.ip_address(address)
        except ValueError:
            return False
        return is_public(ip) or (self._loopback and ip.is_loopback)


@cache
def _trusted() -> ssl.SSLContext:
    """Made when first needed: it reads every certificate of the system."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str = ""
    moved_to: str | None = None


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, parts: SplitResult) -> _Answer:
    http = h11.Connection(h11.CLIENT, max_incomplete_event_size=1 << 15)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [
        ("Host", parts.netloc),
        ("User-Agent", USER_AGENT),
        ("Accept", "text/html, text/plain, application/json;q=0.5"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ]
    writer.write(http.send(h11.Request(method="GET", target=target, headers=headers)) or b"")
    writer.write(http.send(h11.EndOfMessage()) or b"")
    await writer.drain()
    events = _Events(http, reader)
    response = await events.next(h11.Response)
    fields = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    if response.status_code in _REDIRECTS and "location" in fields:
        return _Answer(moved_to=fields["location"])
    if response.status_code != 200:
        raise FetchFailed(f"The page's server answers with {response.status_code}")
    kind = fields.get("content-type", "text/plain")
    if not kind.lower().startswith(_TEXTS) or fields.get("content-encoding", "identity") != "identity":
        raise FetchFailed("The page is no text")
    body = bytearray()
    while True:
        event = await events.next(h11.Data, h11.EndOfMessage)
        if isinstance(event, h11.EndOfMessage):
            return _Answer(_decoded(bytes(body), kind))
        body += event.data
        if len(body) > MAX_BYTES:
            raise FetchFailed("The page is larger than what is looked through")


class _Events:
    """What one server says, and how much of it."""

    def __init__(self, http: h11.Connection, reader: asyncio.StreamReader) -> None:
        self._http = http
        self._reader = reader
        self._received = 0
        self._informational = 0

    async def next(self, *kinds: type[E]) -> E:
        """The next event of one of these kinds; a few informational answers are passed over. Raises EOFError."""
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                self._http.receive_data(await self._read())
            elif isinstance(event, kinds):
                return event
            elif not isinstance(event, h11.InformationalResponse):
                raise EOFError
            else:
                self._informational += 1
                if self._informational > MAX_INFORMATIONAL:
                    raise FetchFailed("The page's server never comes to its answer")

    async def _read(self) -> bytes:
        data = await self._reader.read(1 << 15)
        self._received += len(data)
        if self._received > MAX_RECEIVED:
            raise FetchFailed("The page is larger than what is looked through")
        return data


def _decoded(body: bytes, kind: str) -> str:
    header = Message()
    header["content-type"] = kind
    charset = str(header.get_content_charset("utf-8"))
    return body.decode(charset if charset in CHARSETS else "utf-8", "replace")
