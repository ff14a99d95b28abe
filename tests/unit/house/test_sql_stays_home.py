"""A slice's SQL writes its own schema only, and reads others through their `v_*` views."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

SOURCE = Path(__file__).parents[3] / "src" / "basedmusic"
SCHEMAS = {"accounts", "catalog", "ingest", "streaming", "shows", "platform", "jobs"}
HOME = {"platform": {"platform", "jobs"}}
"""PgQueuer's tables have a schema of their own, and platform/queue is its owner."""


def sql_of_module(path: Path) -> Iterator[str]:
    """Every string of a module that is SQL; f-strings and joined strings with their gaps filled by TRUE."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "TRUE" for part in node.values
            )


def trespasses(slice_: str, sql: str) -> list[str]:
    """What `sql`, written in `slice_`, touches and may not."""
    home = HOME.get(slice_, {slice_})
    found: list[str] = []
    for statement in sqlglot.parse(sql, dialect="postgres", error_level=sqlglot.ErrorLevel.IGNORE):
        for table in statement.find_all(exp.Table) if statement else ():
            if table.db not in SCHEMAS or table.db in home:
                continue
            writes = isinstance(table.parent, (exp.Insert, exp.Update, exp.Delete, exp.Schema))
            if writes or not table.name.startswith("v_"):
                found.append(f"{table.db}.{table.name}")
    return found


def modules() -> list[tuple[str, Path]]:
    return [
        (folder.name, path)
        for folder in sorted(SOURCE.iterdir())
        if folder.is_dir() and folder.name in SCHEMAS | {"app"}
        for path in sorted(folder.rglob("*.py"))
    ]


@pytest.mark.parametrize(("slice_", "path"), modules(), ids=lambda value: getattr(value, "name", value))
def test_sql_stays_in_its_schema(slice_: str, path: Path):
    for text in sql_of_module(path):
        if any(f"{schema}." in text for schema in SCHEMAS) and _looks_like_sql(text):
            assert trespasses(slice_, text) == []


def _looks_like_sql(text: str) -> bool:
    return any(word in text for word in ("SELECT", "INSERT", "UPDATE", "DELETE"))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT name FROM accounts.party",
        "INSERT INTO accounts.party (id) VALUES ($1)",
        "UPDATE accounts.v_party SET name = 'x'",
        "SELECT 1 FROM catalog.track t JOIN accounts.membership m ON m.party_id = t.artist_id",
        "WITH gone AS (DELETE FROM ingest.step RETURNING track_id) SELECT * FROM gone",
    ],
)
def test_a_trespass_is_seen(sql: str):
    assert trespasses("catalog", sql)


def test_views_of_others_may_be_read():
    assert trespasses("catalog", "SELECT p.name FROM catalog.track t JOIN accounts.v_party p ON true") == []


def test_there_is_sql_to_look_at():
    seen = [text for slice_, path in modules() if slice_ == "catalog" for text in sql_of_module(path)]
    assert sum("FROM catalog." in text for text in seen) > 10
