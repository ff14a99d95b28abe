"""How often one address, and one account, may try to sign in or up."""

import hashlib

from starlette.requests import Request

from basedmusic.accounts.passwords import Passwords
from basedmusic.accounts.rules import normalise_email
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.origin import client_address, limit_key

SIGN_UPS_PER_ADDRESS = "10/hour"
SIGN_INS_PER_ADDRESS = "10/minute"
SIGN_INS_PER_ACCOUNT_AND_ADDRESS = "20/hour"
SIGN_INS_PER_ACCOUNT = "100/hour"
"""Above the one before, so that one person guessing does not lock the owner out of the account."""
RESETS_PER_ADDRESS = "10/hour"
RESETS_PER_MAILBOX = "4/hour"
"""Counted alike for addresses that nobody has."""
MAILS_PER_ACCOUNT = "6/hour"
KEYS_PER_ACCOUNT = "20/hour"
LINKS_PER_ADDRESS = "60/hour"
REFRESHES_PER_ADDRESS = "60/minute"


def limit_passwords(request: Request, email: str) -> None:
    """Before a password of `email` is looked at. Raises TooManyRequests.

    The address first, so that a flood from one does not use up what an account may be tried.
    """
    limiter, address = limiter_of(request), address_of(request)
    account = mailbox_key(email)
    limiter.hit(SIGN_INS_PER_ADDRESS, "sign_in", address)
    limiter.hit(SIGN_INS_PER_ACCOUNT_AND_ADDRESS, "sign_in_account", f"{account} {address}")
    limiter.hit(SIGN_INS_PER_ACCOUNT, "sign_in_account_all", account)


def mailbox_key(email: str) -> str:
    """What limits per mail address count."""
    return hashlib.sha256(normalise_email(email.strip()).encode("utf-8", "replace")).hexdigest()


def address_of(request: Request) -> str:
    """What limits per address count."""
    return limit_key(client_address(request, request.app.state.settings.trusted_proxies))


def passwords_of(request: Request) -> Passwords:
    return request.app.state.passwords
