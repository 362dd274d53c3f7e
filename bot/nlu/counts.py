"""Numbers with what they count, points, ages and school classes."""

import re
from collections.abc import Sequence
from typing import Any

from rapidfuzz.distance import OSA

from bot.nlu.ages import FIRST_CLASS_AGE, with_ages
from bot.nlu.mention import Mention
from bot.nlu.words import Word
from bot.text.numbers import Number, numbers_in

#: What a number can count, by the beginning of the word after it.
UNITS: dict[str, re.Pattern[str]] = {
    "kisi": re.compile(
        r"(?:k[iu]?s[iu](?!r$)|kisl[iu]k|uye|ogretmen|hoca|hocm|zumre|ortak|ortag|katilimc|meslektas|arkadas|partner)"
    ),
    "kurucu": re.compile(r"kurucu"),
    "basvuru": re.compile(r"basvu?r(?!du|ma|sa|up|aca|ca|mu)"),
    "proje": re.compile(r"pro?je|projm|proj$"),
    "puan": re.compile(r"puan"),
    "yas": re.compile(r"ys$|yas(?:$|[iu]|l[iu]|in|la|ta)"),
    "sinif": re.compile(r"s[iu]?n[iu]?f(?![iu]z$)"),
    "ulke": re.compile(r"ulke"),
    "yil": re.compile(r"(?:yil|sene)"),
    "ay": re.compile(r"ay(?:$|d[iu]r|l[iu]k|a$)"),
    "gun": re.compile(r"gun(?:$|luk|dur|u$|de$)"),
    "hafta": re.compile(r"hafta"),
    "okul": re.compile(r"okul"),
    "ogrenci": re.compile(r"(?:ogrenci|cocuk|cocug|mevcudu)"),
}
#: The same nouns where a phone swallows or swaps a letter.
_SLIPPED = {
    "basvuru": "basvuru",
    "ogretmen": "kisi",
    "kisiyiz": "kisi",
    "arkadas": "kisi",
    "proje": "proje",
}
#: Words that may stand between a number and what it counts.
_BETWEEN = re.compile(
    r"(?:tane\w*|adet\w*|yur\w*|kadar|civari\w*|turk\w*|turkiye\w*|den|dan|yerli|akt\w*|etkin|acik|farkli|"
    r"resmi|kayitli|etwinning\w*|toplam|yabanci\w*|ayri|de|da|devam|eden|suren|kalite|etiketi|yeni|"
    r"toplamda|gonullu|kadin|erkek|brans\w*|sinif|ingilizce|tum|ulusal|avrupa|canli|onayli|"
    r"ortagi\w*|bitmemis|bizim|zumre|surmekte|olan|yurutulen|li|lu|u|i|calisan|ulkeden|ulkeli)"
)
#: "25 üzerinden 16", "25 üstünden 16", and how a phone writes them.
_OUT_OF = re.compile(r"(?:u?z?er[iu]?nden|uzer[iu]?n?den|ust[iu]?n?den|uzrinden|ustnden)")
_MAX_BETWEEN = 3
_FEW_WORDS = 4
#: What a form would ask, before its number.
_LABELS = {"ogretmen", "uye", "uyeler", "proje", "basvuru", "hoca", "sira", "puan"}
_FOREIGN = re.compile(r"(?:yabanci|yurtdisi|avrupali)\w*")
_HOME = re.compile(r"(?:turk|turkiye)\w*")
_WE = re.compile(r"(?:y?[iu]z|yuz|uz)$")
_PUPILS = re.compile(
    r"(?:ogrenci|cocuk|cocug|s[iu]n[iu]f|mevcu)\w*(?:m|m[iu]z|s[iu]|l[ae]r|l[ae]r[iu])|sinif|mevcut"
)
_ORDINAL_WORD = {
    "ilk": 1,
    "birinci": 1,
    "ikinci": 2,
    "ucuncu": 3,
    "dorduncu": 4,
    "besinci": 5,
    "altinci": 6,
    "yedinci": 7,
    "sekizinci": 8,
    "dokuzuncu": 9,
    "onuncu": 10,
    "onbirinci": 11,
    "onikinci": 12,
}
_ORDINAL_NAME = re.compile("|".join(name for name in _ORDINAL_WORD if name != "ilk"))
_ORDINAL_END = (
    r"(?:s[iu]|m|n[iu]|s[iu]n[iu]|y[iu]m|yd[iu]m?|d[ae]|ym[iu]?s|s[iu]ym[iu]s|s[iu]yd[iu])?"
)
_ORDINAL = re.compile(f"({'|'.join(_ORDINAL_WORD)}){_ORDINAL_END}")
_ORDINAL_DIGITS = re.compile(rf"(\d{{1,3}})(?:inci|nci|uncu|ncu|ci|cu){_ORDINAL_END}")
#: "5. başvurum" is an ordinal; "sayımız 17. Birbirine …" ends a sentence.
_RANKED = re.compile(
    r"basvur|sinif|s[iu]?n[iu]?f|proje|sira|yil|donem|kez|defa|ve|ile|y?m[iu]s|y[iu]$|c[iu]$|ol|bu$|buydu|s[iu]$|s[iu]yd"
)
_DECIMAL = re.compile(r"\d{1,2}\.\d")
_OF_POINTS = re.compile(r"puan|isbirl|birlig")
_SLASH = re.compile(r"(\d{1,3})/(\d{1,3})[a-z]*")
_RANGE = re.compile(r"(\d{1,3})-(\d{1,3})([a-z]*)")
MONTHS = 12
TEN = 10
#: Shorter names of ordinals are too alike to forgive a slip.
_LONG_ORDINAL = 6
#: A range up to it, without a unit, is one of ages.
OLDEST_GROUP = 19


