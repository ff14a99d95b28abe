"""A user of the embedded server, in a process of its own: one command a line in, one answer a line out.

Run by whatever Python the account in question can run, so it needs nothing but the standard library.
"""

import json
import sys
from pathlib import Path

from basedmusic.kernel.errors import AppError
from basedmusic.platform.postgres import EmbeddedPostgres


def main() -> None:
    database = EmbeddedPostgres(Path(sys.argv[1]), durable=sys.argv[2] == "durable")
    verbs = {
        "start": database.start,
        "alive": database.is_alive,
        "ensure": database.ensure,
        "release": database.release,
    }
    for line in sys.stdin:
        try:
            answer = {"value": verbs[line.strip()]()}
        except AppError as error:
            answer = {"code": error.code, "detail": error.detail}
        print(json.dumps(answer), flush=True)


main()
