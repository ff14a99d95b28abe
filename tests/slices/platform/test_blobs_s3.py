"""The same promises over S3's protocol, spoken to a server on loopback in a process of its own."""

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from basedmusic.kernel.errors import NotFound
from basedmusic.platform.blobs import Blobs, open_blobs
from basedmusic.platform.sources import SourceFiles

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def endpoint() -> Generator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(url, server)
        urllib.request.urlopen(urllib.request.Request(f"{url}/scene", method="PUT")).close()
        yield url
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/moto-api/").close()
            return
        except OSError:
            assert server.poll() is None
            time.sleep(0.1)
    raise AssertionError("the S3 server did not start")


@pytest.fixture
async def blobs(endpoint: str, tmp_path: Path) -> AsyncGenerator[Blobs]:
    """As an operator configures it: an address, and credentials in the usual variables."""
    usual = {
        "AWS_ENDPOINT": endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
    }
    before = dict(os.environ)
    os.environ.update(usual)
    try:
        yield open_blobs(f"s3://scene/{tmp_path.name}", tmp_path)
    finally:
        os.environ.clear()
        os.environ.update(before)


async def test_what_was_put_is_there_until_it_is_deleted(blobs: Blobs):
    await blobs.put("a/b", b"x")
    assert await blobs.get("a/b") == b"x"
    assert blobs.local_path("a/b") is None
    await blobs.delete("a/b")
    await blobs.delete("a/b")
    with pytest.raises(NotFound):
        await blobs.get("a/b")


async def test_of_many_writers_one_wins_and_its_copy_stays(blobs: Blobs):
    won = await asyncio.gather(*(blobs.put_if_absent("k", bytes([number]) * 100) for number in range(6)))
    assert sum(won) == 1
    assert await blobs.get("k") == bytes([won.index(True)]) * 100


async def test_a_file_goes_up_and_comes_back_as_a_local_copy(blobs: Blobs, tmp_path: Path):
    upload = tmp_path / "upload"
    upload.write_bytes(os.urandom(300_000))
    content = upload.read_bytes()
    await blobs.put_file("sources/1/source", upload)
    assert not upload.exists()
    path = await SourceFiles(blobs, tmp_path / "cache").path("sources/1/source")
    assert path.read_bytes() == content
    with pytest.raises(NotFound):
        await SourceFiles(blobs, tmp_path / "cache").path("sources/none")


async def test_a_prefix_is_deleted_and_nothing_beside_it(blobs: Blobs):
    for key in ("sources/1/source", "sources/1/playback.flac", "sources/12/source"):
        await blobs.put(key, b"x")
    assert await blobs.delete_prefix("sources/1") == 2
    assert await blobs.get("sources/12/source") == b"x"
