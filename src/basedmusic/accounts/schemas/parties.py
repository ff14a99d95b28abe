"""Accounts and profiles on the wire. What is secret is a SecretStr, so that no repr shows it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from basedmusic.accounts.contracts import Account, AddressState, PartyKind, Profile, Role
from basedmusic.accounts.rules import MAX_DISPLAY_NAME, MAX_EMAIL, MAX_PASSWORD, MIN_PASSWORD
from basedmusic.platform.http.text import BodyIn

# Bounds of the wire only; the rules, counted in normalised characters and told in words, are in `rules`.
Email = Annotated[str, Field(max_length=2 * MAX_EMAIL, examples=["mara@example.org"])]
Password = Annotated[SecretStr, Field(max_length=4 * MAX_PASSWORD)]

NewPassword = Annotated[
    Password, Field(description=f"{MIN_PASSWORD} to {MAX_PASSWORD} characters of any kind")
]
DisplayName = Annotated[
    str, Field(max_length=4 * MAX_DISPLAY_NAME, description=f"1 to {MAX_DISPLAY_NAME} characters")
]


class SignUpIn(BodyIn):
    email: Email
    password: NewPassword
    display_name: DisplayName
    born: Annotated[
        str,
        Field(
            max_length=10,
            examples=["1990-05"],
            description="Month of birth. Decides whether somebody may have an account and how private it begins;"
            " kept only as the month in which a minor comes of age, until then",
        ),
    ]


class MePatch(BodyIn):
    """What is left out stays as it is."""

    display_name: DisplayName | None = None


class PasswordIn(BodyIn):
    current: Password
    new: NewPassword


class AccountOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    email: str
    display_name: str
    created_at: datetime


class ProfileOut(BaseModel):
    id: UUID
    kind: PartyKind
    slug: str
    name: str
    role: Role

    @classmethod
    def of(cls, profile: Profile) -> "ProfileOut":
        party = profile.party
        return cls(id=party.id, kind=party.kind, slug=party.slug, name=party.name, role=profile.role)


class MeOut(AccountOut):
    verified: bool
    """Whether the address was confirmed."""
    email_pending: str | None
    """A new address that waits to be confirmed."""
    email_returned: bool
    """Mail to the address came back; none goes there until it is confirmed anew."""
    profiles: list[ProfileOut]
    """By name, the first hundred."""
    scene_role: Literal[Role.MODERATOR, Role.ADMIN] | None
    """What the account is to the scene as a whole."""

    @classmethod
    def of(
        cls, account: Account, address: AddressState, profiles: list[Profile], scene_role: Role | None
    ) -> "MeOut":
        return cls(
            **AccountOut.model_validate(account).model_dump(),
            verified=account.email_verified_at is not None,
            email_pending=address.pending,
            email_returned=address.returned,
            profiles=[ProfileOut.of(profile) for profile in profiles],
            scene_role=scene_role,  # type: ignore[arg-type]
        )
