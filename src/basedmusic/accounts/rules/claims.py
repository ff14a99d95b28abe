"""What proves a claim, and how long one holds. Pure."""

import ipaddress
import secrets
from datetime import timedelta
from urllib.parse import urlsplit

CLAIM_LIFE = timedelta(days=14)
CLAIM_KEPT = timedelta(days=90)
"""After its end, so that a moderator who is asked again knows what was decided."""
CLAIM_MAIL_LIFE = timedelta(hours=2)
MAX_CLAIMS = 5
"""Under way at once, per account."""
MAX_WORDS = 2_000

CODE_PREFIX = "basedmusic-"
_CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE_LENGTH = 20

_PUBLIC_MAIL = """
aol.com bluewin.ch btinternet.com cox.net disroot.org duck.com email.cz fastmail.com fastmail.fm free.fr
freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.com hotmail.co.uk
hotmail.de hotmail.fr hushmail.com icloud.com inbox.lv inbox.ru interia.pl laposte.net libero.it list.ru live.com
live.de live.nl mac.com mail.com mail.de mail.ru mailbox.org me.com msn.com naver.com onet.pl orange.fr outlook.com
outlook.de pm.me posteo.at posteo.de posteo.net proton.me protonmail.ch protonmail.com qq.com rediffmail.com
riseup.net rocketmail.com runbox.com seznam.cz sfr.fr skynet.be t-online.de tuta.com tuta.io tutamail.com
tutanota.com tutanota.de verizon.net web.de wp.pl yahoo.ca yahoo.co.uk yahoo.com yahoo.de yahoo.fr yahoo.it
yandex.com yandex.ru ymail.com zoho.com zohomail.com 126.com 163.com
"""
PUBLIC_MAIL_HOSTS = frozenset(_PUBLIC_MAIL.split())
"""Where anybody gets an address: the large ones by common knowledge. One that is missing here is held off by the
other rule: it would have to be the profile's own website."""

_SHARED = """
amazonaws.com bandcamp.com bandzoogle.com beacons.ai blogspot.com carrd.co codeberg.page discord.com discord.gg
facebook.com fb.com flickr.com github.io gitlab.io google.com herokuapp.com instagram.com jimdo.com jimdofree.com
jimdosite.com last.fm linktr.ee mastodon.social medium.com mixcloud.com myspace.com neocities.org netlify.app
notion.site pages.dev patreon.com ra.co reverbnation.com soundcloud.com spotify.com squarespace.com substack.com
telegram.me threads.net tiktok.com tumblr.com twitch.tv twitter.com vercel.app vimeo.com web.app webflow.io
weebly.com wikipedia.org wixsite.com wordpress.com x.com youtu.be youtube.com
"""
SHARED_SITES = frozenset(_SHARED.split())
"""Sites on which many have a page: an address there says nothing about one of them."""


def new_code() -> str:
    """Another for every claim, so that nobody can use what somebody else put on their page."""
    return CODE_PREFIX + "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))


def has_code(text: str, code: str) -> bool:
    """Whether the page has it, as a word of its own: not as the beginning of another."""
    at = text.find(code)
    while at >= 0:
        end = at + len(code)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(code, at + 1)
    return False


def mail_domain(website: str | None) -> str | None:
    """The domain at which an address proves the claim; None where no address could.

    A website's own host without a leading `www.`, and only where the site is that host as a whole: a page below the
    root, or on a site that many share, is somebody's page on somebody else's domain.
    """
    if website is None:
        return None
    parts = urlsplit(website)
    host = (parts.hostname or "").removeprefix("www.")
    if parts.path not in ("", "/") or parts.query or "." not in host or _is_ip(host):
        return None
    if any(_within(host, shared) for shared in SHARED_SITES | PUBLIC_MAIL_HOSTS):
        return None
    return host


def is_at(address: str, domain: str) -> bool:
    """Whether a clean address is at the domain, or at a subdomain of it."""
    return _within(address.rpartition("@")[2].lower(), domain)


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
