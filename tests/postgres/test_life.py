"""The server lives exactly as long as somebody uses it, and comes back from every kill -9."""

import fcntl
import os
import signal
import time

import pytest

from basedmusic.platform.postgres.folder import SOCKET_PATH_MAX

from .scenes import Refused, Scene, kill_all, pss_kb, socket_folder, soon


def committed(scene: Scene, dsn: str) -> str:
    return scene.sql(dsn, "SELECT string_agg(word, ' ' ORDER BY word) FROM kept")


def with_a_row(scene: Scene) -> str:
    """A started durable server with a committed row; its DSN."""
    dsn = scene.user(durable=True).ask("start")
    scene.sql(
        dsn, "DROP TABLE IF EXISTS kept; CREATE TABLE kept (word text); INSERT INTO kept VALUES ('here')"
    )
    return dsn


def test_the_first_start_makes_a_private_cluster_that_answers_over_a_socket_only(empty: Scene):
    dsn = empty.user(durable=True).ask("start")
    shown = empty.sql(
        dsn,
        "SELECT current_setting('server_version_num')::int / 10000, current_setting('listen_addresses') = '',"
        " current_setting('data_checksums'), current_setting('fsync'), current_setting('TimeZone'),"
        " pg_encoding_to_char(encoding), datlocprovider, datlocale, current_database()"
        " FROM pg_database WHERE datname = current_database()",
    )
    assert shown == "18|t|on|on|UTC|UTF8|b|C.UTF-8|basedmusic"
    for path in (empty.data, empty.folder.cluster, socket_folder(dsn)):
        assert os.stat(path).st_mode & 0o777 == 0o700


def test_the_wheels_extensions_can_be_made(scene: Scene):
    dsn = scene.started().ask("start")
    scene.sql(dsn, "CREATE EXTENSION vector; CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent")


def test_others_join_and_the_last_one_out_ends_the_server(scene: Scene):
    first, second = scene.user(), scene.user()
    dsn = first.ask("start")
    assert second.ask("start") == dsn
    postmaster = scene.postmaster()
    first.ask("release")
    assert scene.sql(dsn, "SELECT 1") == "1"
    assert scene.postmaster() == postmaster
    second.ask("release")
    assert scene.nothing_runs()


def test_it_starts_again_after_a_release(scene: Scene):
    user = scene.started()
    user.ask("release")
    assert not user.ask("alive")
    user.ask("start")
    assert user.ask("alive")


def test_four_starts_at_once_make_one_cluster_and_one_server(empty: Scene):
    users = [empty.user() for _ in range(4)]
    for user in users:
        user.tell("start")
    dsns = {user.hear() for user in users}
    assert len(dsns) == 1
    assert len(empty.guards()) == 1
    assert empty.server_pids()[0] == empty.postmaster()


def test_kill_9_of_the_user_ends_the_server(scene: Scene):
    user = scene.started()
    user.kill()
    assert soon(scene.nothing_runs, 3)


def test_kill_9_of_the_server_is_healed_and_committed_data_is_there(scene: Scene):
    dsn = with_a_row(scene)
    killed = scene.postmaster()
    kill_all(killed)
    scene.users[0].ask("ensure")
    assert soon(lambda: scene.users[0].ask("alive") and scene.postmaster() != killed, 5)
    scene.users[0].ask("ensure")
    assert committed(scene, dsn) == "here"


def test_the_guard_heals_the_server_even_if_nobody_asks(scene: Scene):
    user = scene.started()
    killed = scene.server_pids()
    kill_all(*killed)
    assert soon(lambda: user.ask("alive") and scene.postmaster() not in killed, 5)


def test_kill_9_of_the_guard_ends_the_server_and_ensure_brings_both_back(scene: Scene):
    dsn = with_a_row(scene)
    killed = scene.postmaster()
    kill_all(scene.guard())
    assert soon(lambda: killed not in scene.server_pids(), 5)
    assert scene.users[0].ask("ensure") is True
    assert scene.users[0].ask("ensure") is False
    assert scene.guard()
    assert committed(scene, dsn) == "here"


def test_kill_9_of_guard_and_users_together_leaves_no_server(scene: Scene):
    scene.started()
    kill_all(scene.guard(), scene.users[0].pid)
    assert soon(lambda: not scene.server_pids(), 5)


def test_kill_9_of_everything_and_the_next_start_has_the_data(scene: Scene):
    dsn = with_a_row(scene)
    kill_all(scene.guard(), scene.users[0].pid, *scene.server_pids())
    assert (scene.folder.cluster / "postmaster.pid").exists()
    scene.started()
    assert committed(scene, dsn) == "here"


