"""The memory tier: bounded, keeps what is asked for again."""

import random
from collections import OrderedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.platform.cache import ENTRY_OVERHEAD, MemoryTier

BUDGET = 10_000

steps = st.lists(
    st.tuples(st.sampled_from(["put", "get", "drop"]), st.integers(0, 12), st.integers(0, 12_000)),
    max_size=80,
)


@given(steps)
def test_never_above_the_budget_never_a_wrong_value_and_the_last_put_is_there(
    steps: list[tuple[str, int, int]],
) -> None:
    tier: MemoryTier[int] = MemoryTier(BUDGET)
    truth: dict[int, bytes] = {}
    for number, (step, key, size) in enumerate(steps):
        if step == "put":
            value = number.to_bytes(2, "big") * (size // 2)
            tier.put(key, value)
            truth[key] = value
            fits = len(value) + ENTRY_OVERHEAD <= BUDGET
            assert tier.get(key) == (value if fits else None)
        elif step == "get":
            assert tier.get(key) in (None, truth.get(key))
        else:
            tier.drop(key)
            truth.pop(key, None)
            assert tier.get(key) is None
        assert 0 <= tier.stats().bytes <= BUDGET
    held = [value for key in range(13) if (value := tier.get(key)) is not None]
    assert tier.stats().bytes == sum(len(value) + ENTRY_OVERHEAD for value in held)
    assert tier.stats().entries == len(held)
    tier.clear()
    assert (tier.stats().bytes, tier.stats().entries) == (0, 0)


def test_it_counts_what_it_does() -> None:
    tier: MemoryTier[str] = MemoryTier(2 * (100 + ENTRY_OVERHEAD))
    for key in "abc":
        tier.put(key, bytes(100))
    assert tier.get("a") is None
    assert tier.get("c") == bytes(100)
    stats = tier.stats()
    assert (stats.hits, stats.misses, stats.evictions, stats.entries) == (1, 1, 1, 2)


def test_a_scan_does_not_wash_away_what_is_asked_for_again() -> None:
    tier: MemoryTier[str] = MemoryTier(100 * (1000 + ENTRY_OVERHEAD))
    hot = [f"hot{n}" for n in range(50)]
    for _ in range(2):
        for key in hot:
            if tier.get(key) is None:
                tier.put(key, bytes(1000))
    for n in range(10_000):
        tier.put(f"scan{n}", bytes(1000))
    assert all(tier.get(key) is not None for key in hot)


class PlainLru:
    """The peer, same budget and accounting."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._held = 0
        self._entries: OrderedDict[int, bytes] = OrderedDict()

    def get(self, key: int) -> bytes | None:
        if key in self._entries:
            self._entries.move_to_end(key)
        return self._entries.get(key)

    def put(self, key: int, value: bytes) -> None:
        self._entries[key] = value
        self._held += len(value) + ENTRY_OVERHEAD
        while self._held > self._budget:
            _, gone = self._entries.popitem(last=False)
            self._held -= len(gone) + ENTRY_OVERHEAD


@pytest.mark.parametrize("seed", range(3))
def test_listeners_and_scans_mixed_hit_more_often_than_plain_lru(seed: int) -> None:
    def hits(tier: MemoryTier[int] | PlainLru) -> int:
        chance = random.Random(seed)
        count, scan = 0, 1_000_000
        for _ in range(20_000):
            if chance.random() < 0.5:
                key = int(chance.paretovariate(0.6))  # a few are heard by many
            else:
                key = scan = scan + 1
            if tier.get(key) is not None:
                count += 1
            else:
                tier.put(key, bytes(100))
        return count

    budget = 200 * (100 + ENTRY_OVERHEAD)
    assert hits(MemoryTier(budget)) > hits(PlainLru(budget)) * 1.05
