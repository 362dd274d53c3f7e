"""What may be taught: phrases for an entry, a flow or an intent, held to the rules of data/nlu.

Checked before anybody waits for a training: what the project's tests would refuse is refused
here, with a sentence for whoever typed it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.evaluation import read_rows
from bot.knowledge.current import current
from bot.knowledge.entries import KnowledgeBase
from bot.knowledge.writing import writable
from bot.learning.phrases import Phrase, Taught, read_phrases
from bot.live import live
from bot.nlu.labels import FAQ, PICK, case_label, public_id
from bot.settings import ROOT, settings
from bot.text.fold import normalize
from bot.text.masking import mask

#: Phrases this like each other count as one (tests/nlu/test_phrases.py).
NEAR = 95
#: Shorter ones are alike by nature.
NEAR_LENGTH = 10
#: Everybody says "merhaba"; a longer question of the tests is never trained on.
HELD_OUT_LENGTH = 12
#: A new entry with fewer is hardly ever found.
LEAST_FOR_ENTRY = 5
HELD_OUT = tuple(ROOT / "tests/nlu" / name for name in ("dev.jsonl", "final.jsonl"))
#: Signs that mark entities in Rasa's files.
_MARKUP = "[]{}"


class Proposal(NamedTuple):
    """A phrase and the public id it belongs to: an entry, a flow, an intent.

    With `move`, the same phrase is taken from the label it stands under now.
    """

    text: str
    target: str
    move: bool = False


class Finding(NamedTuple):
    """What is wrong with a proposal. `rule` names the rule for a program."""

    text: str
    rule: str
    message: str


class Checked(NamedTuple):
    """Phrases that may be taught, and why the others may not."""

    phrases: tuple[Taught, ...]
    findings: tuple[Finding, ...]


def check(
    proposals: Sequence[Proposal],
    new_entries: Iterable[str] = (),
    *,
    data: Path | None = None,
    base: KnowledgeBase | None = None,
) -> Checked:
    """Hold proposals to the rules, each against the phrases in use and those before it.

    `new_entries` are ids that the same teaching makes; `data` and `base` stand for the files
    in use.
    """
    new = set(new_entries)
    rules = _Rules(read_phrases(data or live().data), base or current(), new)
    passed: list[Taught] = []
    findings: list[Finding] = []
    for proposal in proposals:
        found = rules.take(proposal)
        if isinstance(found, Taught):
            passed.append(found)
        else:
            findings.append(found)
    for key in sorted(new):
        count = sum(phrase.label == f"{FAQ}/{key}" for phrase in passed)
        if count < LEAST_FOR_ENTRY:
            message = (
                f"Yeni kayıt {key} için {count} cümle var; en az {LEAST_FOR_ENTRY} gerekir. "
                "Öğretmenlerin farklı biçimlerde sorduğu cümleler ekleyin"
            )
            findings.append(Finding(key, "few", message))
    return Checked(tuple(passed), tuple(findings))


def as_typed(text: str) -> str:
    """Return a phrase as it is stored: one line, no margins."""
    return " ".join(writable(text).split())


class _Rules:
    """The phrases known so far, ready to be compared with."""

    def __init__(self, phrases: Sequence[Phrase], base: KnowledgeBase, new: set[str]) -> None:
        self._labels = {public_id(phrase.label): phrase.label for phrase in phrases}
        self._labels |= {key: f"{FAQ}/{key}" for key in [*base.entries, *new]}
        self._labels |= {key: case_label(key) for key in base.flows}
        folded = {normalize(phrase.text): phrase for phrase in phrases}
        self._label_of = {one: phrase.label for one, phrase in folded.items()}
        self._text_of = {one: phrase.text for one, phrase in folded.items()}
        self._held_out = {normalize(row.text) for row in read_rows(HELD_OUT)}

    def take(self, proposal: Proposal) -> Taught | Finding:
        """Return the phrase as it is taught, or the rule it breaks."""
        text = as_typed(proposal.text)
        folded = normalize(text)
        if broken := self._broken(text, folded):
            return Finding(text, *broken)
        label = self._labels.get(proposal.target)
        if label is None:
            known = "Kayıt, akış ya da niyet kimliği yazın"
            return Finding(text, "target", f"“{proposal.target}” diye bir hedef yok. {known}")
        near = self._near(folded)
        same = [one for one in near if self._label_of[one] == label]
        if same and label != PICK:
            other = self._text_of[same[0]]
            already = "zaten öğretilmiş" if same[0] == folded else f"“{other}” ile neredeyse aynı"
            return Finding(text, "near", f"Bu cümle {proposal.target} için {already}")
        elsewhere = [one for one in near if self._label_of[one] != label]
        if elsewhere and not proposal.move:
            one = elsewhere[0]
            owner = public_id(self._label_of[one])
            message = (
                f"“{self._text_of[one]}” şu anda {owner} altında. Bir cümle iki anlama gelemez: "
                "taşıyın ya da önermeyin"
            )
            return Finding(text, "elsewhere", message)
        moved = tuple((self._label_of[one], self._text_of[one]) for one in elsewhere)
        for one in elsewhere:
            del self._label_of[one], self._text_of[one]
        self._label_of[folded], self._text_of[folded] = label, text
        return Taught(label, text, moved)

    def _broken(self, text: str, folded: str) -> tuple[str, str] | None:
        """Return the rule and sentence for a text that can be taught to nobody."""
        if not folded:
            return "empty", "Cümle boş"
        if folded.isdecimal():
            return "number", "Yalnız bir sayı öğretilemez; sayı, listedeki sırayı seçer"
        if len(text) > settings().max_message:
            return "long", f"Cümle {settings().max_message} karakterden uzun"
        if any(sign in text for sign in _MARKUP):
            return "markup", "Cümlede [ ] { } işaretleri olamaz"
        if mask(text) != text:
            return "personal", "Cümlede kişisel bilgi (numara, e-posta) var; çıkarın"
        if folded in self._held_out and len(folded) > HELD_OUT_LENGTH:
            return "held_out", "Bu cümle ölçme sorularından biri; onlarla eğitim yapılmaz"
        return None

    def _near(self, folded: str) -> list[str]:
        """Return the known phrases that are the same or nearly so, the nearest first."""
        exact = [folded] if folded in self._label_of else []
        if len(folded) <= NEAR_LENGTH:
            return exact
        known = [one for one in self._label_of if len(one) > NEAR_LENGTH]
        found = process.extract(folded, known, scorer=fuzz.ratio, score_cutoff=NEAR, limit=None)
        return [one for one, _, _ in found] or exact
