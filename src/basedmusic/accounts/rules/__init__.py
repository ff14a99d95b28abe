"""Pure decisions, a module per noun: values in, a normal form or an error out."""

from basedmusic.accounts.rules.library import MAX_AVOIDED, MAX_KEPT
from basedmusic.accounts.rules.sessions import (
    ACCESS_TOKEN_LIFE,
    REFRESH_GRACE,
    SEEN_EVERY,
    SESSION_IDLE,
    SESSION_LONGEST,
    is_retry,
    is_touch_due,
    session_expiry,
)
from basedmusic.accounts.rules.sign_up import (
    MAX_DISPLAY_NAME,
    MAX_EMAIL,
    MAX_LOCAL_PART,
    MAX_PASSWORD,
    MIN_PASSWORD,
    check_new_account,
    check_new_password,
    clean_email,
    normalise_email,
    normalise_password,
)
from basedmusic.accounts.rules.slugs import MAX_SLUG, SLUG_NUMBERS, decide_slug, numbered_slugs, slug_for

__all__ = [
    "ACCESS_TOKEN_LIFE",
    "MAX_AVOIDED",
    "MAX_DISPLAY_NAME",
    "MAX_EMAIL",
    "MAX_KEPT",
    "MAX_LOCAL_PART",
    "MAX_PASSWORD",
    "MAX_SLUG",
    "MIN_PASSWORD",
    "REFRESH_GRACE",
    "SEEN_EVERY",
    "SESSION_IDLE",
    "SESSION_LONGEST",
    "SLUG_NUMBERS",
    "check_new_account",
    "check_new_password",
    "clean_email",
    "decide_slug",
    "is_retry",
    "is_touch_due",
    "normalise_email",
    "normalise_password",
    "numbered_slugs",
    "session_expiry",
    "slug_for",
]
