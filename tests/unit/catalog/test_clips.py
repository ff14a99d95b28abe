"""Which tracks a newcomer judges, and which ten seconds of them."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from basedmusic.catalog.clips import CLIP_MS, CLIPS, Candidate, choose_clips, clip_start_ms

GENRES = st.sampled_from(["dub", "folk", "house", "jazz", "metal", "pop", "punk", "soul"])
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.uuids(),
        st.integers(1, 4).map(lambda number: UUID(int=number)),
        st.frozensets(GENRES, max_size=3),
        st.booleans(),
    ),
    max_size=20,
    unique_by=lambda one: one.track_id,
)
WAVES = st.binary(min_size=1, max_size=200)
DURATIONS = st.integers(1, 600_000)


def all_genres(of: list[Candidate]) -> set[str]:
    return set().union(*(one.genres for one in of))


@given(CANDIDATES, st.frozensets(GENRES), st.integers(1, 8))
def test_as_many_as_there_can_be_and_none_twice(
    candidates: list[Candidate], wanted: frozenset[str], count: int
):
    chosen = choose_clips(candidates, wanted, count)
    assert len(chosen) == len(set(chosen)) == min(count, len(candidates))
    assert set(chosen) <= set(candidates)
    assert choose_clips(candidates, wanted, count) == chosen


@given(CANDIDATES, st.frozensets(GENRES, max_size=CLIPS))
def test_each_wanted_genre_that_there_is_has_its_turn(candidates: list[Candidate], wanted: frozenset[str]):
    chosen = choose_clips(candidates, wanted)
    assert all_genres(candidates) & wanted <= all_genres(chosen)


@given(CANDIDATES, st.frozensets(GENRES))
def test_they_are_as_different_as_they_come(candidates: list[Candidate], wanted: frozenset[str]):
    chosen = choose_clips(candidates, wanted)
    assert len(all_genres(chosen)) >= min(CLIPS, len(all_genres(candidates)))


@given(st.integers(0, 20), st.integers(0, 20))
def test_no_artist_twice_while_there_are_others_and_those_from_near_first(far: int, near: int):
    made = [
        Candidate(UUID(int=number), UUID(int=number // 2), frozenset(), number >= far)
        for number in range(far + near)
    ]
    chosen = choose_clips(made, ())
    artists = {one.artist_id for one in made}
    assert len({one.artist_id for one in chosen}) == min(CLIPS, len(artists), len(chosen))
    nearby = {one.artist_id for one in made if one.near}
    assert sum(one.near for one in chosen[: len(nearby)]) == min(len(nearby), CLIPS)


@given(WAVES, DURATIONS, st.integers(1, 20_000))
def test_a_clip_lies_within_its_track(waveform: bytes, duration_ms: int, length_ms: int):
    start = clip_start_ms(waveform, duration_ms, length_ms)
    assert 0 <= start <= max(0, duration_ms - length_ms)


@given(st.binary(min_size=200, max_size=200).map(lambda wave: bytes(peak // 2 for peak in wave)), DURATIONS)
def test_how_loud_it_was_mastered_does_not_matter(waveform: bytes, duration_ms: int):
    louder = bytes(2 * peak for peak in waveform)
    assert clip_start_ms(louder, duration_ms) == clip_start_ms(waveform, duration_ms)


@given(st.integers(0, 199), st.integers(30, 300).map(lambda seconds: seconds * 1000))
def test_what_stands_out_is_in_it(loud: int, duration_ms: int):
    waveform = bytes(200 if point == loud else 10 for point in range(200))
    start = clip_start_ms(waveform, duration_ms)
    at = loud * duration_ms / 200
    assert start <= at + duration_ms / 200
    assert at - duration_ms / 200 <= start + CLIP_MS


def test_of_a_drone_and_a_rattle_neither_beats_where_the_song_happens():
    quiet, drone, song, rattle = [5] * 50, [120] * 50, [110, 250] * 25, [5, 60] * 25
    start = clip_start_ms(bytes(quiet + drone + song + rattle), 200_000)
    assert 99_000 <= start <= 150_000 - CLIP_MS


def test_silence_and_what_is_short_begin_at_the_beginning():
    assert clip_start_ms(bytes(200), 100_000) == 0
    assert clip_start_ms(bytes(range(200)), 9_000) == 0
    assert clip_start_ms(b"", 100_000) == 0
