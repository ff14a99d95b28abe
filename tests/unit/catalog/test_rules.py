import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.catalog.rules import (
    MAX_GENRES,
    MAX_TITLE,
    clean_genres,
    title_from_filename,
)
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.text import clean_line, clean_text


@pytest.mark.parametrize(
    ("filename", "title"),
    [
        ("sad_moment.ogg", "sad moment"),
        ("03 - Sad_moment.ogg", "Sad moment"),
        ("C:\\music\\07. Rain.flac", "Rain"),
        ("../../etc/passwd", "passwd"),
        ("1999.mp3", "1999"),
        ("café.mp3", "café"),
        (".mp3", "Untitled"),
        ("", "Untitled"),
        ("a\x00b\nc.wav", "a b c"),
    ],
)
def test_a_title_is_made_of_a_filename(filename: str, title: str):
    assert title_from_filename(filename) == title


@given(st.text(max_size=400))
def test_any_filename_gives_a_title_that_may_stand(filename: str):
    title = title_from_filename(filename)
    assert clean_line(title, "title", MAX_TITLE) == clean_line(
        clean_line(title, "title", MAX_TITLE), "title", MAX_TITLE
    )


@given(st.text(max_size=300))
def test_a_clean_line_is_one_printable_line_or_refused(text: str):
    try:
        line = clean_line(text, "title", 200)
    except Invalid as refusal:
        assert refusal.extra["field"] == "title"
    else:
        assert line.isprintable()
        assert line == line.strip() != ""
        assert clean_line(line, "title", 200) == line


@given(st.text(max_size=300))
def test_cleaning_a_text_twice_changes_nothing_more(text: str):
    try:
        cleaned = clean_text(text, "bio", 300)
    except Invalid:
        return
    assert clean_text(cleaned, "bio", 300) == cleaned


def test_genres_are_few_and_once():
    assert clean_genres(["dub", "rock", "dub"]) == ["dub", "rock"]
    with pytest.raises(Invalid, match=str(MAX_GENRES)):
        clean_genres([str(number) for number in range(MAX_GENRES + 1)])
