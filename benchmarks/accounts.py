"""Signing in, refreshing and one read under load, beside Django on the same PostgreSQL; and what thirty sign-ins at
once do to everybody else's reads."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg

from basedmusic.platform.postgres import EmbeddedPostgres
from benchmarks.django_peer import NAME, Django, credentials, running_django
from benchmarks.processes import cpu_seconds, rest
from benchmarks.results import Result, compare
from benchmarks.scene import Scene
from benchmarks.stage import Stage, say
from benchmarks.talk import Said, Talk

CLIENTS = 4
READS, LOGINS = 60, 6
"""Requests per client and measurement."""
CROWD = 30
READ_EVERY_S = 0.01
CALM_S = 2.5
GOAL = 1.2
PASSWORD = "four words of ours"

Ask = Callable[[Talk, int], Said]
"""One request of the client of that number."""


class Ours:
    """Our server on the shared PostgreSQL; each request may come from another address, so that no limit is met."""

    def __init__(self, scene: Scene, people: int) -> None:
        self.scene = scene
        self._addresses = iter(range(1, 1 << 24))
        self.pairs = [self._person(number) for number in range(people)]

    def _headers(self) -> dict[str, str]:
        number = next(self._addresses)
        return {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}

    def _person(self, number: int) -> dict[str, str]:
        new = {
            "email": f"ours{number}@example.org",
            "password": PASSWORD,
            "display_name": "Ours",
            "born": "1990-05",
        }
        said = Talk(self.scene.port).ask("POST", "/api/v1/accounts", new, self._headers())
        assert said.status == 201, said.body
        return new

    def login(self, talk: Talk, number: int) -> Said:
        person = self.pairs[number]
        body = {"email": person["email"], "password": PASSWORD}
        return talk.ask("POST", "/api/v1/sessions", body, self._headers())


def run(stage: Stage) -> list[Result]:
    say("accounts: a PostgreSQL for both servers")
    with ExitStack() as stack:
        folder = stage.folder / "accounts"
        postgres = EmbeddedPostgres(folder / "postgres", durable=False)
        postgres.start()
        stack.callback(postgres.release)
        ours = stack.enter_context(_running_ours(folder, postgres.dsn(_database(postgres, "ours"))))
        django = stack.enter_context(
            running_django(folder / "django", _place(postgres.dsn(_database(postgres, "peer"))), CLIENTS)
        )
        say("accounts: requests in turn")
        return [*_costs(ours, django, stage.repeats), _crowd(ours, stage.repeats)]


def _costs(ours: Ours, django: Django, repeats: int) -> list[Result]:
    pairs = _asked(ours, django)
    figures: dict[str, list[list[float]]] = {}
    servers = (ours.scene.pid, ours.scene.port), (django.pid, django.port)
    for number in range(repeats + 1):
        for what, (count, *asks) in pairs.items():
            for side, ((pid, port), ask) in enumerate(zip(servers, asks, strict=True)):
                rest(pid, limit_s=3)
                cpu, times = _load(pid, port, ask, count)
                if number:  # the first warms up
                    rows = figures.setdefault(what, [[], [], [], [], [], []])
                    rows[side].append(cpu * 1000)
                    rows[2 + side].append(median(times) * 1000)
                    rows[4 + side].append(_p95(times) * 1000)
    results: list[Result] = []
    for what, rows in figures.items():
        for words, unit, at in (("CPU", "ms", 0), ("p50", "ms", 2), ("p95", "ms", 4)):
            results.append(compare(f"{what}, {words}", rows[at], rows[at + 1], unit=unit, peer_name=NAME))
    return results


def _asked(ours: Ours, django: Django) -> dict[str, tuple[int, Ask, Ask]]:
    """What is measured: how often per client, ours, theirs."""
    our_tokens = [json.loads(ours.login(Talk(ours.scene.port), n).body) for n in range(CLIENTS)]
    their_tokens = [django.tokens(n) for n in range(CLIENTS)]
    cookies = [_our_cookie(ours, n) for n in range(CLIENTS)]
    their_cookies = [django.cookie(n) for n in range(CLIENTS)]

    def our_refresh(talk: Talk, n: int) -> Said:
        body = {"refresh_token": our_tokens[n]["refresh_token"]}
        said = talk.ask("POST", "/api/v1/sessions/refresh", body, ours._headers())
        our_tokens[n] = json.loads(said.body)
        return said

    def their_refresh(talk: Talk, n: int) -> Said:
        said = talk.ask("POST", "/refresh", {"refresh": their_tokens[n]["refresh"]})
        their_tokens[n] = {**their_tokens[n], **json.loads(said.body)}
        return said

    def their_login(talk: Talk, n: int) -> Said:
        return talk.ask("POST", "/tokens", credentials(n))

    def bearer(tokens: list[dict[str, str]], name: str, path: str) -> Ask:
        return lambda talk, n: talk.ask("GET", path, None, {"Authorization": f"Bearer {tokens[n][name]}"})

    def with_cookie(values: list[str], path: str) -> Ask:
        return lambda talk, n: talk.ask("GET", path, None, {"Cookie": values[n]})

    me = "/api/v1/me"
    return {
        "sign in": (LOGINS, ours.login, their_login),
        "refresh": (READS, our_refresh, their_refresh),
        "who am I, bearer": (
            READS,
            bearer(our_tokens, "access_token", me),
            bearer(their_tokens, "access", "/me"),
        ),
        "who am I, cookie": (READS, with_cookie(cookies, me), with_cookie(their_cookies, "/me")),
    }


def _our_cookie(ours: Ours, number: int) -> str:
    body = {"email": ours.pairs[number]["email"], "password": PASSWORD}
    headers = {"X-Session": "cookie", "Sec-Fetch-Site": "same-origin", **ours._headers()}
    said = Talk(ours.scene.port).ask("POST", "/api/v1/sessions", body, headers)
    assert said.status == 201, said.body
    cookies = said.headers["set-cookie"].split(";")
    return next(one.strip() for one in cookies if "basedmusic_session=" in one)


def _load(pid: int, port: int, ask: Ask, count: int) -> tuple[float, list[float]]:
    """CLIENTS at once, `count` requests each: CPU seconds per request of the server's processes, and times."""
    times: list[float] = []

    def client(number: int) -> None:
        talk = Talk(port)
        for _ in range(count):
            said = ask(talk, number)
            if said.status >= 300:
                raise RuntimeError(f"{said.status} {said.body[:200]}")
            times.append(said.took_s)
        talk.close()

    before = cpu_seconds(pid)
    _all([lambda n=n: client(n) for n in range(CLIENTS)])
    if len(times) != CLIENTS * count:
        raise RuntimeError("not all requests were answered as they should be")
    return (cpu_seconds(pid) - before) / len(times), times


