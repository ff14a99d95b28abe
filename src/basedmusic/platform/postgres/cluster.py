"""Making a cluster, and the configuration that is ours.

As root the server's account is handed the folder as an open descriptor and told its path as
`/proc/self/fd/N`: such a path leads straight to the folder, past parents that the account may not enter
(proc(5), "magic links"). So a 0700 folder above is no obstacle, and the account sees nothing of the data
folder but its own cluster.
"""

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from .account import Account
from .binaries import Binaries
from .errors import DatabaseDidNotStart, DataFolderUnreachable, DataFolderWrongVersion
from .folder import DataFolder, make_owned_folder

ROLE = "basedmusic"
"""Bootstrap superuser and the application's role: migrations make extensions that only a superuser may."""

OWN_SETTINGS = """\
# Written at every start of Based Music: what you change here is lost.
# Settings of your own belong into postgresql.conf, below its include line; they win over these.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
# Small: the page cache of the kernel holds what does not fit, once.
shared_buffers = 32MB
wal_buffers = 1MB
maintenance_work_mem = 32MB
huge_pages = off
# Each standing process costs 1 to 2 MB: no reader processes, no logical replication, few workers.
io_method = sync
max_logical_replication_workers = 0
max_worker_processes = 4
max_parallel_workers_per_gather = 0
autovacuum_max_workers = 2
# Compiling a query takes longer than any query of ours should.
jit = off
min_wal_size = 32MB
max_wal_size = 256MB
checkpoint_timeout = 15min
log_checkpoints = off
# A client that was killed does not keep its locks until the query ends.
client_connection_check_interval = 5s
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
# The DETAIL of a broken constraint quotes the row: personal data, which no log of ours holds.
log_error_verbosity = terse
log_min_error_statement = panic
"""

NOT_DURABLE = """\
# A test's throw-away cluster: a power cut may lose it.
fsync = off
full_page_writes = off
synchronous_commit = off
"""

HBA = """\
# Written at every start. The kernel says who is at the other end of the socket (peer), and pg_ident.conf
# lists the system users who may be there: no password to make, store, back up or lose.
local all all peer map=scene
"""


def check_version(cluster: Path, binaries: Binaries) -> bool:
    """Whether a cluster is there. Raises DataFolderWrongVersion if another major version made it."""
    try:
        made_by = (cluster / "PG_VERSION").read_text("ascii").strip()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise DataFolderUnreachable(f"{cluster} can't be read: {error.strerror}") from error
    if made_by != str(binaries.major):
        raise DataFolderWrongVersion(
            f"{cluster} was made by PostgreSQL {made_by}, and this is PostgreSQL {binaries.major}. "
            f"With the version of Based Music that made it, write a backup with pg_dump; then move "
            f"{cluster} away, start this version and restore the backup with pg_restore. "
            f"Or run pg_upgrade with the programs of both.",
            found=made_by,
            wanted=str(binaries.major),
        )
    return True


def make_cluster(
    folder: DataFolder, binaries: Binaries, account: Account, start_lock: int, *, durable: bool
) -> None:
    """A new cluster, whole or not at all. The child inherits `start_lock`: an orphan keeps others out."""
    if folder.draft.exists():
        shutil.rmtree(folder.draft)
    make_owned_folder(folder.draft, account)
    user, group, groups = account.drop_to
    with _handed(folder.draft, account) as (path, handles):
        done = subprocess.run(
            [binaries.initdb, "-D", path, *_initdb_options(durable)],
            pass_fds=(start_lock, *handles),
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            cwd="/",
            umask=0o077,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            user=user,
            group=group,
            extra_groups=groups,
        )
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()[-1500:]
        raise DatabaseDidNotStart(f"No database could be made in {folder.cluster}. initdb said:\n{said}")
    _write(folder.draft, account, "postgresql.conf", "include 'basedmusic.conf'\n# Settings of your own:\n")
    os.rename(folder.draft, folder.cluster)


def adopt_cluster(cluster: Path, account: Account) -> None:
    """A cluster that root unpacked from a backup is given to the server's account."""
    if not account.foreign or os.lstat(cluster).st_uid != 0:
        return
    for _, folders, files, handle in os.fwalk(cluster, follow_symlinks=False):
        for name in (*folders, *files):
            os.chown(name, account.uid, account.gid, dir_fd=handle, follow_symlinks=False)
    os.chown(cluster, account.uid, account.gid, follow_symlinks=False)  # last: it marks the work as done


def write_configuration(cluster: Path, account: Account, *, durable: bool) -> None:
    """Ours at every start, so that a new version's settings and a renamed user reach old clusters."""
    users = {account.name} | ({"root"} if account.foreign else set())
    lines = [f'scene "{user}" {ROLE}\n' for user in sorted(users)]
    _write(cluster, account, "basedmusic.conf", OWN_SETTINGS + ("" if durable else NOT_DURABLE))
    _write(cluster, account, "pg_hba.conf", HBA)
    _write(cluster, account, "pg_ident.conf", "# Written at every start.\n" + "".join(lines))


def _initdb_options(durable: bool) -> list[str]:
    return [
        f"--username={ROLE}",
        "--encoding=UTF8",
        # Sorting by code point, with Unicode's case rules, the same on every machine for ever: an index
        # never breaks because the system's locale data changed. Orders for people are made by the query.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--text-search-config=simple",
        "--auth=peer",
        "--no-instructions",
        *([] if durable else ["--no-sync"]),
    ]


@contextmanager
def _handed(path: Path, account: Account) -> Generator[tuple[str, tuple[int, ...]]]:
    """`path` as the account can name it, and the descriptors that it must inherit for that."""
    if not account.foreign:
        yield str(path), ()
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield f"/proc/self/fd/{handle}", (handle,)
    finally:
        os.close(handle)


def _write(cluster: Path, account: Account, name: str, text: str) -> None:
    """Replace one file of a folder that belongs to another: never through a link laid there for root."""
    folder = os.open(cluster, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    draft = f".{name}.new"
    try:
        try:
            os.unlink(draft, dir_fd=folder)
        except FileNotFoundError:
            pass
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
            if account.foreign:
                os.fchown(handle, account.uid, account.gid)
        os.rename(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
    finally:
        os.close(folder)
