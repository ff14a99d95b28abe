"""The block filter against the difference equation, sample by sample."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basedmusic.dsp.iir import BLOCK, Filter, filtered
from basedmusic.dsp.loudness import k_weighting


def by_the_sample(sections, signal):
    for b0, b1, b2, a1, a2 in sections:
        out, s1, s2 = np.empty(len(signal)), 0.0, 0.0
        for at, x in enumerate(signal):
            y = b0 * x + s1
            s1, s2 = b1 * x - a1 * y + s2, b2 * x - a2 * y
            out[at] = y
        signal = out
    return signal


@pytest.mark.parametrize("rate", [8_000, 48_000, 192_000])
@pytest.mark.parametrize("length", [1, BLOCK - 1, BLOCK, BLOCK**2 + 1, 5 * BLOCK**2 + 7])
def test_it_equals_the_difference_equation(rate, length):
    signal = np.random.default_rng(length).standard_normal(length)
    got = Filter(k_weighting(rate), 1).push(signal[None])
    assert np.abs(got[0] - by_the_sample(k_weighting(rate), signal)).max() < 1e-9


@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(0, 5000), max_size=5))
def test_blocks_join_without_a_seam(cuts):
    signal = np.random.default_rng(1).standard_normal((2, 5000))
    whole = Filter(k_weighting(48_000), 2).push(signal)
    cut = Filter(k_weighting(48_000), 2)
    joined = np.concatenate([cut.push(part) for part in np.split(signal, sorted(cuts), axis=1)], axis=1)
    assert np.allclose(joined, whole, atol=1e-10)


def test_a_whole_array_keeps_its_shape_and_type():
    signal = np.ones(100, np.float32)
    assert filtered(k_weighting(48_000), signal).shape == (100,)
    assert filtered(k_weighting(48_000), np.stack([signal, signal])).dtype == np.float32
