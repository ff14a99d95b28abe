"""A queue as the page keeps it in the browser's storage, for benchmarks and tests that begin with one."""

import json
from collections.abc import Sequence
from uuid import UUID

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def kept_queue(ids: Sequence[str], index: int) -> dict[str, str]:
    """What the storage holds of a queue that stands at the beginning of its track `index`, by key."""
    place = {"index": index, "id": ids[index], "positionS": 0}
    return {"basedmusic.queue": "".join(map(_packed, ids)), "basedmusic.place": json.dumps(place)}


def _packed(one: str) -> str:
    """Two digits of 64 for every three of 16."""
    hexadecimal = UUID(one).hex
    values = [int(hexadecimal[at : at + 3], 16) for at in range(0, 32, 3)]
    return "".join(DIGITS[value >> 6] + DIGITS[value & 63] for value in values)
