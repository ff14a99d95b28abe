"""Addresses, passwords and names in their normal form."""

import re
import unicodedata
from datetime import date

from basedmusic.accounts.common_passwords import common_passwords
from basedmusic.accounts.contracts import NewAccount
from basedmusic.accounts.rules.common import is_common
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.text import clean_line

MIN_PASSWORD = 10
MAX_PASSWORD = 256
MAX_DISPLAY_NAME = 80
MAX_EMAIL = 254
"""RFC 5321 §4.5.3.1.3: a path is at most 256 octets, two of them angle brackets."""
MAX_LOCAL_PART = 64

_NOT_IN_LOCAL_PART = frozenset('"(),:;<>[\\]@ ')
_DOMAIN = re.compile(
    r"(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
)


def check_new_account(
    email: str, password: str, display_name: str, adult_from: date | None = None
) -> NewAccount:
    """A sign-up in its normal form. Raises Invalid, naming the field and the rule it breaks."""
    address = clean_email(email)
    return NewAccount(
        address,
        normalise_email(address),
        check_new_password(password, address),
        clean_line(display_name, "display_name", MAX_DISPLAY_NAME),
        adult_from,
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
    """Length over composition: long enough, not absurd, not the address itself, and not one of
    those that are tried first (NIST SP 800-63B §5.1.1.2). Raises Invalid."""
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
    if is_common(text, common_passwords()):
        raise Invalid(
            "This password is among those that are tried first; a few words that belong together only for you"
            " make a good one",
            field=field,
        )
    return text


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
