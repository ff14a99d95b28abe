"""The API against its own document, as visitor, listener, artist and admin: nothing breaks, no answer is
undocumented, and none holds what is another account's. `python -m tools.fuzz_api` does the same for longer."""

from collections.abc import Generator
from copy import deepcopy

import pytest
from tests.support.databases import fresh_database
from tests.support.fuzzing import CALLERS, Fuzzing
from tests.support.matrix.expectations import routes_of
from tests.support.matrix.stage import set_stage
from tests.support.rolled_back import rolled_back
from tests.support.server import running_site

from basedmusic.app.web import build_app
from basedmusic.platform.postgres import EmbeddedPostgres
from basedmusic.platform.settings import read_settings

EXAMPLES = 2
"""Requests per operation and caller."""
OPERATIONS = [route.name for route in routes_of(build_app(read_settings({})).openapi())]


@pytest.fixture(scope="module")
def fuzzing(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Fuzzing]:
    with fresh_database(postgres) as dsn, running_site(dsn, tmp_path_factory.mktemp("schema")) as site:
        stage = set_stage(site)
        with rolled_back(site) as cells:
            yield Fuzzing(stage, cells)


@pytest.mark.timeout(600)
def test_nothing_breaks_is_undocumented_or_leaks(fuzzing: Fuzzing):
    for operation in fuzzing.operations:
        fuzzing.run(operation, EXAMPLES)
    assert {name for name, _, _ in fuzzing.answers} >= set(OPERATIONS) - {"GET /api/v1/events"}
    assert not fuzzing.findings, "\n\n".join(
        f"{one.operation} as {one.caller}: {one.what}\n{one.how}" for one in fuzzing.findings.values()
    )


def test_each_caller_is_let_through_somewhere(fuzzing: Fuzzing):
    """Or the run would prove little."""
    for caller in CALLERS:
        good = {name for name, who, status in fuzzing.answers if who == caller and status < 300}
        assert len(good) > 4, (caller, sorted(good))


def test_a_leak_is_seen(fuzzing: Fuzzing):
    """A listener is sent the drafts of others when the view that hides them is passed over."""
    guards = {"m.account_id = $1": "($1::uuid IS NULL OR true)"}
    own = Fuzzing(fuzzing.stage, fuzzing.cells)
    (operation,) = [one for one in own.operations if one.label == "GET /api/v1/artists/{artist_id}/tracks"]
    assert own.cells is not None
    with own.cells.without(guards):
        own.run(operation, 40)
    assert any("leaks" in one.what for one in own.findings.values()), own.answers


def test_an_undocumented_answer_is_seen(fuzzing: Fuzzing):
    document = deepcopy(fuzzing.stage.site.app.openapi())
    del document["paths"]["/api/v1/artists/{key}"]["get"]["responses"]["4XX"]
    own = Fuzzing(fuzzing.stage, fuzzing.cells, document)
    (operation,) = [one for one in own.operations if one.label == "GET /api/v1/artists/{key}"]
    own.run(operation, 12)
    assert any("ndocumented" in one.what for one in own.findings.values()), own.answers
