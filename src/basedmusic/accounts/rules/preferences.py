"""What the words about going out mean. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from basedmusic.accounts.contracts.preferences import Reach

REACH_KM: Mapping[Reach, int] = MappingProxyType({Reach.WALK: 3, Reach.CITY: 15, Reach.REGION: 60})
"""From home to the door: a walk of three quarters of an hour, a night bus, an hour's drive."""
MAX_JUDGED = 5_000
"""Tracks kept or passed, per person."""
MAX_TASTE_GENRES = 50
