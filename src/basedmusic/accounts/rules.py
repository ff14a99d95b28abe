"""Pure decisions about addresses, passwords, names and slugs: values in, a normal form or an error out."""

import re
import unicodedata
from collections.abc import Container
from datetime import datetime, timedelta
from uuid import UUID

from basedmusic.accounts.contracts import NewAccount, PartyKind
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.text import clean_line

MIN_PASSWORD = 10
MAX_PASSWORD = 256
MAX_DISPLAY_NAME = 80
MAX_EMAIL = 254
"""RFC 5321 §4.5.3.1.3: a path is at most 256 octets, two of them angle brackets."""
MAX_LOCAL_PART = 64
MAX_KEPT = 50_000
"""Of tracks, of releases and of follows each, per person: more than anybody hears in years of evenings."""
MAX_SLUG = 60
SLUG_NUMBERS = 100
"""Numbered slugs looked at before giving a name a random ending."""

ACCESS_TOKEN_LIFE = timedelta(minutes=15)
SESSION_IDLE = timedelta(days=30)
SESSION_LONGEST = timedelta(days=365)
SEEN_EVERY = timedelta(minutes=5)
"""How stale `last_seen_at` may be: a write per request would cost more than it tells."""

_NOT_IN_LOCAL_PART = frozenset('"(),:;<>[\\]@ ')
_DOMAIN = re.compile(
    r"(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
)
# Letters that Unicode does not decompose into a base letter and a mark.
_FOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i"}
)


def check_new_account(email: str, password: str, display_name: str) -> NewAccount:
    """A sign-up in its normal form. Raises Invalid, naming the field and the rule it breaks."""
    address = clean_email(email)
    return NewAccount(
        address,
        normalise_email(address),
        check_new_password(password, address),
        clean_line(display_name, "display_name", MAX_DISPLAY_NAME),
    )


def clean_email(text: str) -> str:
    """The address mail goes to: NFKC, the domain in lower-case ASCII (IDNA, RFC 3490). Raises Invalid.

    The local part keeps its letters' case, because RFC 5321 §2.4 leaves its meaning to the receiving host.
    """
    local, _, domain = unicodedata.normalize("NFKC", text.strip()).strip().rpartition("@")
    domain = _ascii_domain(domain)
    address = f"{local}@{domain}"
    if not _is_local_part(local) or not _DOMAIN.fullmatch(domain) or len(address) > MAX_EMAIL:
        raise Invalid("This is not an email address", field="email")
    return address


def normalise_email(address: str) -> str:
    """What makes two addresses one account: compatibility caseless matching (Unicode D146)."""
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", address).casefold())
    return unicodedata.normalize("NFKC", once.casefold())


def normalise_password(password: str) -> str:
    """NFKC, so that one keyboard's é is another's (NIST SP 800-63B §5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def check_new_password(password: str, email: str, field: str = "password") -> str:
    """Length over composition: long enough, not absurd, and not the address itself. Raises Invalid."""
    text = normalise_password(password)
    if len(text) < MIN_PASSWORD:
        raise Invalid(
            f"The password needs at least {MIN_PASSWORD} characters; a few words make a good one",
            field=field,
        )
    if len(text) > MAX_PASSWORD:
        raise Invalid(f"The password may have at most {MAX_PASSWORD} characters", field=field)
    if normalise_email(text) in (normalise_email(email), normalise_email(email).rpartition("@")[0]):
        raise Invalid("The password can't be the email address", field=field)
    return text


def slug_for(name: str, kind: PartyKind) -> str:
    """`name` as an address part: a-z, 0-9 and single hyphens, at most MAX_SLUG; accents are folded.

    A name without such letters, or one that could be read as an id, is known by its kind.
    """
    bare = unicodedata.normalize("NFKD", name.casefold()).casefold().translate(_FOLDED)
    letters = "".join(char for char in bare if not unicodedata.combining(char) and char not in "'’")
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:MAX_SLUG].rstrip("-")
    return slug if slug and not _is_uuid(slug) else kind.value


def numbered_slugs(slug: str) -> list[str]:
    """`slug`, then -2, -3 …: what is tried in this order."""
    return [slug, *(f"{slug}-{number}" for number in range(2, SLUG_NUMBERS + 1))]


def decide_slug(slug: str, taken: Container[str], random_ending: str) -> str:
    """The first of `numbered_slugs` not in `taken`, or one with a random ending."""
    free = (candidate for candidate in numbered_slugs(slug) if candidate not in taken)
    return next(free, f"{slug}-{random_ending}")


def session_expiry(created_at: datetime, now: datetime) -> datetime:
    """SESSION_IDLE after the last sign of life, but never more than SESSION_LONGEST after its start."""
    return min(now + SESSION_IDLE, created_at + SESSION_LONGEST)


def is_touch_due(last_seen_at: datetime, now: datetime) -> bool:
    return now - last_seen_at >= SEEN_EVERY


def _is_local_part(text: str) -> bool:
    return (
        0 < len(text) <= MAX_LOCAL_PART
        and text.isprintable()
        and not _NOT_IN_LOCAL_PART.intersection(text)
        and not (text.startswith(".") or text.endswith(".") or ".." in text)
    )


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
