"""Is a message a question, or two? Thanks, yes and no are none."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.text.fold import normalize

_WORDS = frozenset(
    (
        *("ne", "nedir", "nelerdir", "neden", "niye", "nicin", "nasil", "neye", "neyi"),
        *("nerede", "nerde", "nereden", "nerden", "nereye", "hangi", "hangisi", "hangileri"),
        *("kim", "kimi", "kime", "kimin", "kimden", "kac", "kaci", "kacta"),
        *("kimler", "kimleri", "kimlere", "kimlerin", "kimlerden", "neler", "neleri"),
        *("napicam", "napcam", "napiyim", "napmaliyim", "napicaz", "nolcak", "nolacak"),
    )
)
#: The particle written onto the verb: "olurmu", "veriliyormu", "alabilirmiyim".
_JOINED = re.compile(
    r"\w{2,}(?:[iu]yo|[iu]yor|[aeiu]r|[ae]c[ae]k|m[ae]z)m[iu](?:y\w*|s[iu]n\w*|d[iu]r)?"
)
_PARTICLE = re.compile(r"m[iu](?:y[iu]m|s[iu]n|y[iu]z|d[iu]r|yd[iu]|s[iu]n[iu]z)?")


#: "Ne biçim cevap", "ne alakası var": no question, in spite of the word.
_EXCLAIMED = re.compile(r"\bne (?:bicim|alaka\w*|sacma\w*|guzel|iyi|hos|ala)\b")


@lru_cache(maxsize=200)
def is_question(text: str) -> bool:
    """Tell whether a text asks: a question word, the particle, or a question mark.

    "Müdür" folds to the particle with a suffix ("mudur") and is left out.

    >>> is_question("peki ne zaman"), is_question("yeterli mi"), is_question("tamam")
    (True, True, False)
    >>> is_question("bu ne biçim cevap")
    False
    """
    words = _EXCLAIMED.sub("", normalize(text)).split()
    asks = any(
        word in _WORDS or (_PARTICLE.fullmatch(word) and word != "mudur") or _JOINED.fullmatch(word)
        for word in words
    )
    return asks or text.rstrip().endswith("?")


#: Where one question may end and another begin.
_CUT = re.compile(
    r"[.?!;\n]+\s*|,\s+|\s+(?:ve|bir de|bi de|bide|birde|ayrıca|ayrica|hem de|üstelik|ustelik)\s+",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"^(?:(?:ve|bir de|bi de|bide|birde|ayrıca|ayrica|hem de|hem|üstelik|ustelik)\s+)+",
    re.IGNORECASE,
)
#: What as often joins two parts of one question.
_WEAK = re.compile(r"[,.]|ve", re.IGNORECASE)
#: A question has at least so many words; what is shorter leans on the other.
_FEWEST = 3


def pairs_of_questions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to read a message as two questions, from the left.

    Each half must ask something by itself; after a sign or a word that joins sentences one
    of them may tell a trouble instead. Whether both are understood is for the caller.

    >>> list(pairs_of_questions("etiket süresi ne kadar ve belgeyi nereden alırım"))
    [('etiket süresi ne kadar', 'belgeyi nereden alırım')]
    >>> list(pairs_of_questions("okulum değişti, belge ne olacak"))
    []
    """
    for cut in _CUT.finditer(text):
        mark = cut[0].strip()
        first = text[: cut.start()] + ("?" if mark.startswith("?") else "")
        second = _JOINT.sub("", text[cut.end() :])
        halves = (first.strip(), second.strip())
        asking = [is_question(half) for half in halves]
        enough = all(asking) or (any(asking) and not _WEAK.fullmatch(mark))
        if enough and all(len(half.split()) >= _FEWEST for half in halves):
            yield halves
