"""The waveform's heights: exact parts, whatever the blocks."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from basedmusic.dsp.peaks import STEVENS, PeakMeter


def outline(audio, points=200, samples=None):
    meter = PeakMeter(audio.shape[1] if samples is None else samples, points)
    meter.push(audio)
    return list(meter.read())


def test_the_loudest_part_is_at_the_top_and_half_as_loud_is_half_as_high():
    audio = np.zeros((2, 2000), np.float32)
    audio[1, 500], audio[0, 1999] = -0.8, 0.8 * 0.5 ** (1 / STEVENS)
    heights = outline(audio)
    assert heights[50] == 255
    assert heights[199] in (127, 128)
    assert sum(height > 0 for height in heights) == 2


def test_a_quiet_track_fills_the_height_and_noise_at_the_floor_does_not():
    audio = np.ones((1, 4000), np.float32)
    assert set(outline(audio * 0.05)) == {255}
    assert max(outline(audio * 1e-5)) < 20


def test_silence_is_flat():
    assert outline(np.zeros((2, 999), np.float32)) == [0] * 200


@settings(max_examples=60, deadline=None)
@given(
    samples=st.integers(1, 3000),
    points=st.integers(1, 250),
    cuts=st.lists(st.integers(0, 3000), max_size=5),
)
def test_each_part_holds_its_own_largest_sample(samples, points, cuts):
    audio = np.random.default_rng(samples).uniform(-1, 1, (2, samples)).astype(np.float32)
    meter = PeakMeter(samples, points)
    for block in np.split(audio, sorted(cut for cut in cuts if cut < samples), axis=1):
        meter.push(block)
    highest, expected = np.abs(audio).max(axis=0), np.zeros(points)
    for at in range(samples):
        part = max(p for p in range(points) if p * samples // points <= at)
        expected[part] = max(expected[part], highest[at])
    assert list(meter.read()) == list(np.rint(255 * (expected / expected.max()) ** STEVENS))


def test_a_length_that_was_stated_wrong_fails_nothing():
    audio = np.ones((1, 1000), np.float32)
    assert outline(audio, 10, samples=900) == [255] * 10
    assert outline(audio, 10, samples=2000) == [255] * 5 + [0] * 5


def test_values_no_sound_can_have_leave_a_waveform():
    audio = np.full((1, 1000), 0.5, np.float32)
    audio[0, 10] = np.nan
    assert outline(audio, 10) == [255] * 10
