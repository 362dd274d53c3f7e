"""Provinces in Turkish text: by name, district, plate code; suffixes and slips forgiven."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.nlu.mention import Mention
from bot.nlu.words import Word
from bot.text.provinces import Places, places

#: Case and other endings after a name: mersin-deki, izmir-de, ankara-dan, van-li-yim.
SUFFIX = (
    r"(?:l[iu])?(?:d[ae]nd[ae]|n?d[ae]n?|t[ae]n?|n?[iu]n|[iu]|[iu]m|y?[ae]|y[iu]m?|y[iu]z)?"
    r"(?:k[iu](?:l[ae]r)?|y[iu]m|y[iu]z|d[iu]r|s[iu]n[iu]z|y[ae]|n?[iu]n|n[ae])?"
)
_ENDING = re.compile(SUFFIX)
_STRONG = r"(?:n?d[ae]n?|t[ae]n?|l[iu])(?:k[iu]|y[iu]m|y[iu]z|n[iu]n)?|ya|ye"
_PLATE = re.compile(r"(\d{1,2})")
_SHORT_END = r"[dt][ae](?:n|k[iu]\w*|y[iu]m|ym|y[iu]z|yz)?"
_PLATE_CUE = re.compile(r"plaka\w*|kod\w*|trafik")
#: Districts whose names are everyday words: taken only with a case ending or a cue.
_EVERYDAY = frozenset(
    (
        *("olur", "bayat", "genc", "can", "orta", "baglar", "agin", "suruc", "aralik", "dersim"),
        *("hocalar", "tut", "cay", "bala", "mut", "of", "kale", "pazar", "saray", "evren", "dinar"),
        *("kemer", "hani", "cat", "sur", "kas", "han", "guney", "adalar", "ulas", "gerze", "ilgin"),
        *("merkez", "ova", "bor", "besni", "akdeniz", "karsiyaka", "toroslar", "ortakoy", "ilic"),
        *("siran", "derik", "eflani", "refahiye", "duzici", "selim", "gole", "posof", "tas", "koy"),
        *("yenice", "sincik", "kadikoy", "bozkurt", "genc", "hamur", "dicle", "ergani", "fatih"),
        *("gunyuzu", "sincan", "tefenni", "karakose", "akyaka", "arac", "esme", "sivasli", "sason"),
        *("kurtulus", "tuzla", "kartal", "cesme", "demre", "gazi", "selcuklu", "meram", "devrek"),
        *(
            "yesilyurt",
            "osmangazi",
            "nilufer",
            "yildirim",
            "arnavutkoy",
            "sisli",
            "erdemli",
            "aziz",
        ),
    )
)
#: "K.maraş", "ş.urfa": the word before the name by its first letter.
_INITIAL = re.compile(r"^[a-z]\.(?=[a-z]{4})")
_VOWELS = frozenset("aeiou")
_SHORT = 4
FUZZY_PROVINCE = 0.75
FUZZY_DISTRICT = 0.85
#: Names this long may hold two slips, shorter ones one.
TWO_SLIPS_LENGTH = 8
FUZZY_LENGTH = 5
#: How many letters name a province by its beginning: "Kara" could be several.
PREFIX_LENGTH = 4
#: Three letters are a province's by its beginning if they end as no word does: "ist", "ank".
_ABBREVIATION = re.compile(r"\w+[^aeiou\W]")
_CUES = re.compile(r"il\w{0,6}|ilce\w*|ko{0,2}r?d[iuntr]\w*|koordin\w*|merkez\w*")


def places_in(words: Sequence[Word], alone: bool = False) -> list[Mention]:
    """Return the provinces meant, each with every province that can be.

    `alone` tells that a province was asked for: then slips, everyday names and bare
    plate codes are taken too.
    """
    table = places()
    found: list[Mention] = []
    index = 0
    while index < len(words):
        hit = _at(words, index, alone)
        if hit:
            found.append(hit)
            index = hit.last + 1
        else:
            index += 1
    found = [m for m in found if not _denied(words, m)]
    if not found:
        found = _plates(words, table, alone) or _slips(words, table, alone)
    return found


def _denied(words: Sequence[Word], mention: Mention) -> bool:
    after = words[mention.last + 1].text if mention.last + 1 < len(words) else ""
    return after.startswith("degil")


def _at(words: Sequence[Word], index: int, alone: bool) -> Mention | None:
    text = words[index].text
    text = _INITIAL.sub("", text) if "." in text else text
    for name, provinces, is_province in _readings(text):
        if " " in name:
            pair = f"{text} {words[index + 1].text}" if index + 1 < len(words) else ""
            if pair.startswith(name) and _ENDING.fullmatch(pair, len(name)):
                return Mention("il", list(provinces), index, index + 1)
        elif is_province or name not in _EVERYDAY or alone or _has_cue(text, name, words, index):
            return Mention("il", list(provinces), index, index)
    return None


@lru_cache(maxsize=20_000)
def _readings(text: str) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """Return the names a word is, or may begin; words come again and again."""
    names = places().by_start.get(text[:2], ())
    return tuple(one for one in names if " " in one[0] or _is(text, one[0]))


def _is(text: str, name: str) -> bool:
    if not text.startswith(name):
        return False
    if text == name:
        return True
    return bool(re.fullmatch(_STRONG if len(name) <= _SHORT else SUFFIX, text[len(name) :]))


def _has_cue(text: str, name: str, words: Sequence[Word], index: int) -> bool:
    if re.fullmatch(_STRONG, text[len(name) :]):
        return True
    after = words[index + 1].text if index + 1 < len(words) else ""
    return bool(re.fullmatch(_STRONG, after) or re.fullmatch(r"ilce\w*", after))


def _plates(words: Sequence[Word], table: Places, alone: bool) -> list[Mention]:
    """Read "plakamız 06", "33'ün koordinatörü"; a bare number only if asked for."""
    cue = any(_PLATE_CUE.fullmatch(word.text) for word in words)
    bare = len([word for word in words if not word.text.isdecimal()]) == 0
    found = []
    for index, word in enumerate(words):
        match = re.fullmatch(r"(\d{1,2})(?:[iu]?n?[iu]n|l[iu]\w*|d[ae]\w*|t[ae]\w*)?", word.text)
        if not match:
            continue
        suffixed = index + 1 < len(words) and re.fullmatch(
            r"n?[iu]n|d[ae]\w*", words[index + 1].text
        )
        near = any(_CUES.fullmatch(w.text) for w in words)
        if cue or (alone and bare) or (suffixed and near) or (near and match[1] != word.text):
            province = table.plates.get(match[1].zfill(2))
            if province:
                found.append(Mention("il", [province], index, index))
    return found


def _slips(words: Sequence[Word], table: Places, alone: bool) -> list[Mention]:
    """Read a misspelt name: "diyarbakr", "mersn"; several if it is as near to several."""
    near = alone or any(_CUES.fullmatch(word.text) for word in words)
    if not near:
        return []
    best: tuple[float, list[str], int] | None = None
    for index, word in enumerate(words):
        if len(word.text) < PREFIX_LENGTH:
            continue
        if _CUES.fullmatch(word.text) or _COMMON.match(word.text):
            continue
        score, names = _nearest(word.text)
        if names and (best is None or score > best[0]):
            best = score, list(names), index
    if best:
        return [Mention("il", best[1], best[2], best[2])]
    # "Kara": several provinces begin so.
    for index, word in enumerate(words):
        whole = len(word.text) >= PREFIX_LENGTH or bool(_ABBREVIATION.fullmatch(word.text))
        named = alone and len(words) == 1 and whole
        after = words[index + 1].text if index + 1 < len(words) else ""
        if len(word.text) >= PREFIX_LENGTH - named and (
            named or re.match(r"il(?:in|nin|i)?", after)
        ):
            starts = [
                province
                for name, province in table.provinces.items()
                if " " not in name and name.startswith(word.text)
            ]
            if starts:
                return [Mention("il", sorted(set(starts)), index, index)]
    return []


#: Words of every question about a coordinator, none of them a misspelt place.
_COMMON = re.compile(
    r"koord|kord|ogretmen|okul|nasil|nered|numara|telefon|etwin|iletis|ulas|acaba|lazim|bizim|"
    r"kimdi|kimin|sehir|onay|hesap|mail|email|eposta|calis|gorev|istiyor|misin|musun|"
    r"lutfen|merhaba|tesekkur|mudur|hocam|bilmiyor|neresi|bulam|yazma|arama|gerek|veri|"
    r"karsi|adini|ismi|kisi|uyelik|resmi|sayfa|simdi|yeni|eski(?!se)|tayin|olarak|hangi|bilgi|proje"
)


def _lost_a_vowel(stem: str, name: str) -> bool:
    """Tell whether a short word is a name without one vowel inside: "izmt", "brsa"."""
    return any(
        letter in _VOWELS and name[:place] + name[place + 1 :] == stem
        for place, letter in enumerate(name[:-1])
    )


@lru_cache(maxsize=20_000)
def _nearest(text: str) -> tuple[float, tuple[str, ...]]:
    """Return how near the nearest name is, and the provinces it stands for."""
    table = places()
    stems = {text, *(re.sub(f"(?:{end})$", "", text) for end in (SUFFIX, _STRONG, _SHORT_END))}
    own: dict[str, tuple[str, ...]] = {n: (province,) for n, province in table.provinces.items()}
    tables = ((own, FUZZY_PROVINCE), (table.districts, FUZZY_DISTRICT))
    for names, cutoff in tables:
        best: dict[str, float] = {}
        for stem in stems:
            for name, score, _ in process.extract(
                stem, names.keys(), scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=3
            ):
                long = min(len(stem), len(name)) > PREFIX_LENGTH
                fits = name[0] == stem[0] and (long or _lost_a_vowel(stem, name))
                near = OSA.distance(stem, name) <= 1 or len(name) >= TWO_SLIPS_LENGTH
                if fits and near and name not in _EVERYDAY:
                    best[name] = max(best.get(name, 0.0), score)
        if best:
            top = max(best.values())
            near_names = [name for name, score in best.items() if score == top]
            meant = {province for name in near_names for province in names[name]}
            return top, tuple(sorted(meant))
    return 0.0, ()
