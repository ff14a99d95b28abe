"""Venues, organisers, and any profile in short, on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from basedmusic.accounts.contracts import (
    MAX_ADDRESS,
    MAX_LINKS,
    MAX_PARTY_NAME,
    Card,
    OrganiserType,
    PartyKind,
    ProfileRef,
)
from basedmusic.accounts.rules.profiles import MAX_ABOUT, MAX_CITY
from basedmusic.platform.http.text import BodyIn

ProfileKind = Literal[PartyKind.ARTIST, PartyKind.VENUE, PartyKind.ORGANISER]
Name = Annotated[str, Field(min_length=1, max_length=MAX_PARTY_NAME)]
City = Annotated[str, Field(min_length=1, max_length=MAX_CITY)]
About = Annotated[str, Field(max_length=MAX_ABOUT)]
Website = Annotated[str, Field(max_length=MAX_ADDRESS, examples=["https://example.org"])]
Links = Annotated[list[Website], Field(max_length=MAX_LINKS)]


class VenueIn(BodyIn):
    name: Name
    city: City
    about: About = ""
    website: Website = ""
    links: Links = []  # noqa: RUF012 - pydantic copies it


class VenuePatch(BodyIn):
    """What is left out stays as it is."""

    name: Name | None = None
    city: City | None = None
    about: About | None = None
    website: Website | None = Field(None, description="Empty takes it away")
    links: Links | None = None


class OrganiserIn(BodyIn):
    name: Name
    type: OrganiserType
    city: City
    about: About = ""
    website: Website = ""
    links: Links = []  # noqa: RUF012 - pydantic copies it


class OrganiserPatch(BodyIn):
    """What is left out stays as it is."""

    name: Name | None = None
    type: OrganiserType | None = None
    city: City | None = None
    about: About | None = None
    website: Website | None = Field(None, description="Empty takes it away")
    links: Links | None = None


class CardOut(BaseModel):
    id: UUID
    slug: str
    name: str
    city: str
    about: str
    website: str | None
    links: list[str]
    created_at: datetime
    claimable: bool
    """Whether nobody owns it yet."""
    can_edit: bool
    following: bool
    """By the caller."""


class VenueOut(CardOut):
    @classmethod
    def of(cls, card: Card) -> "VenueOut":
        return cls(**_fields(card))


class OrganiserOut(CardOut):
    type: OrganiserType

    @classmethod
    def of(cls, card: Card) -> "OrganiserOut":
        assert card.type is not None
        return cls(type=card.type, **_fields(card))


class ProfileRefOut(BaseModel):
    id: UUID
    kind: ProfileKind
    slug: str
    name: str
    website: str | None
    claimable: bool
    """Whether nobody owns it yet."""

    @classmethod
    def of(cls, profile: ProfileRef) -> "ProfileRefOut":
        party = profile.party
        return cls(
            id=party.id,
            kind=party.kind,  # type: ignore[arg-type]  # a profile's, by the query
            slug=party.slug,
            name=party.name,
            website=profile.places.website,
            claimable=profile.claimable,
        )


def _fields(card: Card) -> dict[str, Any]:
    return {
        "id": card.party.id,
        "slug": card.party.slug,
        "name": card.party.name,
        "city": card.city,
        "about": card.about,
        "website": card.places.website,
        "links": list(card.places.links),
        "created_at": card.created_at,
        "claimable": card.claimable,
        "can_edit": card.can_edit,
        "following": card.followed_at is not None,
    }
