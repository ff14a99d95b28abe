"""Running the scene on the wire."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from basedmusic.accounts import AuditRecord, PartyKind, Person, Profile, Role, Standing
from basedmusic.accounts.contracts import CaseState, Decision
from basedmusic.platform.http.text import BodyIn, Instant

SceneRole = Literal[Role.MODERATOR, Role.ADMIN]
Plain = str | int | bool | None


class SuspensionIn(BodyIn):
    reason: Annotated[str, Field(max_length=4000)]
    until: Instant | None = None
    """Left out: until it is lifted."""


class SceneRoleIn(BodyIn):
    role: SceneRole | None


class JobKindIn(BodyIn):
    kind: Annotated[str, Field(max_length=200)] | None = None
    """Left out: of every kind."""


class FirstAdminIn(BodyIn):
    token: Annotated[SecretStr, Field(max_length=200)]


class SuspensionOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    since: datetime
    until: datetime | None
    reason: str


class PersonOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    name: str
    email: str | None
    """Told to admins only."""
    created_at: datetime
    scene_role: SceneRole | None
    suspension: SuspensionOut | None

    @classmethod
    def of(cls, person: Person) -> "PersonOut":
        return cls.model_validate(person)


class PersonsProfileOut(BaseModel):
    id: UUID
    kind: PartyKind
    name: str
    slug: str
    role: Role

    @classmethod
    def of(cls, profile: Profile) -> "PersonsProfileOut":
        party = profile.party
        return cls(id=party.id, kind=party.kind, name=party.name, slug=party.slug, role=profile.role)


class PersonDetailOut(PersonOut):
    profiles: list[PersonsProfileOut]
    """By name, the first hundred."""
    standing: Standing
    """By which the limits of newcomers and of those decided against are counted."""


class PersonsCaseOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    title: str
    party_name: str | None
    state: CaseState
    opened_at: datetime
    reports: int
    decision: Decision | None
    decided_at: datetime | None


class PersonsSessionOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    device: str
    created_at: datetime
    last_seen_at: datetime


class AuditRecordOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    seq: int
    at: datetime
    act: str
    hand: str
    """`account`, `shell` or `scene`."""
    actor_id: UUID | None
    actor_name: str | None
    subject_kind: str
    subject_id: str | None
    subject_name: str | None
    payload: Mapping[str, Plain] | None
    """What was said and set; null once it was erased."""

    @classmethod
    def of(cls, entry: AuditRecord) -> "AuditRecordOut":
        return cls.model_validate(entry)


class ChainOut(BaseModel):
    """Either the whole log is as it was written, or the first entry that is not."""

    entries: int
    hash: str | None
    """Of the last entry, in hexadecimal; noted elsewhere, it proves the log up to here later on."""
    broken_at: int | None
    why: str | None


class KindOfJobOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    name: str
    waiting: int
    later: int
    running: int
    held: int
    oldest_at: datetime | None


class RunningJobOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    job: str
    payload: str
    attempts: int
    since: datetime


class QueueOut(BaseModel):
    kinds: Sequence[KindOfJobOut]
    whole: bool
    """False where there are more jobs than were counted."""
    running: Sequence[RunningJobOut]


class HeldJobOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    job: str
    payload: str
    attempts: int
    failed_at: datetime
    error: str | None


class ReleasedOut(BaseModel):
    released: int


class SchemaOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    name: str
    tables: int
    bytes: int


class TallyOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    kind: str
    blobs: int
    bytes: int
    counted_at: datetime


class FolderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    files: int
    bytes: int
    whole: bool
    """False where there are more files than were looked at."""


class DiskOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    total: int
    free: int


class StorageOut(BaseModel):
    database_bytes: int
    schemas: Sequence[SchemaOut]
    blobs: Sequence[TallyOut]
    blobs_are_local: bool
    uploads: FolderOut
    cache: FolderOut
    disk: DiskOut
