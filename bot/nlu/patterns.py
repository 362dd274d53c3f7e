"""What teachers call things, by spaCy's token rules over folded and repaired words.

The ways of saying stand in `data/patterns.yml`; this module compiles and matches them.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
from rapidfuzz.distance import OSA
from ruamel.yaml import YAML
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from bot.nlu.counts import UNITS
from bot.nlu.mention import Mention
from bot.nlu.vocabulary import known_words
from bot.nlu.words import Word

_FILE = Path(__file__).parent / "data" / "patterns.yml"
_ANY = "?"
_TOKEN = re.compile(r"\([a-z0-9|.*]+\)\*?|[a-z0-9.]+\*?|\?")
#: Words this long are repaired; longer ones may hold two slips.
REPAIRED_LENGTH = 6
#: Short nouns of this field that are worth it too.
_SHORT_STEMS = (
    *("proje", "belge", "kayit", "davet", "basvuru", "etiket", "kurucu", "irtibat", "twinspace"),
    *("yurtdisi", "ziyaretci", "turkiye", "yabanci", "ortaokul", "ilkokul", "gonderdim"),
)
#: The kinds whose ways are names of things; a verb is not mended, for fear of its ending.
_MENDED_KINDS = {"gorev", "kurum", "belge"}
TWO_SLIPS_LENGTH = 10
LONG_STEM = 8
#: Ways are found by this many letters of their first word.
START = 3
REMEMBERED = 20_000
#: What a number can count is read with its own slips.
_COUNTED = re.compile("|".join(f"(?:{unit.pattern})" for unit in UNITS.values()))
#: A thing is not meant if this follows it: "kurucu değil".
_NOT = re.compile(r"deg[iu]l\w*")


class PatternError(ValueError):
    """A way of saying in `data/patterns.yml` cannot be read."""


def compile_pattern(text: str) -> list[dict[str, Any]]:
    """Return a way of saying as token attributes of spaCy's Matcher.

    Raises:
        PatternError: for a sign the notation does not know.

    >>> compile_pattern("il mem*")
    [{'TEXT': {'REGEX': '^(?:il)$'}}, {'TEXT': {'REGEX': '^(?:mem.*)$'}}]
    """
    tokens: list[dict[str, Any]] = []
    for part in text.split():
        if not _TOKEN.fullmatch(part):
            raise PatternError(f"patterns.yml: “{text}”: {part}")
        if part == _ANY:
            tokens.append({"OP": "?"})
            continue
        group, every = part.partition(")")[::2] if part[0] == "(" else (part, "")
        ways = [
            way.rstrip("*").replace(".", r"\.") + ".*" * (way.endswith("*") or every == "*")
            for way in group.lstrip("(").split("|")
        ]
        tokens.append({"TEXT": {"REGEX": f"^(?:{'|'.join(ways)})$"}})
    return tokens


def _expression(way: str) -> str:
    r"""Return a way as a regular expression over words that each end with a space.

    It tells in a fraction of the Matcher's time that a way is not there.

    >>> _expression("il ? mem*")
    '(?:il) (?:\\S+ )?(?:mem\\S*) '
    """
    words = [
        "{} ".format(token["TEXT"]["REGEX"][1:-1].replace(".*", r"\S*"))
        if "TEXT" in token
        else r"(?:\S+ )?"
        for token in compile_pattern(way)
    ]
    return "".join(words)


class Patterns:
    """The compiled ways of saying: a matcher per kind, and the words worth repairing."""

    def __init__(self, table: dict[str, dict[str, list[str]]]) -> None:
        """Compile a table of kind → value → ways.

        Raises:
            PatternError: for a way that cannot be read.
        """
        self._vocabulary = Vocab()  # bare: the rules look at the text alone
        self._groups: dict[tuple[str, str], Matcher] = {}
        self._firsts: dict[str, re.Pattern[str]] = {}
        self._starts: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._longest: dict[tuple[str, str], int] = defaultdict(int)
        self._read: dict[tuple[str, str], list[str]] = defaultdict(list)
        stems: set[str] = set(_SHORT_STEMS)
        for kind, values in table.items():
            for value, ways in values.items():
                for way in ways:
                    self._add(kind, value, way)
                for way in ways if kind in _MENDED_KINDS else ():
                    stems.update(re.findall(rf"[a-z]{{{REPAIRED_LENGTH},}}", way))
        self._fits = {group: re.compile("|".join(ways)) for group, ways in self._read.items()}
        self._memory: dict[str, str] = {}
        self._beginnings: dict[str, tuple[tuple[str, str], ...]] = {}
        self._stems: dict[str, list[str]] = defaultdict(list)
        # Of two as near, the longer agrees in more letters.
        for stem in sorted(stems, key=lambda stem: (-len(stem), stem)):
            self._stems[stem[0]].append(stem)
        self._prefixes = re.compile("|".join(sorted(stems, key=len)) or "(?!)")

    def _add(self, kind: str, value: str, way: str) -> None:
        """Put a way to those that begin like it; a message then tries only a few.

        spaCy's Matcher tests every word against every way, six milliseconds a message; so each
        group looks at a few words only, from one on that can begin its ways.
        """
        start = way.split(maxsplit=1)[0]
        group = self._groups.setdefault((kind, start), Matcher(self._vocabulary))
        self._firsts[start] = re.compile(compile_pattern(start)[0]["TEXT"]["REGEX"])
        group.add(value, [compile_pattern(way)])
        self._longest[kind, start] = max(self._longest[kind, start], len(way.split()))
        self._read[kind, start].append(_expression(way))
        every = start.endswith("*")
        for name in start.strip("()*").removesuffix(")").split("|"):
            open_ended = every or name.endswith("*")
            key = name.rstrip("*)")[:START]
            self._starts[key if len(key) == START or not open_ended else f"{key}*"].add(
                (kind, start)
            )

    def repaired(self, words: Sequence[Word]) -> list[Word]:
        """Return the words with slips in known stems mended: ogrtmen → ogretmen."""
        return [word._replace(text=self._mended(word.text)) for word in words]

    def _mended(self, word: str) -> str:
        """Mend a word once; the same few thousand come again and again."""
        if len(self._memory) > REMEMBERED:
            self._memory.clear()
        if word not in self._memory:
            self._memory[word] = self._repair(word)
        return self._memory[word]

    def _repair(self, word: str) -> str:
        if _COUNTED.match(word):
            return word
        if len(word) < REPAIRED_LENGTH - 2 or self._prefixes.match(word) or not word.isalpha():
            return word
        # A slip of a long noun is often typed twice: that it is known tells nothing.
        shortest = LONG_STEM if _is_known(word) else 0
        best, chosen = 3, word
        for stem in self._stems.get(word[0], ()):
            if len(stem) < shortest or stem.startswith(word):
                continue  # a shorter word is no slip of a longer one
            allowed = 2 if len(stem) >= TWO_SLIPS_LENGTH and not shortest else 1
            for length in (len(stem) - 1, len(stem), len(stem) + 1):
                if length > len(word):
                    break
                slips = OSA.distance(word[:length], stem, score_cutoff=allowed)
                if slips <= allowed and slips < best:
                    best, chosen = slips, stem + word[length:]
        return chosen

    def mentions(self, words: Sequence[Word]) -> list[Mention]:
        """Return what the words name, per kind the longest ways, none that is denied."""
        found: list[Mention] = []
        candidates = self._candidates(words)
        if not candidates:
            return found
        # spaCy would keep every word it has ever seen.
        with self._vocabulary.memory_zone():
            doc = Doc(self._vocabulary, words=[word.text for word in words])
            spans: dict[str, list[Span]] = defaultdict(list)
            for kind, start, place in candidates:
                window = doc[place : place + self._longest[kind, start]]
                ways = self._groups[kind, start](window, as_spans=True)
                spans[kind] += [span for span in ways if span.start == place]
            for kind, own in spans.items():
                for span in spacy.util.filter_spans(own):
                    after = words[span.end].text if span.end < len(words) else ""
                    if _NOT.fullmatch(after):
                        continue
                    found.append(Mention(kind, span.label_, span.start, span.end - 1))
        return found

    def _candidates(self, words: Sequence[Word]) -> list[tuple[str, str, int]]:
        """Return where a way begins: its kind, its first word and that word's place."""
        found: list[tuple[str, str, int]] = []
        text = "".join(f"{word.text} " for word in words)
        start = 0
        for place, word in enumerate(words):
            begun = self._begun(word.text)
            found += ((*one, place) for one in begun if self._fits[one].match(text, start))
            start += len(word.text) + 1
        return sorted(found)

    def _begun(self, word: str) -> tuple[tuple[str, str], ...]:
        """Return what ways a word may begin: their kinds and first words."""
        if len(self._beginnings) > REMEMBERED:
            self._beginnings.clear()
        if word not in self._beginnings:
            start = word[:START]
            keys = (start, *(f"{start[:length]}*" for length in range(1, START)))
            groups = [one for key in keys for one in self._starts.get(key, ())]
            fitting = (one for one in groups if self._firsts[one[1]].match(word))
            self._beginnings[word] = tuple(fitting)
        return self._beginnings[word]


def _is_known(word: str) -> bool:
    """Tell whether a word, or a beginning of it, is a real one."""
    known = known_words()
    return any(word[:length] in known for length in range(REPAIRED_LENGTH - 1, len(word) + 1)) or (
        word in known
    )


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """Read and compile `data/patterns.yml` once."""
    return Patterns(YAML(typ="safe").load(_FILE.read_text(encoding="utf-8")))
