"""The API against its own document: whatever fits the schema, and much that does not, breaks nothing."""

from typing import Any

import pytest
import schemathesis
from hypothesis import Phase, given, settings
from schemathesis.checks import not_a_server_error
from tests.support.server import Person, Site

EXAMPLES = 12
"""Per operation; some thirty operations."""


@pytest.fixture(scope="module")
def operations(site: Site) -> list[Any]:
    schema: Any = schemathesis.openapi.from_url(f"{site.address}/api/openapi.json")
    return [result.ok() for result in schema.get_all_operations()]


def test_nothing_breaks_the_api(site: Site, band: Person, operations: list[Any]):
    assert len(operations) > 20
    for operation in operations:
        _try(operation, site, band)


def _try(operation: Any, site: Site, band: Person) -> None:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
    )
    def call(case: Any) -> None:
        if case.path == "/api/v1/events":
            return  # never ends by itself
        answer = case.call(
            base_url=site.address,
            headers={"Authorization": f"Bearer {band.token}"} if "sessions" not in case.path else None,
        )
        case.validate_response(answer, checks=[not_a_server_error])

    call()