def test_kill_9_of_one_session_is_healed_by_the_server_itself(scene: Scene):
    dsn = scene.user().ask("start")
    session = int(scene.sql(dsn, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"))
    kill_all(session)
    assert soon(lambda: session not in scene.server_pids(), 5)
    scene.users[0].ask("ensure")
    assert soon(lambda: scene.users[0].ask("alive"), 5)


def test_kill_9_in_the_middle_of_the_first_start_leaves_no_half_cluster(empty: Scene):
    user = empty.user()
    user.tell("start")
    assert soon(lambda: (empty.folder.draft / "PG_VERSION").exists(), 10)
    user.kill()
    dsn = empty.user().ask("start")
    assert empty.sql(dsn, "SELECT 1") == "1"


def test_a_stale_pid_file_whose_pid_another_process_has_does_not_stop_a_start(scene: Scene):
    dsn = with_a_row(scene)
    kill_all(scene.guard(), scene.users[0].pid, *scene.server_pids())
    stranger = scene.stranger()
    try:
        for path in (scene.folder.cluster / "postmaster.pid", *scene.folder.run.rglob("*.lock")):
            if path.stat().st_size:
                lines = path.read_text().split("\n")
                path.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        scene.started()
        assert committed(scene, dsn) == "here"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_what_an_earlier_life_left_running_is_ended_before_a_start(scene: Scene):
    """As after a kernel without PR_SET_PDEATHSIG: a process of the cluster lives, and no guard does."""
    lock = os.open(scene.folder.server_lock, os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    left = scene.stranger(handles=(lock,))
    os.close(lock)
    user = scene.user()
    user.tell("start")
    assert left.wait(10) == -signal.SIGQUIT
    user.hear()
    assert user.ask("alive")


def test_sigterm_ends_the_guard_and_its_server(scene: Scene):
    scene.started()
    os.kill(scene.guard(), signal.SIGTERM)
    assert soon(scene.nothing_runs, 5)


def test_a_long_path_gets_a_short_socket_that_goes_away_again(scene: Scene):
    long = scene.data.with_name("a-rather-long-name" * 4) / "and-another" / "data"
    long.parent.mkdir(parents=True)
    for path in (long.parent.parent, long.parent):
        scene.identity.give(path)
    scene.data.rename(long)
    scene.data = long
    user = scene.user()
    dsn = user.ask("start")
    assert len(socket_folder(dsn)) + len("/.s.PGSQL.5432") <= SOCKET_PATH_MAX
    assert scene.sql(dsn, "SELECT 1") == "1"
    user.ask("release")
    assert not os.path.exists(socket_folder(dsn))


def test_a_warm_start_is_quick_and_everything_is_small(scene: Scene):
    user = scene.user(durable=True)
    begun = time.monotonic()
    user.ask("start")
    assert time.monotonic() - begun < 1.5  # with the start of a Python; 0.06 s by itself when idle
    time.sleep(1)
    assert pss_kb(scene.guard()) < 10_000
    assert sum(map(pss_kb, scene.server_pids())) < 45_000


def test_another_major_version_is_named_with_the_way_out(scene: Scene):
    (scene.folder.cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(Refused) as refused:
        scene.user().ask("start")
    assert refused.value.code == "data_folder_wrong_version"
    for word in ("PostgreSQL 17", "PostgreSQL 18", "backup", "pg_upgrade", str(scene.folder.cluster)):
        assert word in refused.value.detail


def test_a_server_that_can_not_start_says_why_at_once(scene: Scene):
    with (scene.folder.cluster / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    begun = time.monotonic()
    with pytest.raises(Refused) as refused:
        scene.user().ask("start")
    assert refused.value.code == "database_did_not_start"
    assert "no_such_setting" in refused.value.detail
    assert time.monotonic() - begun < 5


def test_an_operators_settings_win_over_ours(scene: Scene):
    with (scene.folder.cluster / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = 48MB\n")
    dsn = scene.user().ask("start")
    assert scene.sql(dsn, "SHOW shared_buffers") == "48MB"
    assert scene.sql(dsn, "SHOW fsync") == "off"


def test_the_log_holds_no_personal_data(scene: Scene):
    dsn = scene.user().ask("start")
    scene.sql(
        dsn,
        "DROP TABLE IF EXISTS people; CREATE TABLE people (mail text UNIQUE);"
        " INSERT INTO people VALUES ('ada@example.org')",
    )
    with pytest.raises(AssertionError, match="duplicate key"):
        scene.sql(dsn, "INSERT INTO people VALUES ('ada@example.org')")
    log = scene.folder.log.read_text()
    assert "duplicate key" in log
    assert "ada@" not in log
