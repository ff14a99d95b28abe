"""Units as types, so that a milliseconds value can't pass for a sample count unnoticed."""

from typing import NewType

DurationMs = NewType("DurationMs", int)
Samples = NewType("Samples", int)
"""A count of sample frames (one per channel at one instant) at a rate that the name beside it states."""
Bytes = NewType("Bytes", int)


def samples_to_ms(samples: int, rate: int) -> DurationMs:
    """Samples at `rate` Hz as milliseconds, rounded half up."""
    return DurationMs((samples * 2000 + rate) // (2 * rate))
