"""The whole application on a loopback port, in a thread of the test process, with its real media processes.

Beside it what a test needs to act on it: people who are signed in, a look into its database and folders, a
worker that can be switched on, and a clock that can be moved.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import IO, Any, TypeVar
from urllib.parse import urlsplit

import asyncpg
import httpx2
import uvicorn
import uvloop
from fastapi import FastAPI

from basedmusic.app.media import analysis_pool
from basedmusic.app.web import build_app
from basedmusic.app.wiring import open_scene
from basedmusic.app.worker import run_until
from basedmusic.kernel.clock import utc_now
from basedmusic.platform.settings import Settings, read_settings

PASSWORD = "four words of yours"
BORN = "1990-05"
"""Of everybody: an adult."""
START_S = 60.0
PATIENT_S = 60.0
RENEWED_AFTER_S = 600.0
"""Access tokens hold for 15 minutes, and a run of all tests may take longer."""
_numbers = count(1)
Answer = TypeVar("Answer")


class MovingClock:
    """The time, and whatever a test adds to it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead

    @contextmanager
    def moved(self, **by: float) -> Generator[None]:
        self.ahead += timedelta(**by)
        try:
            yield
        finally:
            self.ahead -= timedelta(**by)


@dataclass(frozen=True)
class Person:
    """Somebody signed in, with an artist of their own."""

    id: str
    client: httpx2.Client
    """Below /api/v1, with their token."""
    artist_id: str
    email: str
    """Their password is PASSWORD."""

    @property
    def token(self) -> str:
        """What their client shows now."""
        return self.client.headers["Authorization"].removeprefix("Bearer ")

    def upload(
        self,
        file: "Path | bytes | IO[bytes]",
        name: str = "",
        *,
        key: str | None = None,
        **fields: str,
    ) -> httpx2.Response:
        """POST /tracks; `fields` come before the file and over the usual artist_id."""
        named = name or (file.name if isinstance(file, Path) else "song.wav")
        content = file.read_bytes() if isinstance(file, Path) else file
        form = {"artist_id": self.artist_id, **fields}
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post("/tracks", data=form, files={"file": (named, content)}, headers=headers)

    def track(self, file: "Path | bytes | IO[bytes]", name: str = "", **fields: str) -> dict[str, Any]:
        """The track made of an upload that must succeed."""
        answer = self.upload(file, name, **fields)
        assert answer.status_code == 201, answer.text
        return answer.json()


