"""Identifiers. Rows get theirs from PostgreSQL's uuidv7(); slices name their own with NewType."""

from typing import NewType
from uuid import UUID

from basedmusic.kernel.errors import NotFound

PartyId = NewType("PartyId", UUID)
"""Whoever can be followed, blocked, written to: person, artist, venue, organiser, scene."""

AccountId = NewType("AccountId", UUID)
"""A person's sign-in. Equal to the `PartyId` of that person."""


def parse_uuid(text: str) -> UUID:
    """The UUID in `text` (RFC 9562 hyphenated or plain hex), or NotFound: no such thing can exist."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
