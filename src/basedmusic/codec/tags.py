"""What an untrusted file says about itself: the tags of any container, cleaned. Media processes only."""

import re
from datetime import date

from basedmusic.codec.measures import EmbeddedCover, TagsReport, TagsRequest
from basedmusic.codec.tag_fields import Fields, read_fields

MAX_TEXT = 300
"""Characters of a title or name."""
MAX_VALUES = 20
"""Of a tag that may be there several times."""

_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]+"
)
"""Controls, line breaks, marks that turn the reading direction of what follows, and halves of characters."""
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}\d{7}")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
_IMAGES = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
)


def read_tags(request: TagsRequest) -> TagsReport:
    """Whatever could be read; never refuses a file. `problem` says what was left out and why."""
    fields = read_fields(request.path)
    cover, cover_problem = _cover(fields, request.max_cover_bytes)
    number, total = _place(fields.first("tracknumber"))
    return TagsReport(
        title=_text(fields.first("title")),
        artists=_texts(fields.all("artists") or fields.all("artist")),
        album=_text(fields.first("album")),
        album_artists=_texts(fields.all("albumartist") or fields.all("album artist")),
        track_number=number,
        track_total=total or _place(fields.first("tracktotal") or fields.first("totaltracks"))[0],
        disc_number=_place(fields.first("discnumber"))[0],
        date=_date(fields.first("date") or fields.first("year") or fields.first("originaldate")),
        genres=_texts(fields.all("genre")),
        isrc=_isrc(fields.first("isrc")),
        musicbrainz_recording_id=_first(_uuids(fields, "musicbrainz_trackid")),
        musicbrainz_release_track_id=_first(_uuids(fields, "musicbrainz_releasetrackid")),
        musicbrainz_release_id=_first(_uuids(fields, "musicbrainz_albumid")),
        musicbrainz_artist_ids=_uuids(fields, "musicbrainz_artistid"),
        cover=cover,
        problem="; ".join(part for part in (fields.problem, cover_problem) if part),
    )


def image_type(data: bytes) -> str | None:
    """The MIME type that the first bytes of an image tell, of those that are accepted."""
    return next((mime for start, mime in _IMAGES if start.match(data)), None)


def _cover(fields: Fields, limit: int) -> tuple[EmbeddedCover | None, str]:
    """The first usable picture, front covers before others, and why there is none although one was there."""
    problem = ""
    for data in fields.pictures:
        mime = image_type(data)
        if len(data) > limit:
            problem = f"the embedded picture has {len(data)} bytes; at most {limit} are read"
        elif mime is None:
            problem = "the embedded picture is not a JPEG, PNG, WebP or GIF image"
        else:
            return EmbeddedCover(mime, data), ""
    return None, problem


def _text(raw: str) -> str:
    """One line without anything invisible, MAX_TEXT characters at most."""
    return " ".join(_UNSEEN.sub(" ", raw[: 4 * MAX_TEXT]).split())[:MAX_TEXT].rstrip()


def _texts(raw: list[str]) -> tuple[str, ...]:
    clean = (_text(value) for value in raw[:MAX_VALUES])
    return tuple(dict.fromkeys(value for value in clean if value))


def _place(raw: str) -> tuple[int | None, int | None]:
    """The number and the total in "3", "03/12"; None for what isn't from 1 to 9999."""
    found = re.match(r"\s*0*(\d{1,4})\s*(?:/\s*0*(\d{1,4})\s*)?$", raw)
    number, total = found.groups() if found else (None, None)
    return int(number or 0) or None, int(total or 0) or None


def _date(raw: str) -> str:
    """The date at the start of `raw` as far as the calendar knows it."""
    found = _DATE.match(raw.strip())
    if not found:
        return ""
    year, month, day = found.groups()
    for text in ("-".join(filter(None, found.groups())), f"{year}-{month}" if day else year, year):
        try:
            date.fromisoformat((text + "-01-01")[:10])
        except ValueError:
            continue
        return text
    return ""


def _isrc(raw: str) -> str:
    found = _ISRC.fullmatch(raw.replace("-", "").replace(" ", "").upper())
    return found.group() if found else ""


def _uuids(fields: Fields, key: str) -> tuple[str, ...]:
    found = (match.lower() for value in fields.all(key) for match in _UUID.findall(value[:4000]))
    return tuple(dict.fromkeys(found))[:MAX_VALUES]


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""
