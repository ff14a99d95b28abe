"""The door for outside addresses: nothing of our own network is reached, whatever a name or a redirect says."""

import asyncio
import ipaddress
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.platform.fetch import (
    AT_ONCE,
    MAX_BYTES,
    MAX_INFORMATIONAL,
    MAX_REDIRECTS,
    AddressRefused,
    FetchBusy,
    Fetcher,
    FetchFailed,
    is_public,
)

pytestmark = pytest.mark.anyio

OURS_V4 = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
    *("192.0.0.0/29", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
    *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32"),
]
OURS_V6 = [
    *(
        "::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/32",
        "2001:db8::/32",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
    ),
    "ff00::/8",
]


def within(networks: Sequence[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(networks).flatmap(lambda one: st.ip_addresses(network=one)).map(str)


def carriers(inside: str) -> list[str]:
    """IPv6 addresses that carry an IPv4 one: mapped, by NAT64, by 6to4."""
    v4 = int(ipaddress.IPv4Address(inside))
    return [
        str(ipaddress.IPv6Address(0xFFFF << 32 | v4)),
        str(ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | v4)),
        str(ipaddress.IPv6Address(0x2002 << 112 | v4 << 80)),
    ]


@given(within(OURS_V4))
def test_no_address_of_a_network_of_ours_is_public_also_inside_another(address: str):
    for one in (address, *carriers(address)):
        assert not is_public(ipaddress.ip_address(one)), one


@given(within(OURS_V6))
def test_nor_one_of_the_sixth_version(address: str):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["9.9.9.9", "2620:fe::fe", *carriers("9.9.9.9")])
def test_the_open_internet_is(address: str):
    assert is_public(ipaddress.ip_address(address))


def test_an_address_with_a_zone_is_not():
    assert not is_public(ipaddress.ip_address("2620:fe::fe%eth0"))


@given(
    st.lists(
        st.sampled_from(["9.9.9.9", "2620:fe::fe", "127.0.0.1", "::1", "10.1.2.3", "no address"]), min_size=1
    )
)
def test_a_name_with_one_address_of_ours_is_refused_whole(addresses: list[str]):
    asked: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return addresses

    fetcher = Fetcher(resolve=resolve)
    if all(one in ("9.9.9.9", "2620:fe::fe") for one in addresses):
        assert asyncio.run(fetcher._address_of("a.example", 443)) == addresses[0]
    else:
        with pytest.raises(AddressRefused):
            asyncio.run(fetcher._address_of("a.example", 443))
    assert asked == ["a.example"]  # once


@pytest.mark.parametrize(
    "address",
    [
        *(
            "ftp://example.org/",
            "file:///etc/passwd",
            "gopher://example.org",
            "//example.org",
            "example.org",
            "",
        ),
        *("http://mara:x@example.org/", "http://example.org:22/", "https://example.org:80/", "http://[::1"),
        *(
            "http://example.org/a b",
            "http://example.org/\r\nX: y",
            "http://exämple.org/",
            "http://example.org:x/",
        ),
    ],
)
async def test_what_is_no_page_is_not_even_looked_up(address: str):
    async def resolve(host: str, port: int) -> Sequence[str]:
        raise AssertionError(f"{host} was looked up")

    with pytest.raises(AddressRefused):
        await Fetcher(resolve=resolve).text(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "0"]
)
async def test_this_machine_is_not_reached_by_any_of_its_names(host: str):
    with pytest.raises(FetchFailed):
        await Fetcher().text(f"http://{host}/")


# ---- what a server may answer


@asynccontextmanager
async def answering(answer: bytes, *, pause_s: float = 0) -> AsyncGenerator[tuple[str, list[bytes]]]:
    """A server on this machine that gives one answer to everybody; its address, and what it was sent."""
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        await asyncio.sleep(pause_s)
        writer.write(answer.replace(b"PORT", str(port).encode()))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    async with server:
        yield f"http://127.0.0.1:{port}", heard


