"""`basedmusic user …` and `basedmusic audit`: what the page's admin does, from the shell, in the same log."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime, time

from basedmusic import accounts
from basedmusic.accounts import AuditAct, BrokenLink, Hand, Person, Role
from basedmusic.app.wiring import Scene, open_scene
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.page import MAX_LIMIT, PageRequest
from basedmusic.platform.log import configure_logging
from basedmusic.platform.settings import Settings

Verb = Callable[[Scene, argparse.Namespace], Awaitable[None]]
LOG_SHOWN = 50


def run_verb(settings: Settings, arguments: argparse.Namespace, clock: Clock = utc_now) -> int:
    configure_logging(settings.log_level, settings.log_format)
    arguments.now = clock()

    async def run() -> None:
        async with open_scene(settings, connections=2) as scene:
            await VERBS[arguments.verb](scene, arguments)

    asyncio.run(run())
    return 0


def run_audit(settings: Settings, *, verify: bool) -> int:
    """Exit code 1 when the log is broken."""
    configure_logging(settings.log_level, settings.log_format)

    async def run() -> int:
        async with open_scene(settings, connections=2) as scene:
            return await (_verify(scene) if verify else _show_log(scene, None))

    return asyncio.run(run())


async def _add(scene: Scene, given: argparse.Namespace) -> None:
    password = _password()
    async with scene.database.transaction() as tx:
        account = await accounts.create_account(
            tx, email=given.email, password=password, display_name=given.display_name
        )
        if given.admin:
            await accounts.set_scene_role(tx, account.id, Role.ADMIN, by=Hand.SHELL)
        await accounts.record(
            tx, Hand.SHELL, AuditAct.ACCOUNT_ADDED, subject_kind="account", subject_id=account.id
        )
    print(f"{given.email} can sign in at {scene.settings.address}")


async def _list(scene: Scene, given: argparse.Namespace) -> None:
    page = PageRequest(MAX_LIMIT)
    async with scene.database.connection() as conn:
        found = await accounts.find_people(conn, given.query, given.now, page)
    for person in found.items:
        print(_line(person))
    if not found.items:
        print("Nobody is found.")
    if found.next:
        print(f"… and more than {MAX_LIMIT}; give a longer part of the name.")


async def _show(scene: Scene, given: argparse.Namespace) -> None:
    async with scene.database.connection() as conn:
        account_id = await accounts.get_account_id(conn, given.email)
        person = await accounts.find_person(conn, account_id, given.now)
        profiles = await accounts.list_profiles(conn, account_id)
    print(_line(person))
    print(f"id        {person.id}")
    print(f"since     {person.created_at:%Y-%m-%d %H:%M}")
    print(f"standing  {_standing(person)}")
    for profile in profiles:
        print(f"profile   {profile.party.kind} {profile.party.name}, as {profile.role}")
    await _sessions_of(scene, person, given.now)
    await _show_log(scene, str(person.id))


async def _role(scene: Scene, given: argparse.Namespace) -> None:
    role = None if given.role == "none" else Role(given.role)
    async with scene.database.transaction() as tx:
        account_id = await accounts.get_account_id(tx.conn, given.email)
        await accounts.set_scene_role(tx, account_id, role, by=Hand.SHELL)
    print(f"{given.email}: {given.role}")


async def _suspend(scene: Scene, given: argparse.Namespace) -> None:
    until = _day(given.until) if given.until else None
    async with scene.database.transaction() as tx:
        account_id = await accounts.get_account_id(tx.conn, given.email)
        await accounts.suspend_account(tx, Hand.SHELL, account_id, given.reason, until, given.now)
    print(
        f"{given.email} is suspended{f' until {until:%Y-%m-%d}' if until else ''} and signed out everywhere"
    )


async def _lift(scene: Scene, given: argparse.Namespace) -> None:
    async with scene.database.transaction() as tx:
        account_id = await accounts.get_account_id(tx.conn, given.email)
        await accounts.lift_suspension(tx, Hand.SHELL, account_id)
    print(f"{given.email} may sign in again")


async def _sessions(scene: Scene, given: argparse.Namespace) -> None:
    async with scene.database.connection() as conn:
        account_id = await accounts.get_account_id(conn, given.email)
        person = await accounts.find_person(conn, account_id, given.now)
    if not given.end:
        await _sessions_of(scene, person, given.now)
        return
    async with scene.database.transaction() as tx:
        await accounts.end_sessions_of(tx, Hand.SHELL, account_id)
    print(f"{given.email} is signed out everywhere")


async def _set_password(scene: Scene, given: argparse.Namespace) -> None:
    password = _password()
    async with scene.database.transaction() as tx:
        account_id = await accounts.get_account_id(tx.conn, given.email)
        await accounts.set_password(tx, Hand.SHELL, account_id, password)
    print(f"{given.email} has a new password and is signed out everywhere")


VERBS: Mapping[str, Verb] = {
    "add": _add,
    "list": _list,
    "show": _show,
    "role": _role,
    "suspend": _suspend,
    "lift": _lift,
    "sessions": _sessions,
    "password": _set_password,
}


async def _verify(scene: Scene) -> int:
    async with scene.database.connection() as conn:
        found = await accounts.verify_chain(conn)
    if isinstance(found, BrokenLink):
        print(f"The log is broken at entry {found.seq}: {found.why}.")
        return 1
    print(f"The log is whole: {found.seq} entries, the last with hash {found.hash.hex()}.")
    return 0


async def _show_log(scene: Scene, subject_id: str | None) -> int:
    """The latest entries, newest first."""
    async with scene.database.connection() as conn:
        page = await accounts.find_records(conn, PageRequest(LOG_SHOWN), subject_id=subject_id)
    for entry in page.items:
        by = entry.actor_name or entry.actor_id or entry.hand
        about = entry.subject_name or entry.subject_id or ""
        details = "" if entry.payload is None else dict(entry.payload) or ""
        print(f"{entry.seq}  {entry.at:%Y-%m-%d %H:%M}  {entry.act}  {about}  by {by}  {details}".rstrip())
    if not page.items:
        print("The log has no entry.")
    return 0


async def _sessions_of(scene: Scene, person: Person, now: datetime) -> None:
    async with scene.database.connection() as conn:
        page = await accounts.find_sessions(conn, person.id, now, PageRequest(MAX_LIMIT))
    for one in page.items:
        device = one.device or "an unnamed device"
        print(
            f"session   {device}, since {one.created_at:%Y-%m-%d %H:%M}, seen {one.last_seen_at:%Y-%m-%d %H:%M}"
        )
    if not page.items:
        print("session   none")


def _line(person: Person) -> str:
    role = f"  {person.scene_role}" if person.scene_role else ""
    suspended = "  suspended" if person.suspension else ""
    return f"{person.email}  {person.name}{role}{suspended}"


def _standing(person: Person) -> str:
    if person.suspension is None:
        return "may sign in"
    until = (
        f"{person.suspension.until:%Y-%m-%d %H:%M} UTC" if person.suspension.until else "somebody lifts it"
    )
    return f"suspended until {until}: {person.suspension.reason}"


def _password() -> str:
    return sys.stdin.readline().rstrip("\n")


def _day(text: str) -> datetime:
    """The beginning of a day, in UTC. Raises Invalid."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        raise Invalid(f"{text} is no day; write it like 2027-01-31", field="until") from None
