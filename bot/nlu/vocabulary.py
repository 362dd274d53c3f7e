"""The real words of teachers' questions, so that the mending of slips leaves them alone.

`python -m bot.nlu.vocabulary` writes `data/words.txt` anew from the training phrases.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from rapidfuzz.distance import OSA

from bot.settings import ROOT
from bot.text.fold import normalize

FILE = Path(__file__).parent / "data" / "words.txt"
LEAST = 2
#: A word is a slip of another that is one letter away and this much more frequent.
SLIP_RATIO = 8
LENGTH = 4
_PHRASE = re.compile(r"^\s+- (.+)$")


def phrases(folder: Path = ROOT / "data" / "nlu") -> list[str]:
    """Return the training phrases as they stand in the files."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            match = _PHRASE.match(line)
            if match and not match[1].startswith("intent:"):
                found.append(match[1])
    return found


def real_words(texts: Iterable[str]) -> list[str]:
    """Return the words that are frequent and no slip of a far more frequent one."""
    counts = Counter(word for text in texts for word in normalize(text).split())
    counts = Counter({w: n for w, n in counts.items() if len(w) >= LENGTH and w.isalpha()})
    by_length: dict[int, list[str]] = {}
    for word, _ in counts.most_common():
        by_length.setdefault(len(word), []).append(word)

    def is_slip(word: str) -> bool:
        often = counts[word] * SLIP_RATIO
        return any(
            OSA.distance(near, word, score_cutoff=1) == 1
            for n in (0, 1, -1)
            # The frequent ones come first: few are looked at.
            for near in takewhile(
                lambda other: counts[other] >= often, by_length.get(len(word) + n, ())
            )
        )

    return sorted(w for w, n in counts.items() if n >= LEAST and not is_slip(w))


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Return the words of `data/words.txt`."""
    return frozenset(FILE.read_text(encoding="utf-8").split())


if __name__ == "__main__":
    FILE.write_text("\n".join(real_words(phrases())) + "\n", encoding="utf-8")
