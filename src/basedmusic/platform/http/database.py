"""The database as a request meets it: the dependencies of routes. Apart from `platform.db`, so that a process
without routes loads no web framework."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from basedmusic.platform.db import Connection, Database, Tx


def database_of(connection: HTTPConnection) -> Database:
    """The process's database, put into the application's state by the composition root."""
    return connection.app.state.database


async def _transaction(connection: HTTPConnection) -> AsyncGenerator[Tx]:
    async with database_of(connection).transaction() as tx:
        yield tx


async def _read(connection: HTTPConnection) -> AsyncGenerator[Connection]:
    async with database_of(connection).connection() as conn:
        yield conn


# scope="function": FastAPI must commit before it answers, or a failed COMMIT would follow a 201.
Transaction = Annotated[Tx, Depends(_transaction, scope="function")]
ReadConnection = Annotated[Connection, Depends(_read, scope="function")]
