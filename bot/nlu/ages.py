"""Ages and school classes among the numbers of a message."""

import re
from collections.abc import Sequence

from bot.nlu.mention import Mention
from bot.nlu.words import Word

_BEFORE_SCHOOL = ("anasinif", "ana sinif", "anaokul", "okuloncesi", "okul oncesi")
_NAMED = {**dict.fromkeys(_BEFORE_SCHOOL, 5), "kres": 4}
_NAME = re.compile("|".join(_NAMED))
#: "7/A", "6-A": a class with its branch.
_BRANCH = re.compile(r"([1-9]|1[0-2])[/-][a-l](?:[iy]?[a-z]{0,6})?")
#: Class n of a Turkish school is usually this much older than n.
FIRST_CLASS_AGE = 5
LAST_CLASS = 12
#: Each school's own count of its four classes: "lise 3" is the eleventh, "ortaokul 2" the sixth.
_OWN_CLASSES = 4
_SCHOOLS = {"lise": 13, "ortaokul": 9, "ilkokul": FIRST_CLASS_AGE}


def with_ages(found: Sequence[Mention], words: Sequence[Word]) -> list[Mention]:
    """Turn "7 yaş", "7. sınıf", "lise 2", "4 ile 6 yaş", "8 9 10 yaş" into ages."""
    result: list[Mention] = []
    unit: str | None = None
    ordered = sorted(found, key=lambda m: m.first)
    following: Mention | None = None
    for mention in reversed(ordered):
        if mention.kind == "sayi":
            own = mention.value["unit"]
            if own is None and unit and following and _joined(words, mention, following):
                own = unit  # "8, 9 ve 10 yaş": the unit stands once, at the end
            unit = own if own in {"yas", "sinif"} else None
            age = _age(mention, own, words)
            result.append(
                mention if age is None else Mention("yas", [age, age], mention.first, mention.last)
            )
        else:
            unit = "yas" if mention.kind == "yas" else None
            result.append(mention)
        following = mention
    return [*result, *_named(words)]


def _age(mention: Mention, unit: str | None, words: Sequence[Word]) -> int | None:
    value = int(mention.value["value"])
    before = words[mention.first - 1].text if mention.first else ""
    school = next((kind for kind in _SCHOOLS if before.startswith(kind)), None)
    if school and value <= _OWN_CLASSES and unit in {None, "yas", "ogrenci"}:
        return value + _SCHOOLS[school]  # also in "lise 1 ile ortaokul 2 yaş uygun mu"
    if unit == "yas":
        return value
    if not 1 <= value <= LAST_CLASS:
        return None
    if unit == "sinif":
        return value + FIRST_CLASS_AGE
    return value + FIRST_CLASS_AGE if school and unit is None else None


def _named(words: Sequence[Word]) -> list[Mention]:
    """Read "anasınıfı", "ana sınıfı", "kreş", "7/A"."""
    found = []
    for index, word in enumerate(words):
        pair = f"{word.text} {words[index + 1].text}" if index + 1 < len(words) else ""
        named = _NAME.match(pair or word.text)
        age = _NAMED[named[0]] if named else None
        if branch := _BRANCH.fullmatch(word.text):
            age = int(branch[1]) + FIRST_CLASS_AGE
        if age is not None:
            found.append(Mention("yas", [age, age], index, index))
    return found


def _joined(words: Sequence[Word], left: Mention, right: Mention) -> bool:
    """Tell whether only "ve", "ile", a sign or nothing stands between two numbers."""
    between = words[left.last + 1 : right.first]
    return all(
        re.fullmatch(r"ve|ile|veya|ya|da|den|dan|la|le|i|a|e|u|hem|yas\w*|degil|yok", w.text)
        for w in between
    )