@dataclass
class Site:
    """One running application."""

    app: FastAPI
    settings: Settings
    dsn: str
    address: str
    clock: MovingClock
    loop: asyncio.AbstractEventLoop
    _clients: list[httpx2.Client] = field(default_factory=list[httpx2.Client])

    @property
    def place(self) -> tuple[str, int]:
        """For a bare socket."""
        parts = urlsplit(self.address)
        assert parts.hostname and parts.port
        return parts.hostname, parts.port

    @property
    def uploads(self) -> Path:
        return self.settings.data / "uploads"

    @property
    def blobs(self) -> Path:
        return self.settings.data / "blobs"

    def client(self, **headers: str) -> httpx2.Client:
        """A program that nobody has signed in; below /, and from an address of its own."""
        client = httpx2.Client(
            base_url=self.address,
            headers={"X-Forwarded-For": next_address(), **headers},
            timeout=PATIENT_S,
            trust_env=False,
        )
        self._clients.append(client)
        return client

    def person(self, name: str = "Mara") -> Person:
        """Signed up and in over HTTP, and an artist."""
        client = self.client()
        client.base_url = f"{self.address}/api/v1"
        email = f"{name.lower()}-{next(_numbers)}@example.org"
        login = {"email": email, "password": PASSWORD}
        account = client.post("/accounts", json={**login, "display_name": name, "born": BORN})
        assert account.status_code == 201, account.text
        stay_signed_in(client, client.post("/sessions", json=login).json())
        artist = client.post("/artists", json={"name": f"{name} and the Tides", "city": "Rust Harbour"})
        assert artist.status_code == 201, artist.text
        return Person(account.json()["id"], client, artist.json()["id"], email)

    def settle(self, person: Person) -> None:
        """A newcomer no more, whose uploads are few a day: trusted, as after months."""
        self.sql(
            """UPDATE accounts.account SET email_verified_at = created_at, created_at = now() - interval '1 year'
                WHERE id = $1""",
            person.id,
        )

    def sql(self, query: str, *arguments: object) -> list[asyncpg.Record]:
        return asyncio.run(run_sql(self.dsn, query, *arguments))

    def mails(self, to: str) -> list[asyncpg.Record]:
        """What was written to `to`, newest last: `kind`, `subject`, `body`, `html`, `state` and the rest."""
        return self.sql("SELECT * FROM platform.mail WHERE recipient_key = $1 ORDER BY id", to.casefold())

    def run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """In the application's own loop, with its own connections."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENT_S)

    @contextmanager
    def working(self) -> Generator[None]:
        """With a worker and its media processes, as long as the block lasts."""
        stopping = asyncio.Event()

        async def work() -> None:
            pool = analysis_pool(self.settings)
            try:
                async with open_scene(self.settings, connections=4) as scene:
                    await run_until(stopping, scene, pool)
            finally:
                await pool.close()

        future = asyncio.run_coroutine_threadsafe(work(), self.loop)
        try:
            yield
        finally:
            self.loop.call_soon_threadsafe(stopping.set)
            future.result(PATIENT_S)

    def kept(self) -> list[str]:
        """What lies in `uploads/` and `blobs/`: files, relative to the data folder."""
        return sorted(
            str(path.relative_to(self.settings.data))
            for folder in (self.uploads, self.blobs)
            for path in folder.rglob("*")
            if path.is_file()
        )

    def close(self) -> None:
        for client in self._clients:
            client.close()


async def run_sql(dsn: str, query: str, *arguments: object) -> list[asyncpg.Record]:
    conn = await asyncpg.connect(dsn)
    try:
        return await conn.fetch(query, *arguments)
    finally:
        await conn.close()


def stay_signed_in(client: httpx2.Client, tokens: dict[str, Any]) -> None:
    """From now on the client shows these tokens, and refreshes them before they end, as a program would."""
    got_at = time.monotonic()
    client.headers["Authorization"] = f"Bearer {tokens['access_token']}"

    def renew(request: httpx2.Request) -> None:
        nonlocal tokens, got_at
        shown = request.headers.get("authorization")
        if shown != f"Bearer {tokens['access_token']}" or time.monotonic() - got_at < RENEWED_AFTER_S:
            return
        got_at = time.monotonic()
        answer = client.post("/sessions/refresh", json={"refresh_token": tokens["refresh_token"]})
        if answer.status_code != 201:
            return
        tokens = answer.json()
        client.headers["Authorization"] = request.headers["Authorization"] = (
            f"Bearer {tokens['access_token']}"
        )

    client.event_hooks["request"].append(renew)


@contextmanager
def running_site(dsn: str, data: Path, **environ: str) -> Generator[Site]:
    """The application on `dsn` and `data`, listening on a free port of 127.0.0.1."""
    listening = socket.create_server(("127.0.0.1", 0))
    settings = read_settings(
        {
            "BASEDMUSIC_DATA": str(data),
            "BASEDMUSIC_DATABASE_URL": dsn,
            "BASEDMUSIC_PORT": str(listening.getsockname()[1]),
            "BASEDMUSIC_TRUSTED_PROXIES": "127.0.0.1/32",  # so that each client can have an address
            **environ,
        }
    )
    clock = MovingClock()
    app = build_app(settings, clock)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, ws="none"))
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        await server.serve(sockets=[listening])

    def run() -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(serve())

    thread = threading.Thread(target=run, name="site")
    thread.start()
    try:
        assert soon(lambda: server.started or not thread.is_alive(), START_S) and server.started
        site = Site(app, settings, dsn, settings.address, clock, loops[0])
        yield site
        site.close()
    finally:
        loops[0].call_soon_threadsafe(app.state.closing.set)
        server.should_exit = True
        thread.join(PATIENT_S)
        listening.close()
    assert not thread.is_alive(), "the application did not end"


def soon(true: Callable[[], bool], within_s: float = PATIENT_S) -> bool:
    """Whether `true` becomes so within that many seconds."""
    until = time.monotonic() + within_s
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def next_address() -> str:
    """One that no limit has counted anything for."""
    number = next(_numbers)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