def _crowd(ours: Ours, repeats: int) -> Result:
    """A steady reader's p95 with thirty sign-ins at once, by its p95 without, in turn."""
    token = json.loads(ours.login(Talk(ours.scene.port), 0).body)["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    ratios: list[float] = []
    for number in range(repeats + 1):
        rest(ours.scene.pid, limit_s=3)
        calm = _p95(_read(ours, headers, None))
        rest(ours.scene.pid, limit_s=3)
        crowded = _p95(_read(ours, headers, CROWD))
        if number:
            ratios.append(crowded / calm)
    return Result(
        "others' p95 while 30 sign in, by that while none does",
        median(ratios),
        "",
        goal=GOAL,
        spread=(min(ratios), max(ratios)),
    )


def _read(ours: Ours, headers: dict[str, str], crowd: int | None) -> list[float]:
    """A read every 10 ms for as long as the crowd takes, or for CALM_S."""
    people = [threading.Thread(target=_sign_in_at_last, args=(ours, n)) for n in range(crowd or 0)]
    for person in people:
        person.start()
    times: list[float] = []
    talk, end = Talk(ours.scene.port), time.perf_counter() + CALM_S
    while any(person.is_alive() for person in people) if people else time.perf_counter() < end:
        said = talk.ask("GET", "/api/v1/me", None, headers)
        times.append(said.took_s)
        time.sleep(READ_EVERY_S)
    for person in people:
        person.join()
    return times


def _sign_in_at_last(ours: Ours, number: int) -> None:
    """Whoever is told that too many are signing in does as told: again after a second."""
    talk = Talk(ours.scene.port)
    while True:
        said = ours.login(talk, number)
        if said.status == 201:
            return
        if said.status != 429:
            raise RuntimeError(f"{said.status} {said.body[:200]}")
        time.sleep(1)


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _all(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def _running_ours(folder: Path, dsn: str) -> Generator[Ours]:
    environ = {"BASEDMUSIC_DATABASE_URL": dsn, "BASEDMUSIC_TRUSTED_PROXIES": "127.0.0.1/32"}
    scene = Scene(folder / "ours" / "scene", environ=environ)
    scene.start()
    try:
        yield Ours(scene, CROWD)
    finally:
        scene.stop()


def _database(postgres: EmbeddedPostgres, name: str) -> str:
    async def create() -> None:
        conn = await asyncpg.connect(postgres.dsn())
        await conn.execute(f"CREATE DATABASE {name}")
        await conn.close()

    asyncio.run(create())
    return name


def _place(dsn: str) -> dict[str, str]:
    """The database in the words of Django."""
    parts, query = urlsplit(dsn), parse_qs(urlsplit(dsn).query)
    host = parts.hostname or query.get("host", [""])[0]
    return {
        "PEER_DB": parts.path.lstrip("/"),
        "PEER_USER": parts.username or query.get("user", [""])[0],
        "PEER_PASSWORD": unquote(parts.password or ""),
        "PEER_HOST": host,
        "PEER_PORT": str(parts.port or query.get("port", ["5432"])[0]),
    }
