"""Identifiers. Rows get theirs from PostgreSQL's uuidv7(); slices name their own with NewType."""

from typing import NewType
from uuid import UUID

PartyId = NewType("PartyId", UUID)
"""Whoever can be followed, blocked, written to: person, artist, venue, organiser, scene."""

AccountId = NewType("AccountId", UUID)
"""A person's sign-in. Equal to the `PartyId` of that person."""
