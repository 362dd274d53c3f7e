"""Ages and school classes among the numbers of a message."""

import re
from collections.abc import Sequence

from bot.nlu.mention import Mention
from bot.nlu.words import Word

_NAMED = {"anasinif": 5, "ana sinif": 5, "anaokul": 5, "kres": 4, "okuloncesi": 5}
#: Class n of a Turkish school is usually this much older than n.
FIRST_CLASS_AGE = 5
LAST_CLASS = 12
#: The upper school's own count of its classes: "lise 3" is the eleventh.
_UPPER_CLASSES = 4
_UPPER_CLASS_AGE = 13


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
    if unit == "yas":
        return value
    if not 1 <= value <= LAST_CLASS:
        return None
    if unit == "sinif":
        return value + FIRST_CLASS_AGE
    if unit is None and mention.first and words[mention.first - 1].text.startswith("lise"):
        return value + (_UPPER_CLASS_AGE if value <= _UPPER_CLASSES else FIRST_CLASS_AGE)
    return None


def _named(words: Sequence[Word]) -> list[Mention]:
    """Read "anasınıfı", "ana sınıfı", "kreş"."""
    found = []
    for index, word in enumerate(words):
        pair = f"{word.text} {words[index + 1].text}" if index + 1 < len(words) else ""
        age = next(
            (a for n, a in _NAMED.items() if word.text.startswith(n) or pair.startswith(n)), None
        )
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
