"""Mend slips of a thumb: a word never seen becomes the known word it is a letter away from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: Shorter words are a letter away from too many others.
SHORTEST = 5
#: From this length on two letters may be wrong.
TWO_SLIPS = 8
#: Words met again and again are looked up once; the memory is emptied when full.
REMEMBERED = 20_000


class Speller:
    """The words of the training phrases, each with how often it stands there.

    `mended` takes folded text and leaves known, short and mixed words alone. Of several
    near words the nearest wins, then the most frequent, then the first by alphabet.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Hold the words, sorted by first letter, which a thumb seldom misses, and length."""
        self.counts = dict(counts)
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self.counts:
            self._alike[word[0], len(word)].append(word)
        self._memory: dict[str, str] = {}

    @classmethod
    def of(cls, words: Iterable[str], counts: Mapping[str, int]) -> "Speller":
        """Make a speller of words, with their counts."""
        return cls({word: counts[word] for word in words})

    def mended(self, folded: str) -> str:
        """Return a folded text with its slips mended.

        >>> Speller({"sertifika": 3}).mended("sertfika nerde")
        'sertifika nerde'
        """
        return " ".join(map(self._word, folded.split()))

    def near(self, word: str) -> bool:
        """Tell whether a word is one of these, or a slip of one.

        >>> Speller({"iptal": 3}).near("iptl"), Speller({"iptal": 3}).near("itiraz")
        (True, False)
        """
        return word in self.counts or self._nearest(word) != word

    def _word(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha() or word in self.counts:
            return word
        if word not in self._memory:
            if len(self._memory) >= REMEMBERED:
                self._memory.clear()
            self._memory[word] = self._nearest(word)
        return self._memory[word]

    def _nearest(self, word: str) -> str:
        slips = 1 if len(word) < TWO_SLIPS else 2
        lengths = range(len(word) - slips, len(word) + slips + 1)
        near = [
            (distance, -self.counts[other], other)
            for length in lengths
            for other, distance, _ in process.extract(
                word,
                self._alike.get((word[0], length), ()),
                scorer=OSA.distance,
                score_cutoff=slips,
                limit=None,
            )
        ]
        return min(near)[2] if near else word
