"""A profile's words and addresses in their normal form."""

from collections.abc import Iterable
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from basedmusic.accounts.contracts import MAX_ADDRESS, MAX_LINKS
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.text import in_words

MAX_CITY = 100
MAX_ABOUT = 4_000

_KEPT_IN_PATHS = "/%:@!$&'()*+,;=~-._"


def clean_website(text: str, field: str = "website") -> str | None:
    """An address of the web in its normal form; None for nothing. Raises Invalid.

    Without a scheme it is taken for https. The host comes out in lower-case ASCII (IDNA), the fragment goes, and an
    address with a name or a password in it is refused.
    """
    text = text.strip()
    if not text:
        return None
    try:
        if not text.isprintable():
            raise ValueError("urlsplit would drop a line's end")
        parts = urlsplit(text if "://" in text else f"https://{text}")
        address = urlunsplit(_normal(parts))
    except ValueError:
        address = ""
    if not address or len(address) > MAX_ADDRESS:
        raise Invalid("This is no address of the web; one looks like https://example.org", field=field)
    return address


def clean_links(texts: Iterable[str], field: str = "links") -> tuple[str, ...]:
    """Without repeats and empty ones, in the order given. Raises Invalid."""
    found = [clean_website(text, field) for text in texts]
    unique = tuple(dict.fromkeys(one for one in found if one))
    if len(unique) > MAX_LINKS:
        raise Invalid(f"{in_words(field)} may be at most {MAX_LINKS}", field=field)
    return unique


def host_of(address: str) -> str:
    """Of an address from `clean_website`."""
    return urlsplit(address).hostname or ""


def _normal(parts: SplitResult) -> SplitResult:
    """Raises ValueError."""
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError("no address of the web")
    host = parts.hostname.rstrip(".")
    host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii").lower()
    if (
        not host.replace("[", "")
        .replace("]", "")
        .replace(":", "")
        .replace(".", "")
        .replace("-", "")
        .isalnum()
    ):
        raise ValueError("no host")
    port = "" if parts.port is None else f":{parts.port}"
    path = quote(parts.path or "/", safe=_KEPT_IN_PATHS)
    query = quote(parts.query, safe=_KEPT_IN_PATHS + "?")
    return SplitResult(parts.scheme, host + port, path, query, "")
