"""The API against its own document: what fits it and much that does not, sent by schemathesis as four kinds of
caller. Nothing may break, no answer may be undocumented, and none may hold what is another account's."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.support.matrix.expectations import Caller
from tests.support.matrix.recipes import THINGS
from tests.support.matrix.stage import Stage, sign_in_again
from tests.support.rolled_back import RolledBack

CALLERS = {
    "visitor": Caller.VISITOR,
    "listener": Caller.LISTENER,
    "artist": Caller.OWNER,
    "admin": Caller.ADMIN,
}
ENDLESS = frozenset({"/api/v1/events"})
"""Server-sent events, which never end; tests/http has them."""
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
WAIT_S = 30
STRANGERS = {
    "artist_id": "strangers_party",
    "party_id": "strangers_party",
    "release_id": "strangers_release",
    "track_id": "strangers_track",
}
"""What is asked for although it is somebody else's."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an answer should not have been."""

    operation: str
    caller: str
    what: str
    how: str
    """A command that does it again."""


@dataclass
class Fuzzing:
    """What was sent and what came of it, so far."""

    stage: Stage
    cells: RolledBack | None = None
    """Where each request is rolled back; None: what happens stays."""
    document: dict[str, Any] | None = None
    """That the answers are held against; None: the application's own."""
    answers: Counter[tuple[str, str, int]] = field(default_factory=Counter[tuple[str, str, int]])
    """By operation, caller and status."""
    findings: dict[tuple[str, str], Finding] = field(default_factory=dict[tuple[str, str], Finding])
    """The first of each kind."""

    def __post_init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._secrets = {name: frozenset(secrets_from(self.stage, one)) for name, one in CALLERS.items()}
        self._ids = known_ids(self.stage)
        document = self.document or self.stage.site.app.openapi()
        schema: Any = schemathesis.openapi.from_dict(document)
        operations = [result.ok() for result in schema.get_all_operations()]
        self.operations = [one for one in operations if one.path not in ENDLESS]

    def run(self, operation: Any, examples: int, number: int | None = None) -> None:
        """`examples` requests as each caller; always the same ones, or those of seed `number`."""

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=number is None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.filter_too_much,
                HealthCheck.data_too_large,
                HealthCheck.large_base_example,
            ],
        )
        @given(case=_cases(operation, self._ids))
        def send(case: Any) -> None:
            for caller in CALLERS:
                self._send(case, caller)

        (send if number is None else seed(number)(send))()

    def _send(self, case: Any, caller: str) -> None:
        headers = {"X-Forwarded-For": "10.255.0.1"}
        token = self.stage.callers[CALLERS[caller]].headers.get("Authorization")
        if token:
            headers["Authorization"] = token
        cell: AbstractContextManager[None] = self.cells.cell() if self.cells else nullcontext()
        with cell:
            answer = case.call(
                base_url=self.stage.site.address, session=self._session, headers=headers, timeout=WAIT_S
            )
        name = f"{case.method} {case.operation.path}"
        self.answers[name, caller, answer.status_code] += 1
        for what in (*_against_document(case, answer), *self._leaks(case, caller, answer)):
            self.findings.setdefault((name, what), Finding(name, caller, what, case.as_curl_command()))
        if answer.status_code == 401 and token and not self.cells:
            sign_in_again(self.stage, CALLERS[caller])

    def _leaks(self, case: Any, caller: str, answer: Any) -> Iterator[str]:
        """Secrets of others in an answer; what the request itself said may come back."""
        text = answer.content.decode("utf-8", "replace") + repr(answer.headers)
        for secret in self._secrets[caller]:
            if secret in text and secret not in f"{case.path_parameters}{case.query}{case.body}":
                yield f"leaks {secret!r}"


def secrets_from(stage: Stage, caller: Caller) -> Iterator[str]:
    """What `caller` must never be told."""
    yield from (text for owner, text in stage.secrets if owner is not caller)
    if caller is not Caller.ADMIN:
        yield from (text for owner, text in stage.personal if owner is not caller)


def known_ids(stage: Stage) -> Mapping[str, Sequence[str]]:
    """What is there, by the parameter that may name it, so that a request gets as far as it can."""
    found: dict[str, set[str]] = {}
    for things in THINGS.values():
        for thing in things:
            for parameter, name in thing.fills.items():
                found.setdefault(parameter, set()).add(stage.ids[name])
    for parameter, name in STRANGERS.items():
        found[parameter].add(stage.ids[name])
    found["key"] = {stage.ids[name] for name in ("party", "venue", "organiser")}
    return {name: sorted(ids) for name, ids in found.items()}


@st.composite
def _cases(draw: Any, operation: Any, ids: Mapping[str, Sequence[str]]) -> Any:
    """A request of schemathesis's making, three times in four about something that is there."""
    case = draw(operation.as_strategy())
    body = case.body if isinstance(case.body, dict) else {}
    for part in (case.path_parameters or {}, case.query or {}, body):
        for name in part.keys() & ids.keys():
            if draw(st.integers(0, 3)):
                part[name] = draw(st.sampled_from(ids[name]))
    return case


def _against_document(case: Any, answer: Any) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"server error {answer.status_code}"
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as group:
        yield from map(_told, group.exceptions)
    except Failure as failure:
        yield _told(failure)


def _told(failure: Failure) -> str:
    return f"{failure.title}: {failure.message}"[:400]
