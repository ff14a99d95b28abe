"""python -m tools.permissions: write docs/reference/permissions.md, the matrix that the tests play."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.support.matrix.expectations import Caller, Outcome, Route, expect, routes_of
from tests.support.matrix.recipes import calls_of

from basedmusic.accounts.rules.permissions import PERMISSIONS
from basedmusic.app.web import build_app
from basedmusic.platform.settings import read_settings

PLACE = Path(__file__).parent.parent / "docs" / "reference" / "permissions.md"
PREFIX = "/api/v1"
SIGNS = {Outcome.ALLOWED: "✓", Outcome.SIGN_IN: "401", Outcome.REFUSED: "403", Outcome.INVISIBLE: "404"}

HEAD = """\
# Who may do what

Written by `make schema` from the OpenAPI document (`x-permission` of each route) and the table of permissions;
`tests/http/test_permissions.py` calls every cell. A change here is a change of what people may do.

✓ let through · 401 sign in first · 403 refused · 404 as if it were not there. Door to owner are roles in the party
that the thing belongs to; a stranger owns another party; moderator and admin are of the scene, and of no party.

## Roles in a party

"""


def render(document: Mapping[str, Any]) -> str:
    """The page, from the OpenAPI document."""
    roles = [caller for caller in Caller if caller.role is not None]
    table = [_row("", *roles), _rule(len(roles) + 1)]
    for verb, allowed in PERMISSIONS.items():
        table.append(_row(verb.replace("_", " "), *("✓" if one.role in allowed else "" for one in roles)))
    routes = sorted(routes_of(document), key=lambda route: (route.path, route.method))
    table += ["", "## Routes", "", f"Below `{PREFIX}`.", ""]
    table += [_row("route", "asks", "on", *Caller), _rule(len(Caller) + 3)]
    table += [row for route in routes for row in _rows(route)]
    return HEAD + "\n".join(table) + "\n"


def _rows(route: Route) -> Iterator[str]:
    try:
        calls = list(calls_of(route))
    except LookupError as error:  # the suite says the same, and fails
        print(error.args[0], file=sys.stderr)
        return
    for call in calls:
        cells = [SIGNS[expect(route.permission, caller, call.thing)] for caller in Caller]
        asks = route.permission.removeprefix("verb:").replace("_", " ")
        yield _row(f"`{route.method} {route.path.removeprefix(PREFIX)}`", asks, call.thing.words, *cells)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _rule(columns: int) -> str:
    return "|" + "---|" * columns


def main() -> None:
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    PLACE.write_text(render(build_app(read_settings({})).openapi()))


if __name__ == "__main__":
    main()
