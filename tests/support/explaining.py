"""How PostgreSQL would reach the rows of a list: a connection that a store can be given instead of a real one."""

import json
from collections.abc import Iterator
from typing import Any, cast

from basedmusic.platform.db import Connection


class Explaining:
    """Tells how it would fetch, and fetches nothing."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.plan: dict[str, Any] = {}

    @property
    def connection(self) -> Connection:
        """For a store, which uses of one only what this has."""
        return cast("Connection", self)

    async def fetch(self, query: str, *arguments: Any) -> list[Any]:
        (row,) = await self._conn.fetch("EXPLAIN (ANALYZE, FORMAT JSON) " + query, *arguments)
        self.plan = json.loads(row[0])[0]["Plan"]
        return []

    def nodes(self) -> Iterator[dict[str, Any]]:
        waiting = [self.plan]
        while waiting:
            node = waiting.pop()
            waiting += node.get("Plans", [])
            yield node

    def indexes(self) -> set[str]:
        return {node["Index Name"] for node in self.nodes() if "Index Name" in node}

    def walked_whole(self) -> set[str]:
        """Tables read from end to end."""
        return {node["Relation Name"] for node in self.nodes() if node["Node Type"] == "Seq Scan"}

    def rows_read(self, table: str = "track") -> int:
        """Of one table, those filtered out included."""
        return sum(
            round(node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)))
            for node in self.nodes()
            if node.get("Relation Name") == table
        )
