"""What becomes of a table's rows when a person asks for their data, or asks to be forgotten."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TablePolicy:
    """One table's answer, in words that the privacy page can show. Every table of every slice has one."""

    table: str
    """`schema.table`."""
    export: str | None
    """What of it goes into a person's export, or None where nothing in it is about a person."""
    erase: str
    """What erasing a person does to it, and why where something stays."""
