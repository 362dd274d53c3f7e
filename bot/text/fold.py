"""One Turkish fold for every matcher.

Python's own `lower()` turns İ into i plus a combining dot and I into i, so that IĞDIR
and Iğdır, İZMİR and izmir never meet. Everything that compares text here folds it first.
"""

import re
import unicodedata
from functools import lru_cache

_MARKED, _PLAIN = "çğıöşüâîû", "cgiosuaiu"
_ASCII = str.maketrans(_MARKED, _PLAIN)
#: The letters Turkish is written with, capitals too, each as the ASCII letter it folds to.
_LETTERS = str.maketrans(_MARKED + "ÇĞİIÖŞÜÂÎÛ", _PLAIN + "cgiiosuaiu")
_CASE = str.maketrans({"İ": "i", "I": "ı"})
_COMBINING = re.compile(r"[\u0300-\u036f]")
_APOSTROPHES = "'’‘`´ʼ"
_TO_SPACE = re.compile(rf"[{_APOSTROPHES}]")
_NOT_KEPT = re.compile(r"[^\w@./+-]+|_+", re.UNICODE)


def lower(text: str) -> str:
    """Lower-case by the Turkish rule: İ to i, I to ı.

    >>> lower("IĞDIR İZMİR")
    'ığdır izmir'
    """
    composed = unicodedata.normalize("NFC", text).translate(_CASE).lower()
    # NFC leaves a dot over letters that have no composed form; lower() may add one.
    return unicodedata.normalize("NFC", composed.replace("i̇", "i"))


def fold(text: str) -> str:
    """Lower-case, strip Turkish letters of their marks, keep everything else in place.

    >>> fold("Şu İŞLEM ığdır'da")
    "su islem igdir'da"
    """
    plain = text.translate(_LETTERS)
    if plain.isascii():  # nearly every message; the rest below gives the same for it
        return plain.lower()
    # Composed Turkish letters become one ASCII letter; a mark that stays loose
    # (n + tilde, typed combining dots) is dropped. Compatibility forms such as ﬁ or
    # full-width letters are spelled out, which can change the length.
    folded = lower(unicodedata.normalize("NFKC", text)).translate(_ASCII)
    loose = _COMBINING.sub("", unicodedata.normalize("NFD", folded))
    # Dropping a mark can bare a letter that has its own fold (dotless i with a dot).
    return lower(unicodedata.normalize("NFC", loose)).translate(_ASCII)


@lru_cache(maxsize=1_000)
def normalize(text: str) -> str:
    """Fold and reduce to words: what the classifier and the fuzzy matchers see.

    Apostrophes split a suffix from its word; punctuation becomes a space; @ . / + -
    stay inside a word, where they belong to addresses, dates and product names. The parts
    of understanding ask for the same texts and words again and again.

    >>> normalize("ESEP'e  GEÇEMİYORUM!!! (2023)")
    'esep e gecemiyorum 2023'
    """
    text = _TO_SPACE.sub(" ", fold(text))
    text = _NOT_KEPT.sub(" ", text)
    words = (word.strip("./+-") for word in text.split())
    return " ".join(word for word in words if word)
