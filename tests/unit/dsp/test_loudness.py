"""The synthetic cases of EBU Tech 3341 table 1 and Tech 3342 table 1, and what holds for any sound."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basedmusic.dsp.loudness import Loudness, LoudnessMeter, k_weighting, measure

RATE = 48_000


def sine(seconds, dbfs, *, hz=1000.0, rate=RATE, phase=0.0):
    at = np.arange(round(seconds * rate)) / rate
    return 10 ** (dbfs / 20) * np.sin(2 * np.pi * hz * at + math.radians(phase))


def tones(*parts, rate=RATE, channels=2):
    """One tone after the other, each (seconds, dBFS), alike in all channels."""
    mono = np.concatenate([sine(seconds, level, rate=rate) for seconds, level in parts])
    return np.tile(mono.astype(np.float32), (channels, 1))


TECH_3341 = {
    "1": ([(20, -23)], -23.0),
    "2": ([(20, -33)], -33.0),
    "3": ([(10, -36), (60, -23), (10, -36)], -23.0),
    "4": ([(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)], -23.0),
    "5": ([(20, -26), (20.1, -20), (20, -26)], -23.0),
}


@pytest.mark.parametrize("case", TECH_3341)
def test_integrated_loudness_is_within_a_tenth_of_tech_3341(case):
    parts, expected = TECH_3341[case]
    assert measure(tones(*parts), RATE).integrated_lufs == pytest.approx(expected, abs=0.1)


def test_surround_is_weighted_as_in_tech_3341_case_6():
    levels = (-28, -28, -24, -30, -30)
    audio = np.stack([sine(20, level) for level in levels]).astype(np.float32)
    assert measure(audio, RATE).integrated_lufs == pytest.approx(-23.0, abs=0.1)
    with_lfe = np.insert(audio, 3, sine(20, -6, hz=50), axis=0)
    assert measure(with_lfe, RATE).integrated_lufs == pytest.approx(-23.0, abs=0.1)


TECH_3342 = {
    "1": ([(20, -20), (20, -30)], 10.0),
    "2": ([(20, -20), (20, -15)], 5.0),
    "3": ([(20, -40), (20, -20)], 20.0),
    "4": ([(20, -50), (20, -35), (20, -20), (20, -35), (20, -50)], 15.0),
}


@pytest.mark.parametrize("case", TECH_3342)
def test_loudness_range_is_within_a_tenth_of_tech_3342(case):
    parts, expected = TECH_3342[case]
    assert measure(tones(*parts), RATE).range_lu == pytest.approx(expected, abs=0.1)


TRUE_PEAKS = {  # Tech 3341 cases 15 to 19: Hz as a share of the rate, phase, level in full scale, dBTP
    "15": (1 / 4, 0.0, 0.50, -6.0),
    "16": (1 / 4, 45.0, 0.50, -6.0),
    "17": (1 / 6, 60.0, 0.50, -6.0),
    "18": (1 / 8, 67.5, 0.50, -6.0),
    "19": (1 / 4, 45.0, 1.41, 3.0),
}


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000])
@pytest.mark.parametrize("case", TRUE_PEAKS)
def test_true_peak_is_within_the_tolerance_of_tech_3341(case, rate):
    share, phase, level, expected = TRUE_PEAKS[case]
    mono = sine(1, 20 * math.log10(level), hz=share * rate, rate=rate, phase=phase)
    fade = np.minimum(1, np.minimum(np.arange(rate), np.arange(rate)[::-1]) / (0.01 * rate))
    peak = measure((mono * fade)[None].astype(np.float32), rate).true_peak_dbtp
    assert peak is not None
    assert expected - 0.4 <= peak <= expected + 0.2


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 88_200, 96_000, 192_000])
def test_every_rate_has_the_same_loudness(rate):
    assert measure(tones((5, -23), rate=rate), rate).integrated_lufs == pytest.approx(-23.0, abs=0.1)


def test_the_weighting_at_48_khz_is_the_table_of_bs_1770():
    shelf, high_pass = k_weighting(48_000)
    assert shelf == pytest.approx(
        (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585), abs=1e-8
    )
    assert high_pass == pytest.approx((1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621), abs=1e-8)


def test_one_channel_counts_once():
    assert measure(tones((5, -20), channels=1), RATE).integrated_lufs == pytest.approx(-23.0, abs=0.1)


def test_silence_has_no_loudness():
    assert measure(np.zeros((2, RATE), np.float32), RATE) == Loudness(None, None, None)


def test_what_is_too_short_to_tell_has_a_peak_only():
    loudness = measure(tones((0.3, -20)), RATE)
    assert loudness.integrated_lufs is None
    assert loudness.range_lu is None
    assert loudness.true_peak_dbtp == pytest.approx(-20, abs=0.3)


def test_nothing_at_all_is_silence():
    assert LoudnessMeter(RATE, 2).read() == Loudness(None, None, None)


def test_values_no_sound_can_have_do_not_spoil_the_rest():
    audio = tones((5, -23))
    audio[0, 1000:1010] = [np.nan, np.inf, -np.inf, 1e38, -1e38, 0, 0, 0, 0, 0]
    loudness = measure(audio, RATE)
    assert all(
        value is not None and math.isfinite(value) for value in (loudness.integrated_lufs, loudness.range_lu)
    )
    assert (loudness.true_peak_dbtp or 0.0) < 50


@settings(max_examples=12, deadline=None)
@given(cuts=st.lists(st.integers(0, 3 * RATE), max_size=6), seed=st.integers(0, 9))
def test_how_the_sound_is_cut_into_blocks_changes_nothing(cuts, seed):
    audio = (0.2 * np.random.default_rng(seed).standard_normal((2, 3 * RATE + 17))).astype(np.float32)
    meter = LoudnessMeter(RATE, 2)
    for block in np.split(audio, sorted(cuts), axis=1):
        meter.push(block)
    pieces, whole = meter.read(), measure(audio, RATE)
    assert pieces.integrated_lufs == pytest.approx(whole.integrated_lufs, abs=1e-9)
    assert pieces.true_peak_dbtp == pytest.approx(whole.true_peak_dbtp, abs=1e-5)


def test_a_reading_in_the_middle_disturbs_nothing():
    audio = tones((4, -23))
    meter = LoudnessMeter(RATE, 2)
    meter.push(audio[:, :100_003])
    meter.read()
    meter.push(audio[:, 100_003:])
    assert meter.read().integrated_lufs == pytest.approx(measure(audio, RATE).integrated_lufs, abs=1e-9)
