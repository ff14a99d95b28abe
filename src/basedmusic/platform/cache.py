"""The memory tier: hot bytes, bounded by their sum, not washed away by whoever reads everything once.

Segmented LRU (Karedla, Love, Wherry: "Caching Strategies to Improve Disk System Performance", IEEE Computer
27(3), 1994): what is new is on probation, what is asked for again is protected, and room is made among the
probationers first. One long scan (somebody playing a whole album nobody else hears) passes through probation
and leaves the protected alone. Synchronous and without locks: one event loop owns it.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

PROTECTED_SHARE = 0.8
ENTRY_OVERHEAD = 250
"""Bytes counted per entry beside its content: the bytes object, its key and its place, measured roughly."""


@dataclass(frozen=True, slots=True)
class CacheStats:
    hits: int
    misses: int
    evictions: int
    entries: int
    bytes: int
    """What is held, entries' overhead included; never above the budget."""


class MemoryTier(Generic[K]):
    """At most `budget` bytes of values by key."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._protected_budget = int(budget * PROTECTED_SHARE)
        self._probation: OrderedDict[K, bytes] = OrderedDict()
        self._protected: OrderedDict[K, bytes] = OrderedDict()
        self._held = 0
        self._protected_held = 0
        self._hits = self._misses = self._evictions = 0

    def get(self, key: K) -> bytes | None:
        if key in self._protected:
            self._protected.move_to_end(key)
            value = self._protected[key]
        elif key in self._probation:
            value = self._promote(key)
        else:
            self._misses += 1
            return None
        self._hits += 1
        return value

    def put(self, key: K, value: bytes) -> None:
        """Keep `value` under `key`; what does not fit into the whole budget is not kept at all."""
        was_protected = key in self._protected
        self.drop(key)
        cost = _cost(value)
        if cost > self._budget:
            return
        self._make_room(cost)
        self._held += cost
        self._probation[key] = value
        if was_protected:
            self._promote(key)

    def drop(self, key: K) -> None:
        """Forget `key`, known or not."""
        value = self._protected.pop(key, None)
        if value is not None:
            self._protected_held -= _cost(value)
        else:
            value = self._probation.pop(key, None)
        if value is not None:
            self._held -= _cost(value)

    def clear(self) -> None:
        self._probation.clear()
        self._protected.clear()
        self._held = self._protected_held = 0

    def stats(self) -> CacheStats:
        entries = len(self._probation) + len(self._protected)
        return CacheStats(self._hits, self._misses, self._evictions, entries, self._held)

    def _promote(self, key: K) -> bytes:
        """From probation to protected; the longest unused of the protected go back on probation."""
        value = self._probation[key]
        cost = _cost(value)
        if cost > self._protected_budget:  # would push out every other: stays, as the newest probationer
            self._probation.move_to_end(key)
            return value
        del self._probation[key]
        self._protected[key] = value
        self._protected_held += cost
        while self._protected_held > self._protected_budget:
            old_key, old = self._protected.popitem(last=False)
            self._protected_held -= _cost(old)
            self._probation[old_key] = old
        return value

    def _make_room(self, cost: int) -> None:
        while self._held + cost > self._budget:
            if self._probation:
                _, gone = self._probation.popitem(last=False)
            else:
                _, gone = self._protected.popitem(last=False)
                self._protected_held -= _cost(gone)
            self._held -= _cost(gone)
            self._evictions += 1


def _cost(value: bytes) -> int:
    return len(value) + ENTRY_OVERHEAD
