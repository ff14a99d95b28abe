"""How much a person may keep."""

MAX_KEPT = 50_000
"""Of tracks, of releases and of follows each, per person: more than anybody hears in years of evenings."""
MAX_AVOIDED = 10_000
"""Whom and what one person blocks, mutes and hides together."""
