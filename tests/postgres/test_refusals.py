"""What can't be is said in words: which folder, by whom, and what to do. And the log stays small."""

import os
from pathlib import Path

import pytest

from basedmusic.platform.postgres import EmbeddedPostgres
from basedmusic.platform.postgres import guard as guard_program
from basedmusic.platform.postgres.errors import DataFolderUnreachable

from .scenes import Refused, Scene


def test_a_file_in_the_way_of_the_data_folder_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataFolderUnreachable, match=f"{tmp_path}/file is not a folder"):
        EmbeddedPostgres(tmp_path / "file" / "data").start()


def test_an_ordinary_user_is_told_which_folder_is_closed(empty: Scene):
    if empty.identity.name == "root":
        os.chmod(empty.data.parent, 0o000)  # no obstacle to root, nor to its server: see test_as_root
        assert empty.sql(empty.user().ask("start"), "SELECT 1") == "1"
        assert os.stat(empty.data.parent).st_mode & 0o777 == 0
        return
    closed = empty.data.parent
    os.chmod(closed, 0o000)
    try:
        with pytest.raises(Refused) as refused:
            empty.user().ask("start")
    finally:
        os.chmod(closed, 0o700)
    assert refused.value.code == "data_folder_unreachable"
    assert f"can't enter {closed}" in refused.value.detail


def test_a_release_without_a_start_is_nothing(tmp_path: Path):
    database = EmbeddedPostgres(tmp_path / "data")
    database.release()
    assert not database.is_alive()
    assert not (tmp_path / "data").exists()


def test_the_log_keeps_its_tail_when_it_grows_too_long(tmp_path: Path):
    (tmp_path / "run").mkdir()
    guard = guard_program.Guard("", str(tmp_path), "", "-", "-")
    try:
        os.write(guard.log, b"x" * guard_program.LOG_MAX + b"the end")
        guard.bound_log()
        os.write(guard.log, b"a new page")
    finally:
        os.close(guard.log)
        os.close(guard.users)
    kept = (tmp_path / "run" / "postgres.log.1").read_bytes()
    assert len(kept) == guard_program.LOG_KEPT
    assert kept.endswith(b"the end")
    assert (tmp_path / "run" / "postgres.log").read_bytes() == b"a new page"
