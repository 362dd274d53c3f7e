"""Is a message a question? Thanks, yes and no are not."""

import re

from bot.text.fold import normalize

_WORDS = frozenset(
    (
        *("ne", "nedir", "nelerdir", "neden", "niye", "nicin", "nasil", "neye", "neyi"),
        *("nerede", "nerde", "nereden", "nerden", "nereye", "hangi", "hangisi", "hangileri"),
        *("kim", "kimi", "kime", "kimin", "kimden", "kac", "kaci", "kacta"),
        *("napicam", "napcam", "napiyim", "napmaliyim"),
    )
)
_PARTICLE = re.compile(r"m[iu](?:y[iu]m|s[iu]n|y[iu]z|d[iu]r|yd[iu]|s[iu]n[iu]z)?")


def is_question(text: str) -> bool:
    """Tell whether a text asks: a question word, the particle, or a question mark.

    "Müdür" folds to the particle with a suffix ("mudur") and is left out.

    >>> is_question("peki ne zaman"), is_question("yeterli mi"), is_question("tamam")
    (True, True, False)
    """
    words = normalize(text).split()
    asks = any(word in _WORDS or (_PARTICLE.fullmatch(word) and word != "mudur") for word in words)
    return asks or text.rstrip().endswith("?")
