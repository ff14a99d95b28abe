"""What an operator types, as a process of its own: exit codes, and sentences instead of tracebacks."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from basedmusic.app.doctor import examine_database
from basedmusic.platform.db import Database


def basedmusic(
    *arguments: str, dsn: str = "", data: Path | None = None, said: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BASEDMUSIC_")}
    ours = {f"BASEDMUSIC_{name}": value for name, value in settings.items()}
    if dsn:
        ours["BASEDMUSIC_DATABASE_URL"] = dsn
    if data:
        ours["BASEDMUSIC_DATA"] = str(data)
    command = [sys.executable, "-m", "basedmusic", *arguments]
    return subprocess.run(
        command, env={**kept, **ours}, input=said, capture_output=True, text=True, timeout=60
    )


def test_an_account_is_made_once_with_a_password_from_standard_input(dsn: str, tmp_path: Path):
    call = ("user", "add", "ann@example.org", "Ann")
    made = basedmusic(*call, dsn=dsn, data=tmp_path, said="correct horse battery\n")
    assert (made.returncode, made.stderr) == (0, "")
    assert "ann@example.org can sign in" in made.stdout
    again = basedmusic(*call, dsn=dsn, data=tmp_path, said="correct horse battery\n")
    assert again.returncode == 1
    assert again.stderr.startswith("basedmusic: There is an account")
    weak = basedmusic("user", "add", "bob@example.org", "Bob", dsn=dsn, data=tmp_path, said="short\n")
    assert weak.returncode == 1
    assert "Traceback" not in weak.stderr


def test_migrate_says_that_nothing_is_to_be_done(dsn: str, tmp_path: Path):
    done = basedmusic("migrate", dsn=dsn, data=tmp_path)
    assert (done.returncode, done.stdout) == (0, "The database is up to date.\n")


def test_held_jobs_are_listed_and_an_unknown_one_is_named(dsn: str, tmp_path: Path):
    assert basedmusic("jobs", dsn=dsn, data=tmp_path).stdout == "No job is held.\n"
    unknown = basedmusic("jobs", "--release", "7", dsn=dsn, data=tmp_path)
    assert (unknown.returncode, unknown.stdout) == (1, "There is no held job 7.\n")


def test_the_openapi_document_needs_no_scene():
    done = basedmusic("openapi")
    document = json.loads(done.stdout)
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/tracks/{track_id}/stream" in document["paths"]
    assert "Problem" in document["components"]["schemas"]


def test_a_healthy_scene_passes_the_doctor(dsn: str, tmp_path: Path):
    done = basedmusic("doctor", dsn=dsn, data=tmp_path)
    assert "PostgreSQL 18" in done.stdout
    assert "The extension vector is available" in done.stdout
    assert "The database is up to date" in done.stdout


@pytest.mark.anyio
async def test_the_doctor_names_a_missing_extension_and_where_to_get_it(dsn: str):
    findings = [finding async for finding in examine_database(dsn, extensions=("no_such_extension",))]
    (missing,) = [finding for finding in findings if not finding.ok]
    assert "no_such_extension is missing" in missing.what
    assert missing.mend


@pytest.mark.anyio
async def test_the_doctor_tells_a_database_of_a_newer_release(dsn: str, database: Database):
    async with database.connection() as conn:
        await conn.execute("INSERT INTO platform.migration (number, name, sha256) VALUES (9999, 'x', 'x')")
    findings = [finding async for finding in examine_database(dsn)]
    assert any("newer release" in finding.what for finding in findings if not finding.ok)


def test_an_unreachable_database_is_a_sentence(tmp_path: Path):
    done = basedmusic("doctor", dsn="postgresql://127.0.0.1:1/none", data=tmp_path)
    assert done.returncode == 1
    assert "The database can't be reached" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_bad_setting_is_a_sentence_and_another_exit_code():
    done = basedmusic("web", PORT="eighty")
    assert done.returncode == 2
    assert done.stderr.startswith("basedmusic: BASEDMUSIC_PORT='eighty' can't be used")


def test_demo_content_is_refused_where_others_could_sign_in(dsn: str, tmp_path: Path):
    for settings in ({"HOST": "0.0.0.0"}, {"PUBLIC_URL": "https://music.example.org"}):
        done = basedmusic("demo", dsn=dsn, data=tmp_path, **settings)
        assert done.returncode == 1
        assert "only this machine can reach" in done.stderr


def test_a_taken_port_is_said_once_and_nothing_is_started(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = basedmusic("serve", "--demo", data=tmp_path / "scene", PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"basedmusic: Port {port} on 127.0.0.1 can't be listened on")
    assert "sign in as" not in done.stdout
    assert not (tmp_path / "scene").exists()


def test_the_doctor_makes_no_database_where_there_is_none(tmp_path: Path):
    scene = tmp_path / "scene"
    for there in (False, True):
        if there:
            scene.mkdir()
        done = basedmusic("doctor", data=scene)
        assert "There is no database yet; the first start makes it" in done.stdout
        assert "Traceback" not in done.stderr
        assert scene.exists() == there
    assert list(scene.iterdir()) == []
