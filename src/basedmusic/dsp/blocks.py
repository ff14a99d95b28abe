"""What the streaming measurements share: the shape of a block, and making a hostile one harmless."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]
"""Audio of shape (channels, samples) or (samples,), full scale ±1."""

AnyFloats: TypeAlias = npt.NDArray[np.floating[Any]]
"""The same before its last operation: numpy widens as it likes."""

LARGEST = 100.0
"""+40 dBFS: floating-point files may go past full scale, but nothing musical goes past this."""


def tame(block: Floats) -> Floats:
    """The block with NaN as silence and every value within ±LARGEST: float files can hold anything.

    Shape and type stay; a block that is already tame is returned as it is.
    """
    if (
        block.size == 0 or float(np.abs(block).max()) <= LARGEST
    ):  # a NaN makes the maximum NaN, so the test fails
        return block
    return np.clip(np.where(np.isnan(block), np.float32(0), block), -LARGEST, LARGEST)
