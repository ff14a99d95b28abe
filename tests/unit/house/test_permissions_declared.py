"""Every route says in the OpenAPI document what it asks of its caller."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from basedmusic.accounts import Verb
from basedmusic.app.web import build_app
from basedmusic.platform.http.permission import KEY, LINK, PUBLIC, VERB, WORDS, permission
from basedmusic.platform.settings import read_settings

METHODS = ("get", "post", "put", "patch", "delete")
KNOWN = WORDS | {VERB + verb for verb in Verb}


def undeclared(document: dict[str, Any]) -> Iterator[str]:
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations and operations[method].get(KEY) not in KNOWN:
                yield f"{method.upper()} {path}"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    data = str(tmp_path_factory.mktemp("data"))
    return build_app(read_settings({"BASEDMUSIC_DATA": data})).openapi()


def test_every_route_declares_its_permission(document: dict[str, Any]):
    missing = list(undeclared(document))
    assert not missing, (
        f"{missing}: give each `openapi_extra=permission(…)` of basedmusic.platform.http.permission"
    )


def test_a_route_without_one_is_seen(document: dict[str, Any]):
    planted = {"paths": document["paths"] | {"/api/v1/planted": {"get": {"responses": {}}}}}
    assert list(undeclared(planted)) == ["GET /api/v1/planted"]


def test_whatever_is_not_for_everybody_needs_signing_in(document: dict[str, Any]):
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                signed_in = bool(operations[method].get("security"))
                assert signed_in == (operations[method][KEY] not in (PUBLIC, LINK)), f"{method} {path}"


def test_a_word_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="no permission"):
        permission("everybody")


def test_the_folder_is_not_touched(tmp_path: Path):
    """The document is made without a scene."""
    build_app(read_settings({"BASEDMUSIC_DATA": str(tmp_path / "none")})).openapi()
    assert not (tmp_path / "none").exists()
