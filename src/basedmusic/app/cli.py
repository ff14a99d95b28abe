"""The `basedmusic` command. Each subcommand loads only what it needs: the supervisor stays small."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from basedmusic import __version__
from basedmusic.platform.settings import PREFIX, SettingInvalid, Settings, read_settings

Command = Callable[[Settings, argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Exit codes: 0 done, 1 it could not be done (said on standard error), 2 the call was wrong."""
    arguments = _parser().parse_args(argv)
    try:
        settings = read_settings({**os.environ, **_from_options(arguments)})
    except SettingInvalid as error:
        print(f"basedmusic: {error}", file=sys.stderr)
        return 2
    try:
        return arguments.command(settings, arguments)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not _is_meant_for_people(error):
            raise
        print(f"basedmusic: {error}", file=sys.stderr)
        return 1


def _is_meant_for_people(error: Exception) -> bool:
    """Errors of ours carry a sentence; anything else is a defect and deserves its traceback."""
    return type(error).__module__.startswith("basedmusic.")


def _from_options(arguments: argparse.Namespace) -> dict[str, str]:
    options = {"DATA": arguments.data, "HOST": arguments.host, "PORT": arguments.port}
    return {PREFIX + name: value for name, value in options.items() if value is not None}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="basedmusic", description="One city's music scene on one server.")
    parser.add_argument("--version", action="version", version=f"basedmusic {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", metavar="DIR", help=f"everything this scene keeps ({PREFIX}DATA)")
    common.add_argument("--host", help=f"address to listen on ({PREFIX}HOST)")
    common.add_argument("--port", help=f"port to listen on ({PREFIX}PORT)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Command, says: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common], help=says, description=says)
        sub.set_defaults(command=run)
        return sub

    serve = add("serve", _serve, "run the whole scene: database, web and worker, restarting what dies")
    serve.add_argument("--demo", action="store_true", help="fill an empty scene with demo content")
    add("web", _web, "run one web process")
    add("worker", _worker, "run one worker process")
    add("migrate", _migrate, "bring the database up to date")
    add("doctor", _doctor, "say what is wrong and how to mend it")
    add("demo", _demo, "fill the scene with synthesised demo content")
    add("openapi", _openapi, "print the OpenAPI document")
    add("bounce", _bounce, "note a mail that came back: its notification is read from standard input")
    says = "people: make accounts, find, suspend, sign out, give roles and passwords"
    _add_verbs(commands.add_parser("user", help=says, description=says), common)
    audit = add("audit", _audit, "list what was done with power over others, or check the log of it")
    audit.add_argument(
        "--verify", action="store_true", help="follow the whole chain; exit code 1 if it is broken"
    )
    jobs = add("jobs", _jobs, "list the jobs that failed for good, or let one run again")
    jobs.add_argument("--release", metavar="ID", type=int, help="let this job run again")
    return parser


def _add_verbs(user: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    users = user.add_subparsers(required=True, metavar="VERB")

    def add(verb: str, says: str, *, email: bool = True) -> argparse.ArgumentParser:
        sub = users.add_parser(verb, parents=[common], help=says, description=says)
        sub.set_defaults(command=_user, verb=verb)
        if email:
            sub.add_argument("email")
        return sub

    made = add("add", "make an account; the password is read from standard input")
    made.add_argument("display_name", metavar="NAME")
    made.add_argument("--admin", action="store_true", help="who runs the scene")
    found = add("list", "find people by a part of a name or address", email=False)
    found.add_argument("query", nargs="?", default="", metavar="QUERY")
    add("show", "everything about one account that an operator may need")
    role = add("role", "make somebody an admin or a moderator of the scene, or neither")
    role.add_argument("role", choices=("admin", "moderator", "none"))
    suspended = add("suspend", "sign somebody out everywhere and keep them from signing in")
    suspended.add_argument("--reason", required=True, help="what they are told")
    suspended.add_argument("--until", metavar="DAY", help="when it ends, such as 2027-01-31; open without it")
    add("lift", "let somebody who was suspended sign in again")
    sessions = add("sessions", "where somebody is signed in")
    sessions.add_argument("--end", action="store_true", help="sign them out everywhere")
    add("password", "set a new password, read from standard input, and sign them out everywhere")


def _serve(settings: Settings, arguments: argparse.Namespace) -> int:
    from basedmusic.app.supervisor import serve

    return serve(settings, demo=arguments.demo)


def _web(settings: Settings, _: argparse.Namespace) -> int:
    from basedmusic.app.web import run_web

    return run_web(settings)


def _worker(settings: Settings, _: argparse.Namespace) -> int:
    from basedmusic.app.worker import run_worker

    return run_worker(settings)


def _migrate(settings: Settings, _: argparse.Namespace) -> int:
    from basedmusic.app.commands import migrate

    return migrate(settings)


def _doctor(settings: Settings, _: argparse.Namespace) -> int:
    from basedmusic.app.doctor import run_doctor

    return run_doctor(settings)


def _demo(settings: Settings, _: argparse.Namespace) -> int:
    from basedmusic.app.demo.scene import run_demo

    return run_demo(settings)


def _openapi(settings: Settings, _: argparse.Namespace) -> int:
    from basedmusic.app.commands import print_openapi

    return print_openapi(settings)


def _user(settings: Settings, arguments: argparse.Namespace) -> int:
    from basedmusic.app.people import run_verb

    return run_verb(settings, arguments)


def _audit(settings: Settings, arguments: argparse.Namespace) -> int:
    from basedmusic.app.people import run_audit

    return run_audit(settings, verify=arguments.verify)


def _bounce(settings: Settings, _: argparse.Namespace) -> int:
    from basedmusic.app.commands import note_bounce

    return note_bounce(settings, sys.stdin.buffer.read())


def _jobs(settings: Settings, arguments: argparse.Namespace) -> int:
    from basedmusic.app.commands import held_jobs

    return held_jobs(settings, arguments.release)
