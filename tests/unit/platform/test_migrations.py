from pathlib import Path

import pytest

from basedmusic.app.schema import all_migrations
from basedmusic.platform.migrations import Migration, MigrationBroken, missing_migrations, read_migrations

ONE, TWO = Migration(1, "0001_one.sql", "SELECT 1"), Migration(2, "0002_two.sql", "SELECT 2")


def test_the_project_s_own_are_numbered_once_each():
    numbers = [migration.number for migration in all_migrations()]
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 4


def test_a_bad_name_and_a_doubled_number_are_refused(tmp_path: Path):
    (tmp_path / "0001_one.sql").write_text("SELECT 1")
    (tmp_path / "0001_other.sql").write_text("SELECT 1")
    with pytest.raises(MigrationBroken, match="share the number 1"):
        read_migrations([tmp_path])
    (tmp_path / "0001_other.sql").rename(tmp_path / "two.sql")
    with pytest.raises(MigrationBroken, match=r"two\.sql is not named"):
        read_migrations([tmp_path])


def test_only_what_is_missing_is_applied():
    assert missing_migrations([ONE, TWO], {1: ONE.sha256}) == [TWO]


def test_a_changed_past_and_a_newer_database_are_refused():
    with pytest.raises(MigrationBroken, match="was changed after"):
        missing_migrations([ONE], {1: "another"})
    with pytest.raises(MigrationBroken, match="newer release"):
        missing_migrations([ONE], {1: ONE.sha256, 2: TWO.sha256})
