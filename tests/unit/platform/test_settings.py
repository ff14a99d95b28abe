from pathlib import Path

import pytest

from basedmusic.platform.settings import _READERS, PREFIX, SettingInvalid, read_settings

DOCS = Path(__file__).parents[3] / "docs" / "operators.md"


def test_defaults_listen_on_loopback_only():
    settings = read_settings({})
    assert (settings.host, settings.port, settings.address) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert settings.trusted_proxies == ()


def test_the_environment_beats_the_file(tmp_path: Path):
    file = tmp_path / "scene.env"
    file.write_text('# a comment\nBASEDMUSIC_PORT=9000\nSCENE_NAME="Rust Harbour"\n', "utf-8")
    settings = read_settings({"BASEDMUSIC_SETTINGS": str(file), "BASEDMUSIC_PORT": "9001"})
    assert (settings.port, settings.scene_name) == (9001, "Rust Harbour")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "http", "whole number from 1 to 65535"),
        ("PORT", "70000", "whole number from 1 to 65535"),
        ("PUBLIC_URL", "music.example.org", "whole address"),
        ("DATABASE_URL", "mysql://x", "postgresql://"),
        ("TRUSTED_PROXIES", "10.0.0.300", "can't be used"),
        ("LOG_FORMAT", "xml", "text, json"),
    ],
)
def test_a_bad_value_is_named_with_what_it_may_be(name: str, value: str, says: str):
    with pytest.raises(SettingInvalid, match=says) as refused:
        read_settings({PREFIX + name: value})
    assert PREFIX + name in str(refused.value)


def test_a_misspelt_name_is_no_silence():
    with pytest.raises(SettingInvalid, match="BASEDMUSIC_PROT is not a setting"):
        read_settings({"BASEDMUSIC_PROT": "8000"})


@pytest.mark.parametrize("name", _READERS)
def test_every_setting_is_documented_with_its_default(name: str):
    text = DOCS.read_text("utf-8")
    row = next((line for line in text.splitlines() if line.startswith(f"| `{PREFIX}{name}`")), None)
    assert row is not None, f"{PREFIX}{name} is missing in docs/operators.md"
    default = _READERS[name][0]
    assert not default or f"`{default}`" in row, f"the default of {name} is {default}"


def test_what_the_build_is_told_is_no_setting_and_no_typing_error():
    assert read_settings({PREFIX + "SKIP_WEB": "1"}) == read_settings({})
