"""A person's data to take along: asked for, put together in the background, fetched by a signed link, swept."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog

from basedmusic.accounts.archives import Archive
from basedmusic.accounts.contracts import (
    MAKE_EXPORT,
    Export,
    ExportMissing,
    ExportRunning,
    ExportStatus,
    MakeExport,
    export_topic,
)
from basedmusic.accounts.rules.exports import EXPORT_LIFE, check_may_ask, file_names
from basedmusic.accounts.store import exports as store
from basedmusic.accounts.store import parties
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.kernel.errors import NotFound
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.privacy import Key, TablePolicy
from basedmusic.platform.blobs import Blobs
from basedmusic.platform.bus import Bus
from basedmusic.platform.db import Connection, Database, Tx
from basedmusic.platform.mail import Letterhead, Mail, compose, send_mail
from basedmusic.platform.sign import PathSigner

log = structlog.get_logger()

EXPORTS = "exports"
"""The purpose of the key that signs links to archives."""


async def ask_for_export(tx: Tx, account_id: AccountId, now: datetime) -> Export:
    """Begun in the background. Raises ExportRunning, ExportTooSoon."""
    check_may_ask(await store.find_last_export(tx.conn, account_id), now)
    export = await store.insert_export(tx.conn, account_id, now, now + EXPORT_LIFE)
    if export is None:
        raise ExportRunning
    await tx.enqueue(MAKE_EXPORT, MakeExport(export.id))
    return export


async def find_export(conn: Connection, account_id: AccountId, now: datetime) -> Export | None:
    """The last one that was asked for, while it is there."""
    last = await store.find_last_export(conn, account_id)
    return last if last is not None and now < last.expires_at else None


async def get_ready_export(conn: Connection, export_id: UUID, now: datetime) -> Export:
    """For whoever holds its signed link. Raises ExportMissing."""
    export = await store.find_export(conn, export_id)
    if export is None or export.status is not ExportStatus.READY or export.expires_at <= now:
        raise ExportMissing
    return export


def export_blob_key(export_id: UUID) -> str:
    return f"exports/{export_id}/export.zip"


async def forget_archive(blobs: Blobs, export_id: UUID) -> None:
    await blobs.delete_prefix(f"exports/{export_id}")


async def sweep_exports(database: Database, blobs: Blobs, clock: Clock = utc_now) -> None:
    """The archive first: its row leads nowhere for a moment, but an archive without a row is found by nobody."""
    async with database.connection() as conn:
        expired = await store.list_expired_exports(conn, clock())
    for export_id in expired:
        await forget_archive(blobs, export_id)
        async with database.connection() as conn:
            await store.delete_export(conn, export_id)


@dataclass(frozen=True, slots=True)
class ExportLinks:
    """Signed links to finished archives: whoever holds one may fetch it until it expires."""

    signer: PathSigner

    def token(self, export: Export) -> str:
        return self.signer.sign(str(export.id), int(export.expires_at.timestamp()))

    def check(self, export_id: UUID, token: str, now: datetime) -> None:
        """Raises ExportMissing."""
        if self.signer.verify(str(export_id), token, now.timestamp()) is None:
            raise ExportMissing


@dataclass(frozen=True, slots=True)
class ExportMaker:
    """What the worker calls for each MAKE_EXPORT job."""

    database: Database
    blobs: Blobs
    bus: Bus
    policies: Sequence[TablePolicy]
    folder: Path
    """Where an archive grows on this machine, before it goes to the store as one stream."""
    letterhead: Letterhead
    links: ExportLinks

    async def run(self, job: MakeExport) -> None:
        """Safe twice, and safe to be killed anywhere: it begins anew under the same names."""
        async with self.database.transaction() as tx:
            attempt = await store.start_export(tx.conn, job.export_id)
            export = await store.find_export(tx.conn, job.export_id)
        if attempt is None or export is None:
            if export is None:  # the person was erased while an earlier run stored it
                await forget_archive(self.blobs, job.export_id)
            return
        try:
            await self._make(export)
        except Exception as error:
            log.warning("export_stumbled", export=str(export.id), error=repr(error))
            if attempt >= MAKE_EXPORT.max_attempts:
                async with self.database.connection() as conn:
                    await store.fail_export(conn, export.id)
            raise
        finally:
            await self.bus.publish(export_topic(export.id))

    async def _make(self, export: Export) -> None:
        await asyncio.to_thread(self.folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{export.id}.zip"
        try:
            await self._write(export, path)
            size = (await asyncio.to_thread(path.stat)).st_size
            await self.blobs.put_file(export_blob_key(export.id), path)
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        async with self.database.transaction() as tx:
            if await store.finish_export(tx.conn, export.id, size):
                await self._tell(tx, export)
                return
        await forget_archive(self.blobs, export.id)

    async def _write(self, export: Export, path: Path) -> None:
        tables = [policy for policy in self.policies if policy.rows is not None]
        lead = f"Everything that {self.letterhead.scene_name} keeps about you, as of {export.asked_at:%-d %B %Y}."
        with Archive(path, f"Your data at {self.letterhead.scene_name}", lead) as archive:
            async with AsyncExitStack() as stack:
                conn = await stack.enter_async_context(self.database.connection())
                # One moment for all tables, however long it takes to read them.
                await stack.enter_async_context(conn.transaction(isolation="repeatable_read", readonly=True))
                addresses = await store.find_addresses(conn, export.account_id, proven=True)
                files = await self._list_files(conn, export, addresses)
                parts = len(tables) + len(files)
                for done, policy in enumerate(tables):
                    await self._progress(export, done, parts)
                    await self._add_table(conn, archive, policy, _key(policy, export.account_id, addresses))
            missing: list[str] = []
            for done, (key, name) in enumerate(files, len(tables)):
                await self._progress(export, done, parts)
                if not await self._add_file(archive, key, name):
                    missing.append(name)
            there = [name for _, name in files if name not in missing]
            await asyncio.to_thread(archive.finish, there, missing)

    async def _add_table(self, conn: Connection, archive: Archive, policy: TablePolicy, key: object) -> None:
        assert policy.rows is not None
        await asyncio.to_thread(archive.begin_table, policy.table, policy.export)
        async for batch in store.read_in_batches(conn, policy.rows, key):
            await asyncio.to_thread(archive.add_rows, batch)
        await asyncio.to_thread(archive.end_table)

    async def _add_file(self, archive: Archive, key: str, name: str) -> bool:
        """Whether the store still has it."""
        chunks = self.blobs.stream(key)
        try:
            first = await anext(chunks, b"")
        except NotFound:
            return False
        await asyncio.to_thread(archive.begin_file, name)
        await asyncio.to_thread(archive.add_bytes, first)
        async for chunk in chunks:
            await asyncio.to_thread(archive.add_bytes, chunk)
        await asyncio.to_thread(archive.end_file)
        return True

    async def _list_files(
        self, conn: Connection, export: Export, addresses: list[str]
    ) -> list[tuple[str, str]]:
        found = [
            (row["key"], row["name"])
            for policy in self.policies
            if policy.files is not None
            for row in await conn.fetch(policy.files, _key(policy, export.account_id, addresses))
        ]
        names = file_names([name for _, name in found])
        return [(key, name) for (key, _), name in zip(found, names, strict=True)]

    async def _progress(self, export: Export, done: int, parts: int) -> None:
        async with self.database.connection() as conn:
            await store.note_progress(conn, export.id, done, parts)
        await self.bus.publish(export_topic(export.id))

    async def _tell(self, tx: Tx, export: Export) -> None:
        account = await parties.find_account(tx.conn, export.account_id)
        if account is None:
            return
        secret = f"{self.links.token(export)}/{export.id}"
        text, html = compose(
            self.letterhead.scene_name,
            [
                "Your data is put together: a page to read, the same for programs, and the music you sent.",
                f"It can be fetched until {export.expires_at:%-d %B %Y}. Whoever has this mail can fetch it,"
                " so don't pass it on.",
            ],
            greeting=f"Hello {account.display_name},",
            action=("Fetch your data", self.letterhead.link("/your-data", secret)),
            footer=f"You get this because somebody who was signed in with your account at"
            f" {self.letterhead.scene_name} asked for its data.",
        )
        subject = f"Your data at {self.letterhead.scene_name}"
        await send_mail(tx, Mail(account.email, subject, text, html, "export_ready", export.expires_at))


def _key(policy: TablePolicy, account_id: AccountId, addresses: list[str]) -> object:
    return account_id if policy.key is Key.ACCOUNT else addresses
