"""The embedded PostgreSQL: found, made, started, kept alive and ended without anybody's care.

    database = EmbeddedPostgres(settings.data)
    dsn = database.start()          # starts the server, or joins the one that runs
    ...
    database.ensure()               # a supervisor, every second or so: heals what died
    database.release()              # the last one out ends the server

Who does what: `server` is the handle above; `guard` is the little process that owns the server and ends it
when the last user is gone; `cluster` makes and configures the cluster; `folder` knows where things lie;
`account` and `binaries` settle as whom and from where the server runs. Standard library only.
"""

from .errors import (
    DatabaseBinariesMissing,
    DatabaseDidNotStart,
    DataFolderUnreachable,
    DataFolderWrongVersion,
    SystemUserMissing,
)
from .server import EmbeddedPostgres

__all__ = [
    "DataFolderUnreachable",
    "DataFolderWrongVersion",
    "DatabaseBinariesMissing",
    "DatabaseDidNotStart",
    "EmbeddedPostgres",
    "SystemUserMissing",
]
