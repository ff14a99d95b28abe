"""Closing a profile: out of sight at once, taken back for fourteen days, then gone with all that is its own.

What it has of other slices goes through `ProfileContents`: a track's files by the road of every deleted track.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from basedmusic.accounts.contracts import (
    DELETE_PROFILE,
    AuditAct,
    ClosedProfile,
    ClosingPreview,
    Contents,
    DeleteProfile,
    HiddenKind,
    ProfileContents,
    SignedInViewer,
    Verb,
    Viewer,
)
from basedmusic.accounts.rules.closing import CLOSING_DELAY, names
from basedmusic.accounts.service.audit import record
from basedmusic.accounts.service.permissions import require_can
from basedmusic.accounts.service.profile_mails import closed_mail
from basedmusic.accounts.service.safety import forget_hidden
from basedmusic.accounts.store import closing as store
from basedmusic.accounts.store import parties, teams
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.kernel.errors import Invalid, NotFound
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.platform.db import Connection, Database, Tx
from basedmusic.platform.mail import Letterhead, send_mail

log = structlog.get_logger()


async def preview_closing(
    conn: Connection, viewer: Viewer, contents: Sequence[ProfileContents], party_id: PartyId
) -> ClosingPreview:
    """What would go with it. Raises as `require_can`."""
    await require_can(conn, viewer, party_id, Verb.CLOSE_PROFILE)
    counted = sum([await one.count(conn, party_id) for one in contents], Contents())
    followers, members = await store.count_people(conn, party_id)
    return ClosingPreview(
        await _name(conn, party_id),
        counted,
        followers,
        members,
    )


async def close_profile(
    tx: Tx,
    viewer: SignedInViewer,
    party_id: PartyId,
    typed: str,
    letterhead: Letterhead,
    now: datetime,
) -> datetime:
    """When it is gone for good. `typed` is its name, by hand. Other owners are told by mail. Safe to repeat.

    Raises Invalid and as `require_can`.
    """
    await teams.lock_team(tx.conn, party_id)
    await require_can(tx.conn, viewer, party_id, Verb.CLOSE_PROFILE)
    name = await _name(tx.conn, party_id)
    if not names(typed, name):
        raise Invalid("That is not the profile's name", field="name")
    gone_at = now + CLOSING_DELAY
    if not await store.close(tx.conn, party_id, now, gone_at):
        return await store.find_gone_at(tx.conn, party_id) or gone_at
    account = await parties.find_account(tx.conn, viewer.account_id)
    by = account.display_name if account else ""
    for address in await store.list_other_owners(tx.conn, party_id, viewer.account_id):
        await send_mail(tx, closed_mail(letterhead, address, name, by, gone_at))
    await record(tx, viewer.account_id, AuditAct.PROFILE_CLOSED, subject_kind="profile", subject_id=party_id)
    return gone_at


async def reopen_profile(tx: Tx, viewer: SignedInViewer, party_id: PartyId) -> None:
    """All of it is back as it was. Safe to repeat. Raises as `require_can`."""
    await teams.lock_team(tx.conn, party_id)
    await require_can(tx.conn, viewer, party_id, Verb.CLOSE_PROFILE)
    if await store.reopen(tx.conn, party_id):
        await record(
            tx, viewer.account_id, AuditAct.PROFILE_REOPENED, subject_kind="profile", subject_id=party_id
        )


async def list_closed_profiles(conn: Connection, account_id: AccountId) -> list[ClosedProfile]:
    """The account's own, the first to go first."""
    return await store.list_closed(conn, account_id, parties.MAX_PROFILES)


async def enqueue_due_closings(tx: Tx, clock: Clock = utc_now) -> None:
    """A job for each profile whose time has come."""
    for party_id in await store.list_due(tx.conn, clock()):
        await tx.enqueue(DELETE_PROFILE, DeleteProfile(party_id), dedupe_key=f"delete_profile:{party_id}")


@dataclass(frozen=True, slots=True)
class ProfileCloser:
    """What the worker calls for each DELETE_PROFILE job."""

    database: Database
    contents: Sequence[ProfileContents]
    clock: Clock = utc_now

    async def run(self, job: DeleteProfile) -> None:
        """One transaction: all of it or nothing; once done it finds nothing to do."""
        async with self.database.transaction() as tx:
            await self.delete(tx, PartyId(job.party_id))

    async def delete(self, tx: Tx, party_id: PartyId) -> None:
        await teams.lock_team(tx.conn, party_id)
        if not await store.is_due(tx.conn, party_id, self.clock()):
            return  # taken back in this moment, or in dispute
        for one in self.contents:
            await one.delete(tx, party_id)
        await forget_hidden(tx, HiddenKind.PROFILE, [party_id])
        await store.delete_profile(tx.conn, party_id)
        await record(tx, None, AuditAct.PROFILE_DELETED, subject_kind="profile", subject_id=party_id)
        log.info("profile_deleted", party=str(party_id))


async def _name(conn: Connection, party_id: PartyId) -> str:
    name = await store.find_name(conn, party_id)
    if name is None:
        raise NotFound
    return name
