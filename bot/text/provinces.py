"""The provinces of Türkiye, their plate codes and districts: a table, no matching."""

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bot.text.fold import normalize

_TABLE = Path(__file__).parent / "data" / "provinces.tsv"


class Places(NamedTuple):
    """Provinces by plate code; folded names of provinces and districts to provinces.

    `by_start`: the names under their first two letters, provinces first, then districts,
    each with whether it is a province's; what a word can name is found there at once.
    """

    plates: dict[str, str]
    provinces: dict[str, str]
    districts: dict[str, tuple[str, ...]]
    by_start: dict[str, list[tuple[str, tuple[str, ...], bool]]]


@lru_cache(maxsize=1)
def places() -> Places:
    """Read the table that stands beside this module."""
    plates: dict[str, str] = {}
    provinces: dict[str, str] = {}
    districts: dict[str, list[str]] = defaultdict(list)
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        plate, province, others, inside = line.split("\t")
        plates[plate] = province
        for name in [province, *filter(None, others.split(", "))]:
            provinces[normalize(name)] = province
        for name in inside.split(", "):
            districts[normalize(name)].append(province)
    # A district that has its province's name, or another's, is read as the province.
    named = {key: tuple(found) for key, found in districts.items() if key not in provinces}
    by_start: dict[str, list[tuple[str, tuple[str, ...], bool]]] = defaultdict(list)
    for name, province in provinces.items():
        by_start[name[:2]].append((name, (province,), True))
    for name, found in named.items():
        by_start[name[:2]].append((name, found, False))
    return Places(plates, provinces, named, dict(by_start))