def counts_in(words: Sequence[Word], taken: set[int]) -> list[Mention]:
    """Return numbers, points and ages; words in `taken` (dates) are left out."""
    used = set(taken)
    found = _written_together(words, used)
    text = " ".join("x" if i in taken else word.text for i, word in enumerate(words))
    numbers = numbers_in(text)
    found += _points(words, used, numbers)
    for number in numbers:
        span = range(number.first, number.last + 1)
        after = words[number.last + 1].text if number.last + 1 < len(words) else ""
        if words[number.last].text == "on" and _ORDINAL_NAME.match(after):
            continue  # "on ikinci": read below
        counted = number.exact or _bare(words) or _one_more(words, number.last + 1)
        if counted and not used.intersection(span):
            found.append(_count(words, number))
            used.update(span)
    found += _ordinals(words, used)
    return sorted(with_ages(found, words), key=lambda m: m.first)


def _written_together(words: Sequence[Word], used: set[int]) -> list[Mention]:
    """Read "17/25" and "4-6 yaş"; note their words as used."""
    found = []
    for index, word in enumerate(words):
        if index in used or not word.text[0].isdecimal():
            continue
        if points := _decimal_points(words, index):
            found.append(points)
            used.update(range(index, points.last + 1))
        elif match := _SLASH.fullmatch(word.text):
            found.append(Mention("puan", [int(match[1]), int(match[2])], index, index))
            used.add(index)
        elif match := _RANGE.fullmatch(word.text):
            unit, last = _unit(words, index + 1, match[3])
            found.append(_range(int(match[1]), int(match[2]), unit, index, last))
            used.update(range(index, last + 1))
    return found


def _decimal_points(words: Sequence[Word], index: int) -> Mention | None:
    """Read "1.5 iş birliği puanı" and "17,5 puan": nothing else is told in halves here."""
    word, last = words[index], index
    text = word.text
    after = words[index + 1] if index + 1 < len(words) else None
    if after and after.start == word.start and after.text.isdecimal():  # "17,5" comes as two
        text, last = f"{text}.{after.text}", index + 1
    beside = words[max(index - 3, 0) : last + 4]
    if _DECIMAL.fullmatch(text) and any(_OF_POINTS.match(other.text) for other in beside):
        return Mention("puan", [float(text)], index, last)
    return None


