"""The matrix of permissions: every route × every kind of caller × whose thing, asserted over HTTP.

What must come follows from the permission that the route declares (`tests.support.matrix.expectations`). Each
cell runs on the same scene and is rolled back, so none depends on another.
"""

from collections.abc import Generator, Iterable

import pytest
from tests.support.databases import fresh_database
from tests.support.matrix.expectations import Caller, Outcome, Route, expect, routes_of
from tests.support.matrix.recipes import Call, calls_of
from tests.support.matrix.stage import KEY_SCOPES, Stage, outcome_of, set_stage
from tests.support.rolled_back import RolledBack, rolled_back
from tests.support.server import running_site
from tools.permissions import PLACE, render

from basedmusic.accounts.contracts import KeyOutOfScope, Scope
from basedmusic.accounts.rules.keys import can_use_key
from basedmusic.app.web import build_app
from basedmusic.platform.http.permission import ADMIN, KEY, MODERATOR, OPENED, PUBLIC, VERB
from basedmusic.platform.postgres import EmbeddedPostgres
from basedmusic.platform.settings import read_settings

DOCUMENT = build_app(read_settings({})).openapi()
ROUTES = {route.name: route for route in routes_of(DOCUMENT)}


@pytest.fixture(scope="module")
def stage(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Stage]:
    with fresh_database(postgres) as dsn, running_site(dsn, tmp_path_factory.mktemp("matrix")) as site:
        yield set_stage(site)


@pytest.fixture(scope="module")
def cells(stage: Stage) -> Generator[RolledBack]:
    with rolled_back(stage.site) as cells:
        yield cells


def play(
    stage: Stage, cells: RolledBack, route: Route, callers: Iterable[Caller] = Caller
) -> Generator[tuple[Call, Caller, Outcome, Outcome | str]]:
    """Each cell of a route: what must come, and what came."""
    for call in calls_of(route):
        for caller in callers:
            with cells.cell():
                came = outcome_of(stage.send(call, caller), call)
            yield call, caller, expect(route.permission, caller, call.thing), came


@pytest.mark.parametrize("name", ROUTES)
def test_whoever_calls_is_let_through_refused_or_sees_nothing_as_declared(
    stage: Stage, cells: RolledBack, name: str
):
    wrong = [
        f"{caller} on {call.thing.words or 'it'}: {came}, not {wanted}"
        for call, caller, wanted, came in play(stage, cells, ROUTES[name])
        if came != wanted
    ]
    assert not wrong, "\n".join([f"{name} ({ROUTES[name].permission})", *wrong])


ROLES = {
    "SELECT m.role, p.frozen_at IS NOT NULL AS frozen": "SELECT 'owner' AS role, false AS frozen",
    "m.account_id = $2 AND m.party_kind <> 'scene'": "$2::uuid IS NOT NULL",
    "m.account_id = $3 AND m.party_kind <> 'scene'": "$3::uuid IS NOT NULL",
}
"""Everybody is an owner everywhere."""
SCENE_ROLES = {
    "SELECT role FROM accounts.membership WHERE account_id = $1 AND party_kind = 'scene'": (
        "SELECT 'admin' WHERE $1::uuid IS NOT NULL"
    )
}
DRAFTS = {"m.account_id = $1": "($1::uuid IS NULL OR true)"}
"""Everybody sees what members see."""
OWN = {"WHERE id = $2 AND account_id = $1": "WHERE id = $2 AND $1::uuid IS NOT NULL"}


@pytest.mark.parametrize("scope", KEY_SCOPES)
def test_a_key_opens_what_its_scope_says_and_nothing_else(stage: Stage, cells: RolledBack, scope: Scope):
    """Of an owner, who may do all of it when signed in."""
    wrong: list[str] = []
    for route in ROUTES.values():
        call = next(iter(calls_of(route)))
        with cells.cell():
            answer = stage.send(call, Caller.OWNER, stage.keys[scope])
        refused = answer.status_code == 403 and answer.json()["code"] == KeyOutOfScope.code
        opened = can_use_key(frozenset({scope}), route.method, route.permission, route.operation.get(OPENED))
        asked = bool(route.operation.get("security"))  # others don't look at who calls, or not always
        if (refused and opened) or (asked and not refused and not opened):
            wrong.append(f"{route.name}: {answer.status_code} {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)


def seen(stage: Stage, cells: RolledBack, route: Route, guards: dict[str, str]) -> list[str]:
    """The cells in which somebody is let through who should not be, with guards off."""
    with cells.without(guards):
        return [
            f"{caller} on {call.thing.words}"
            for call, caller, wanted, came in play(stage, cells, route)
            if came is Outcome.ALLOWED is not wanted
        ]


@pytest.mark.parametrize(
    "name", [name for name, route in ROUTES.items() if route.permission.startswith(VERB)]
)
def test_a_missing_check_of_a_role_is_seen(stage: Stage, cells: RolledBack, name: str):
    assert seen(stage, cells, ROUTES[name], ROLES | DRAFTS)


@pytest.mark.parametrize(
    "name", [name for name, route in ROUTES.items() if route.permission in (MODERATOR, ADMIN)]
)
def test_a_missing_check_of_a_role_in_the_scene_is_seen(stage: Stage, cells: RolledBack, name: str):
    assert seen(stage, cells, ROUTES[name], SCENE_ROLES)


def test_a_draft_that_anybody_may_see_is_seen(stage: Stage, cells: RolledBack):
    for name in ("GET /api/v1/tracks/{track_id}", "GET /api/v1/releases/{release_id}"):
        assert any("draft" in cell for cell in seen(stage, cells, ROUTES[name], DRAFTS)), name


def test_a_session_that_anybody_may_end_is_seen(stage: Stage, cells: RolledBack):
    route = ROUTES["DELETE /api/v1/me/sessions/{session_id}"]
    assert any("another's" in cell for cell in seen(stage, cells, route, OWN))


def test_every_route_can_be_called_in_the_matrix():
    lacking: list[str] = []
    for route in ROUTES.values():
        try:
            list(calls_of(route))
        except LookupError as error:
            lacking.append(str(error.args[0]))
    assert not lacking, "\n".join(lacking)


def test_a_route_without_a_recipe_is_seen():
    planted = {"get": {KEY: PUBLIC, "parameters": [{"name": "planted_id", "in": "path"}]}}
    (route,) = routes_of({"paths": {"/api/v1/planted/{planted_id}": planted}})
    with pytest.raises(LookupError, match="Add the things it names to THINGS"):
        calls_of(route)


def test_the_table_of_permissions_is_current():
    assert PLACE.read_text() == render(DOCUMENT), (
        "run `make schema`, which writes docs/reference/permissions.md"
    )
