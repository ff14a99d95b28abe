"""What becomes of a table's rows when a person asks for their data, or asks to be forgotten.

Each slice says it of its own tables in `privacy.py`, in words for the person and in SQL for the two jobs.
"""

from dataclasses import dataclass
from enum import StrEnum


class Key(StrEnum):
    """By what a table knows a person: `$1` of its statements."""

    ACCOUNT = "account"
    """`uuid`: the account's id, which is the id of the person's party too."""
    ADDRESSES = "addresses"
    """`text[]`: their mail addresses, case-folded; for an export those only that they confirmed."""


class Erasure(StrEnum):
    """How a person leaves a table."""

    CASCADED = "cascaded"
    """Their rows go with their party's row, by foreign keys."""
    FORGOTTEN = "forgotten"
    """`forget` deletes the rows, or takes the person out of them."""
    SWEPT = "swept"
    """By itself, at the latest after the time that `erase` names."""
    KEPT = "kept"
    """Nothing in it is about a person, or it stays for the reason that `erase` gives."""


@dataclass(frozen=True, slots=True)
class TablePolicy:
    """One table's answer. Every table of every slice has one."""

    table: str
    """`schema.table`."""
    export: str
    """What of it goes into a person's export; where nothing does, why. The export's index shows this sentence."""
    erase: str
    """What erasing a person does to it, and why where something stays."""
    how: Erasure
    rows: str | None = None
    """`SELECT` of what the export gets, None where nothing of it is about a person."""
    withheld: tuple[str, ...] = ()
    """The table's columns that `rows` leaves out on purpose: hashes of secrets, keys into our own stores."""
    forget: str | None = None
    """The one statement that makes the table forget the person; with FORGOTTEN only. Must be safe to run twice."""
    key: Key = Key.ACCOUNT
    files: str | None = None
    """`SELECT key, name` of blobs for the export, with the names that they get in it. `$1` as in `rows`."""