def _range(low: int, high: int, unit: str | None, first: int, last: int) -> Mention:
    if unit == "sinif":
        ages = [low + FIRST_CLASS_AGE, high + FIRST_CLASS_AGE]
        return Mention("yas", ages, first, last)
    if unit == "ay":
        return Mention("yas", [low // MONTHS, high // MONTHS], first, last)
    if unit == "yas" or (unit is None and high <= OLDEST_GROUP):
        return Mention("yas", [low, high], first, last)
    return Mention("sayi", {"value": low, "to": high, "unit": unit}, first, last)


def _count(words: Sequence[Word], number: Number) -> Mention:
    """Return a number with what it counts, and of whom."""
    word = words[number.last]
    unit, last = _unit(words, number.last + 1, re.sub(r"^-?\d+", "", word.text))
    if labelled := _label_before(words, number):
        at_home = number.last + 1 < len(words) and _HOME.fullmatch(words[number.last + 1].text)
        unit, last = labelled, number.last + bool(at_home)
    between = [words[i].text for i in range(number.last + 1, last + 1)]
    before = [w.text for w in words[max(0, number.first - 2) : number.first]]
    ends = any("," in w.tail for w in words[max(0, number.first - 2) : number.first])
    home = any(re.fullmatch(r"turkiye\w*", text) for text in before) and not ends
    if unit in {None, "kisi"} and home:
        between.append("turk")  # "Türkiye'den 9 kişi"
        unit = "kisi"
    counted = _unit_before(words, number.first)
    if counted == "ogrenci" and unit == "kisi":
        unit, last = counted, number.last  # "öğrenci sayısı 25, öğretmen sayısı 8"
    unit = unit or counted
    if unit == "kisi" and _pupils_before(words, number.first, last):
        unit = "ogrenci"
    value: dict[str, Any] = {"value": number.value, "unit": unit}
    following = words[number.last + 1].text if number.last + 1 < len(words) else ""
    goes_on = not words[number.last + 1].capital if following else False
    goes_on &= not any(re.match(r"isbirl|birlig|puan", text) for text in before)  # "iş birliği 3."
    if word.tail.startswith(".") and goes_on and word.text.isdecimal() and _RANKED.match(following):
        value["ordinal"] = True
    if any(map(_FOREIGN.match, between)):
        value["of"] = "yabanci"
    elif any(map(_HOME.match, between)):
        value["of"] = "turk"
    return Mention("sayi", value, number.first, last)


def _points(words: Sequence[Word], used: set[int], every: Sequence[Number]) -> list[Mention]:
    """Read "25 üzerinden 16" and "16 puan (25 üzerinden)" as points."""
    numbers = [n for n in every if not used.intersection(range(n.first, n.last + 1))]
    for place, number in enumerate(numbers):
        after = words[number.last + 1].text if number.last + 1 < len(words) else ""
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        if not _OUT_OF.match(after) and not _of_them(words, number, following):
            continue
        others = [other for other in numbers if other is not number]
        if not others:
            continue
        close = following and following.first - number.last <= _MAX_BETWEEN
        points = following if following and (close or not place) else numbers[place - 1]
        first, last = min(number.first, points.first), max(number.last, points.last)
        used.update(range(first, last + 1))
        return [Mention("puan", [points.value, number.value], first, last)]
    return []


def _of_them(words: Sequence[Word], number: Number, following: Number | None) -> bool:
    """Tell "25'te 16" from two numbers of which each counts something."""
    if (
        following is None
        or following.value > number.value
        or not words[number.first].text[0].isdigit()
    ):
        return False
    located = re.fullmatch(r"\d+[dt][ae]", words[number.last].text)
    apart = following.first == number.last + 2 and words[number.last + 1].text in {"te", "de", "ta"}
    beside = following.first == number.last + 1 and located
    unit, _ = _unit(words, following.last + 1, "")
    return bool(apart or beside) and unit in {None, "puan"}


def _bare(words: Sequence[Word]) -> bool:
    return len(words) <= _FEW_WORDS


def _one_more(words: Sequence[Word], index: int) -> bool:
    """Tell whether "bir" counts: "bir öğretmen daha", "bir tanesi", "bir kişi kaldı"."""
    return any(
        re.match(r"daha$|tane|kal(?!e|i[tn])", word.text) for word in words[index : index + 2]
    )


def _unit(words: Sequence[Word], start: int, suffix: str) -> tuple[str | None, int]:
    """Return what a number counts and the index of its last word."""
    own = "kisi" if _WE.fullmatch(suffix) else None
    if start >= len(words) or (start and _sentence_ends(words[start - 1])):
        return own, start - 1
    index = start
    while index < len(words) and index - start <= _MAX_BETWEEN:
        if index > start and _sentence_ends(words[index - 1]):
            break  # "3'ü yabancı, proje 2025'te": a comma ends what is counted
        if found := _unit_at(words, index):
            return found
        if not _BETWEEN.fullmatch(words[index].text):
            break
        index += 1
    if _HOME.fullmatch(words[start].text):
        return "kisi", start  # "4 Türk, 3 Macar öğretmen"
    if index < len(words) and _HOME.fullmatch(words[index].text):
        return "kisi", index  # "16 kişiyiz, 14'ü Türk"
    return ("kisi" if own or _WE.fullmatch(words[start].text) else None), start - 1


def _sentence_ends(word: Word) -> bool:
    """Tell whether a sign ends the sentence; the point of "5." and "3-4." does not."""
    return bool(word.tail.strip(".")) or ("." in word.tail and not word.text[-1].isdecimal())


def _unit_at(words: Sequence[Word], index: int) -> tuple[str, int] | None:
    text = words[index].text
    unit = next((unit for unit, pattern in UNITS.items() if pattern.match(text)), None)
    unit = unit or _misspelt_unit(text)
    after = words[index + 1].text if index + 1 < len(words) else ""
    if unit == "sinif" and after.startswith("ogretmen"):
        return "kisi", index + 1  # "iki sınıf öğretmeni"
    if unit == "proje" and re.match(r"basvu?r", after):
        return "basvuru", index + 1
    return (unit, index) if unit else None


def _misspelt_unit(text: str) -> str | None:
    """Return what a word with one slip counts: "basvrum", "porjem", "kisyiz"."""
    for stem, unit in _SLIPPED.items():
        heads = (text[:length] for length in (len(stem) - 1, len(stem), len(stem) + 1))
        if text[0] == stem[0] and any(
            len(head) >= len(stem) - 1 and OSA.distance(head, stem) <= 1 for head in heads
        ):
            return unit
    return None


def _unit_before(words: Sequence[Word], first: int) -> str | None:
    """Read "üye sayımız 12", "sayı 11'e çıktı" and "aktif projem 5"."""
    index = first - 1
    if index < 0 or words[index].tail:
        return None
    if re.match(r"say[iu]", words[index].text):
        before = words[index - 1].text if index else ""
        unit = _owned(before)
        return unit or ("kisi" if _HOME.match(before) or before == "den" else None)
    ends = first + 1 >= len(words) or bool(words[first].tail)
    text = words[index].text
    if ends and text in {"ogretmen", "uye", "proje", "basvuru", "hoca"}:
        return _owned(text)  # "öğretmen 5, kayıt 2018"
    owned = re.search(r"(?<!y[iu])(?:m|m[iu]z|s[iu])$", text)
    unit = _owned(text) if owned else None
    # "Öğrencilerimiz 25" counts them, "öğrencilerim 9 ve 12 yaşında" does not.
    return None if unit == "ogrenci" and not ends else unit


def _label_before(words: Sequence[Word], number: Number) -> str | None:
    """Read "üye: 9" and a list such as "üye 8 başvuru 6": the label stands before its number."""
    place = number.first - 1
    if place > 0 and re.match(r"say[iu]", words[place].text):
        place -= 1
    if place < 0 or words[place].text not in _LABELS:
        return None
    before = words[place - 1] if place else None
    after = words[number.last + 1].text if number.last + 1 < len(words) else ""
    begins = before is None or bool(before.tail) or before.text[-1].isdecimal()
    begins = begins or bool(_HOME.fullmatch(before.text if before else ""))
    ends = not after or bool(words[number.last].tail) or after in _LABELS
    listed = begins and (ends or bool(_HOME.fullmatch(after)))
    signed = words[number.first - 1].tail.strip() in {":", "="}
    return _owned(words[place].text) if signed or listed else None


def _pupils_before(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell "öğrencilerimiz 25 kişi" from members: "kişi" counts what was named before it."""
    if not first or words[first - 1].tail or words[last].text.startswith(("ogr", "hoca", "uye")):
        return False
    return bool(_PUPILS.fullmatch(words[first - 1].text))


def _owned(text: str) -> str | None:
    owned = ("kisi", "proje", "basvuru", "ogrenci")
    return next((unit for unit in owned if UNITS[unit].match(text)), None)


def _ordinals(words: Sequence[Word], used: set[int]) -> list[Mention]:
    found = []
    for index, word in enumerate(words):
        if index in used:
            continue
        value = _ordinal(word.text)
        first = index
        if value and value < TEN and index and words[index - 1].text == "on":
            value, first = value + TEN, index - 1  # "on ikinci"
        digits = _ORDINAL_DIGITS.fullmatch(word.text)
        if digits:
            value = int(digits[1])
        if value is None:
            continue
        unit, last = _unit(words, index + 1, "")
        found.append(Mention("sayi", {"value": value, "unit": unit, "ordinal": True}, first, last))
    return found


def _ordinal(text: str) -> int | None:
    """Return the number of "dördüncü", "besincisi", "dordncu"; None for another word."""
    if match := _ORDINAL.fullmatch(text):
        return _ORDINAL_WORD[match[1]]
    if "nc" not in text:
        return None
    for name, value in _ORDINAL_WORD.items():
        lengths = (len(name) - 1, len(name)) if len(name) > _LONG_ORDINAL else ()
        for length in lengths:
            slip = OSA.distance(text[:length], name) <= 1 and text[0] == name[0]
            if slip and re.fullmatch(_ORDINAL_END, text[length:]):
                return value
    return None
