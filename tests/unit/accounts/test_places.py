"""The shipped list of places: found as people type them, and no finer than it says."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts.places import ATTRIBUTION, PLACES, Places, fold, shipped_places


@pytest.fixture(scope="module")
def places() -> Places:
    return shipped_places()


def found(places: Places, query: str) -> list[str]:
    return [", ".join(filter(None, (one.name, one.region, one.country))) for one in places.find(query, 3)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("berl", "Berlin, Germany"),
        ("MUENCHEN", "Munich, Germany"),
        ("münch", "Munich, Germany"),
        ("koln", "Köln, Germany"),
        ("cologne", "Köln, Germany"),
        ("kreuzb", "Kreuzberg, Germany"),
        ("springfield, ill", "Springfield, Illinois, United States"),
        ("rio", "Rio de Janeiro, Brazil"),
        ("janeiro", "Rio de Janeiro, Brazil"),
        ("saint-etienne", "Saint-Étienne, France"),
        ("saint etienne", "Saint-Étienne, France"),
    ],
)
def test_found_as_people_type_it(places: Places, query: str, first: str):
    assert found(places, query)[0] == first


@pytest.mark.parametrize("query", ["", "   ", ",", ", germany", "zzzzqq", "\0", "berlin, nowhere"])
def test_nothing_is_found_by_nothing(places: Places, query: str):
    assert places.find(query) == []


@given(st.data())
def test_whoever_types_a_name_finds_the_place(data: st.DataObject):
    places = shipped_places()
    place = data.draw(st.sampled_from(places.all))
    cut = data.draw(st.integers(max(1, len(place.name) - 3), len(place.name)))
    assert place in places.find(f"{place.name[:cut]}, {place.country}", 2_000)
    assert places.get(place.id) == place


def test_it_is_coarse_and_whole(places: Places):
    zones = available_timezones()
    assert len(places.all) > 20_000
    for place in places.all:
        assert place.zone in zones and place.name and place.country
        assert (place.latitude * 10).is_integer() and (place.longitude * 10).is_integer()
        assert abs(place.latitude) <= 90 and abs(place.longitude) <= 180
    assert len({place.id for place in places.all}) == len(places.all)


def test_it_is_small_and_says_whose_it_is():
    import lzma

    assert PLACES.stat().st_size <= 400_000
    assert lzma.decompress(PLACES.read_bytes()).decode().startswith(ATTRIBUTION)


@given(st.text())
def test_folding_is_done_once(text: str):
    assert fold(fold(text)) == fold(text)