def answer(body: bytes, *fields: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def test_a_page_is_read_without_cookies_and_without_compression():
    async with answering(answer("<p>Grüße</p>".encode("latin-1"), kind="text/html; charset=latin-1")) as (
        at,
        heard,
    ):
        page = await Fetcher(loopback=True).text(f"{at}/band?x=1")
    assert page.text == "<p>Grüße</p>"
    sent = heard[0].decode().lower()
    assert sent.startswith("get /band?x=1 http/1.1\r\n")
    assert "accept-encoding: identity" in sent and "cookie" not in sent and "referer" not in sent


@pytest.mark.parametrize("charset", ["punycode", "idna", "undefined", "utf-7", "rot13", "no-such", '"'])
async def test_a_charset_that_no_page_is_written_in_is_not_tried(charset: str):
    """Some of Python's codecs take minutes over a page, on the loop that all requests share."""
    body = "<p>Grüße</p>".encode() + b"a-" * 1000
    async with answering(answer(body, kind=f"text/html; charset={charset}")) as (at, _):
        assert (await Fetcher(loopback=True).text(at)).text == body.decode()


@pytest.mark.parametrize("charset", ["UTF-8", "us-ascii", "iso-8859-1", "ISO-8859-15", "windows-1252"])
async def test_those_that_pages_are_written_in_are_read(charset: str):
    body = "<p>Gruß, naïve</p>".encode(charset, "ignore")
    async with answering(answer(body, kind=f"text/html; charset={charset}")) as (at, _):
        assert (await Fetcher(loopback=True).text(at)).text == body.decode(charset)


async def test_a_few_informational_answers_are_passed_over_and_no_more():
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    async with answering(early * MAX_INFORMATIONAL + answer(b"found")) as (at, _):
        assert (await Fetcher(loopback=True).text(at)).text == "found"
    async with answering(early * (MAX_INFORMATIONAL + 1) + answer(b"found")) as (at, _):
        with pytest.raises(FetchFailed, match="never comes"):
            await Fetcher(loopback=True).text(at)


async def test_what_is_around_a_page_counts_too():
    """Chunks of one byte with long extensions: a small page, and no end of bytes."""
    chunks = (b"1;" + b"x" * 10_000 + b"\r\na\r\n") * 400 + b"0\r\n\r\n"
    async with answering(answer(chunks, "Transfer-Encoding: chunked")) as (at, _):
        with pytest.raises(FetchFailed, match="larger"):
            await Fetcher(loopback=True).text(at)


@pytest.mark.parametrize("to", ["http://[", "//[x", "http://a]b/"])
async def test_a_redirect_to_no_address_is_refused(to: str):
    async with answering(answer(b"", f"Location: {to}", status="302 Found")) as (at, _):
        with pytest.raises(AddressRefused):
            await Fetcher(loopback=True).text(at)


async def test_chunks_are_put_together():
    body = b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    async with answering(answer(body, "Transfer-Encoding: chunked")) as (at, _):
        assert (await Fetcher(loopback=True).text(at)).text == "abcde"


@pytest.mark.parametrize(
    "given",
    [
        answer(b"no", status="404 Not Found"),
        answer(b"\x89PNG", kind="image/png"),
        answer(b"\x1f\x8b", "Content-Encoding: gzip"),
        answer(b"x" * (MAX_BYTES + 1)),
        answer(b"short", "Content-Length: 100"),
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"",
    ],
    ids=["missing", "no text", "compressed", "too large", "broken off", "no http", "a long head", "silence"],
)
async def test_what_is_no_text_of_a_page_is_refused_in_words(given: bytes):
    async with answering(given) as (at, _):
        with pytest.raises(FetchFailed) as refused:
            await Fetcher(loopback=True).text(at)
    assert str(refused.value) and not isinstance(refused.value, AddressRefused)


async def test_a_slow_page_is_given_up():
    async with answering(answer(b"late"), pause_s=5) as (at, _):
        with pytest.raises(FetchFailed, match="too long"):
            await Fetcher(loopback=True, total_s=0.1).text(at)


async def test_redirects_are_followed_and_end():
    async with answering(answer(b"found")) as (end, _):
        async with answering(answer(b"", f"Location: {end}/moved", status="301 Moved")) as (at, _):
            assert (await Fetcher(loopback=True).text(at)).address == f"{end}/moved"
    async with answering(answer(b"", "Location: /again", status="302 Found")) as (at, heard):
        with pytest.raises(FetchFailed, match="too many"):
            await Fetcher(loopback=True).text(at)
        assert len(heard) == MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1:PORT/", "http://10.0.0.1/", "file:///etc/passwd", "http://[::1]/"]
)
async def test_a_redirect_into_our_network_is_refused(to: str):
    """The first page is a public one to the fetcher; where it leads is not."""
    async with answering(answer(b"", f"Location: {to}", status="302 Found")) as (at, heard):
        port = int(at.rpartition(":")[2])

        class OneDoor(Fetcher):
            def _checked(self, address: str):
                parts, port_ = (
                    super()._checked(address)
                    if not address.startswith("http://outside.example")
                    else (super()._checked("http://outside.example/"))
                )
                return parts, port if parts.hostname == "outside.example" else port_

            def _may_reach(self, address: str) -> bool:
                return (address == "127.0.0.1" and self.first()) or super()._may_reach(address)

            def first(self) -> bool:
                return not heard

        async def resolve(host: str, port: int) -> Sequence[str]:
            return ["127.0.0.1"] if host == "outside.example" else [host]

        with pytest.raises(AddressRefused):
            await OneDoor(resolve=resolve).text("http://outside.example/")
        assert len(heard) == 1


async def test_more_at_once_than_there_is_room_for_are_told_so():
    async with answering(answer(b"late"), pause_s=0.3) as (at, _):
        fetcher = Fetcher(loopback=True)
        outcomes = await asyncio.gather(
            *(fetcher.text(at) for _ in range(AT_ONCE + 2)), return_exceptions=True
        )
        assert sum(isinstance(one, FetchBusy) for one in outcomes) == 2
        assert (await fetcher.text(at)).text == "late"
