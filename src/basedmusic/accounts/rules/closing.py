"""How long a closed profile may be taken back."""

from datetime import timedelta

CLOSING_DELAY = timedelta(days=14)
"""As an account's erasure: whoever is away for a fortnight's tour still finds it."""


def names(typed: str, name: str) -> bool:
    """Whether somebody typed the profile's name; case and spaces are no reason to refuse."""
    return " ".join(typed.split()).casefold() == " ".join(name.split()).casefold()
