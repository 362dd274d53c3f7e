"""Countries and their people in Turkish text: "Polonya'dan", "italyan", "ispanyol ortak"."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.nlu.mention import Mention
from bot.nlu.places import SUFFIX
from bot.nlu.words import Word
from bot.text.fold import normalize

_TABLE = Path(__file__).parent / "data" / "countries.tsv"
HOME = "Türkiye"
_PEOPLE = r"(?:l[iu]|l[ae]r)?(?:y?[iu][mz])?"
_ENDING = re.compile(_PEOPLE + SUFFIX)
FUZZY = 88
FUZZY_LENGTH = 6
#: Names that are everyday words or other things here, and ones taken only whole.
_NEVER = {"man", "cad", "gine", "kuba", "mali", "togo", "nijer", "guam", "niue", "cersey"}
_STRICT = {"fin", "cek", "leh", "uk", "tr"}


#: "İngilizce", "almanca": a language or who teaches it, no country.
_LANGUAGE = re.compile(r"c[ae](?:c[iu]\w*|s[iu]\w*|y[iu])?$")


class Countries(NamedTuple):
    """Folded names and other words to the country's name; the same under two letters.

    `long_by_letter`: the names in which a slip is forgiven, under their first letter.
    """

    names: dict[str, str]
    by_start: dict[str, list[tuple[str, str]]]
    long_by_letter: dict[str, list[str]]


@lru_cache(maxsize=1)
def countries() -> Countries:
    """Read the table that stands beside this module; longer names come first."""
    names: dict[str, str] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        _, name, others = line.split("\t")
        for word in [name, *filter(None, others.split(", "))]:
            names.setdefault(normalize(word), name)
    kept = {name: country for name, country in names.items() if name not in _NEVER}
    ordered = dict(sorted(kept.items(), key=lambda item: -len(item[0])))
    by_start: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, country in ordered.items():
        by_start[name[:2]].append((name, country))
    long_by_letter: dict[str, list[str]] = defaultdict(list)
    for name in ordered:
        if len(name) >= FUZZY_LENGTH:
            long_by_letter[name[0]].append(name)
    return Countries(ordered, dict(by_start), dict(long_by_letter))


def countries_in(words: Sequence[Word]) -> list[Mention]:
    """Return the countries named, in order; slips in longer names are forgiven."""
    found: list[Mention] = []
    index = 0
    while index < len(words):
        hit = _at(words, index)
        if hit:
            found.append(hit)
            index = hit.last + 1
        else:
            index += 1
    return found


def _at(words: Sequence[Word], index: int) -> Mention | None:
    text = words[index].text
    for name, country in _readings(text):
        if not name:
            return Mention("ulke", country, index, index)
        pair = f"{text} {words[index + 1].text}" if index + 1 < len(words) else ""
        if pair.startswith(name) and _ENDING.fullmatch(pair, len(name)):
            return Mention("ulke", country, index, index + 1)
    return None


@lru_cache(maxsize=20_000)
def _readings(text: str) -> tuple[tuple[str, str], ...]:
    """Return what a word can name: names it may begin, and at the end, under "", its own.

    Words come again and again.
    """
    if _LANGUAGE.search(text):
        return ()
    found: list[tuple[str, str]] = []
    for name, country in countries().by_start.get(text[:2], ()):
        if " " in name:
            found.append((name, country))
        elif _names(text, name):
            return (*found, ("", country))
    near = _slip(text)
    return (*found, ("", near)) if near else tuple(found)


def _names(text: str, name: str) -> bool:
    """Tell whether a word is a name with endings; some names only in their plain forms."""
    if name in _STRICT:
        return text in {name, f"{name}ler", f"{name}lar"}
    return text.startswith(name) and bool(_ENDING.fullmatch(text, len(name)))


def _slip(text: str) -> str | None:
    """Return the country a misspelt word stands for."""
    table = countries()
    for stem in dict.fromkeys((text, re.sub(SUFFIX + "$", "", text))):
        if len(stem) < FUZZY_LENGTH:
            continue
        near = process.extractOne(
            stem, table.long_by_letter.get(stem[0], ()), scorer=fuzz.ratio, score_cutoff=FUZZY
        )
        if near:
            return table.names[near[0]]
    return None
