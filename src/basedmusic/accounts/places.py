"""Where somebody lives, roughly: a shipped list of cities and districts, found by the beginning of their name.

The list is made by `tools/places.py` from GeoNames (CC BY 4.0, https://www.geonames.org). It is read when
first asked for, off the event loop: some 0.7 s of CPU, and 40 MB for as long as the process lives.
"""

import lzma
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from basedmusic.accounts.contracts.preferences import Place

PLACES = Path(__file__).with_name("places.tsv.xz")
ATTRIBUTION = "Places from GeoNames (https://www.geonames.org), CC BY 4.0; coordinates rounded to 0.1 degrees"
MAX_FOUND = 20
OWN, OTHER, LATER = range(3)
"""Where a name begins: the place's own, another of it, or its own from a later word."""
_WHOLE = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i"}
)


class Places:
    """All of them, and their names in order."""

    def __init__(self, places: Sequence[Place], others: Sequence[Sequence[str]]) -> None:
        self.all = places
        self._by_id = {place.id: place for place in places}
        names = [
            (folded, index, kind)
            for index, place in enumerate(places)
            for folded, kind in _beginnings(place.name, others[index])
        ]
        names.sort()
        self._names = [folded for folded, _, _ in names]
        self._at = [(index, kind) for _, index, kind in names]

    def __len__(self) -> int:
        return len(self.all)

    def get(self, place_id: int) -> Place | None:
        return self._by_id.get(place_id)

    def find(self, query: str, limit: int = MAX_FOUND) -> list[Place]:
        """Those whose names begin so: the whole name, then its beginning, then a later word; the larger first.

        What stands after a comma narrows it down by country or region: "Springfield, Illinois".
        """
        asked, _, within = query.partition(",")
        wanted, within = fold(asked), fold(within)
        if not wanted:
            return []
        ranks: dict[int, tuple[int, int]] = {}
        for name, (index, kind) in self._beginning_with(wanted):
            place = self.all[index]
            if within and not any(fold(one).startswith(within) for one in (place.country, place.region)):
                continue
            rank = (0 if name == wanted and kind < LATER else kind + 1, -place.population)
            ranks[index] = min(ranks.get(index, rank), rank)
        best = sorted(ranks, key=lambda index: (ranks[index], self.all[index].id))
        return [self.all[index] for index in best[:limit]]

    def _beginning_with(self, wanted: str) -> Iterator[tuple[str, tuple[int, int]]]:
        for at in range(bisect_left(self._names, wanted), len(self._names)):
            if not self._names[at].startswith(wanted):
                return
            yield self._names[at], self._at[at]


def _beginnings(name: str, others: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The names whole, and from each later word of the own one: "Janeiro" too leads to Rio de Janeiro."""
    words = fold(name).split()
    for first in range(len(words)):
        yield " ".join(words[first:]), LATER if first else OWN
    for other in others:
        yield fold(other), OTHER


def fold(text: str) -> str:
    """Lower case without accents, hyphens and apostrophes as people type or leave them out."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_WHOLE)
    letters = "".join(
        " " if char in "-/" else char
        for char in bare
        if not unicodedata.combining(char) and char not in "'’`."
    )
    return " ".join(letters.split())


@cache
def shipped_places() -> Places:
    """Slow the first time: not on the event loop."""
    return parse_places(lzma.decompress(PLACES.read_bytes()).decode())


def parse_places(text: str) -> Places:
    """What `tools/places.py` wrote: four lines of tables, then a line for each column."""
    _, zones, countries, states, *columns = (line.split("\t") for line in text.split("\n"))
    country = [one.split(" ", 1)[1] for one in countries]
    state = dict(one.split(" ", 1) for one in states if one)
    names, nations, regions, zone, thousands, latitudes, longitudes, ids, others = columns
    places = [
        Place(
            id=int(ids[at]),
            name=name,
            region=state.get(regions[at], ""),
            country=country[int(nations[at])],
            zone=zones[int(zone[at])],
            latitude=int(latitudes[at]) / 10,
            longitude=int(longitudes[at]) / 10,
            population=1000 * int(thousands[at]),
        )
        for at, name in enumerate(names)
    ]
    return Places(places, [one.split("|") if one else [] for one in others])
