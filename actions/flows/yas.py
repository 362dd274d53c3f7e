"""The facts of akis-yas: the pupils' ages."""

import datetime
import re

from actions.flows.base import Fact, Facts
from actions.flows.cues import words
from actions.flows.reading import Reading
from actions.rules import yas
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures
from bot.nlu.ages import FIRST_CLASS_AGE, LAST_CLASS

_GROUPS = ("sinif", "grup", "grub", "okul")
_END = re.compile(r"\b(ust|alt) (?:sinir|yas)")
_MORE = re.compile(r"\b(?:de|da|daha|ekle\w*|kat\w*|dahil)\b")
_INSTEAD_OF = re.compile(r"deg[iu]?l|yerine")
_GONE = words("ayril* cikar* ciks* gitse* almas* katmas* katilmas*")
_INSTEAD = re.compile(r"\byerine\b|\bdegil\b|\bsadece\b|\bcikar\w*")
#: Classes are spoken of, and no ages.
_CLASSES = re.compile(r"^(?!.*\byas).*\bsinif")
_LAST_CLASS_NAMED = re.compile(r"\blise son\b|\bson sinif lise\b")
#: "İkisi", "iki grup": smaller numbers count pupils or groups, not years.
YOUNGEST = 3


class Yas:
    """Which groups do these ages fall into, and what follows?"""

    id = yas.FLOW
    main = "ages"
    beside: frozenset[str] = frozenset()
    facts = (
        Fact(
            "ages",
            "Öğrenciler kaç yaşında?",
            "Örneğin: 7-11; ya da: 3. sınıf.",
            "yaşlar",
        ),
        Fact(
            "special_needs",
            "Özel eğitim öğrencisi var mı?",
            "Evet ya da hayır.",
            "özel eğitim öğrencisi",
        ),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return every age named; a class counts as its usual age."""
        facts: Facts = {}
        ages = _ages(reading)
        if not ages and (reading.asked == "ages" or reading.what_if or "ages" not in known):
            units = (None, "ogrenci", "kisi") if reading.asked or reading.what_if else (None,)
            found = [m.value for m in reading.numbers(*units)]
            ages = {value[end] for value in found for end in ("value", "to") if end in value}
            ages = {age for age in ages if reading.asked or age >= YOUNGEST}
        more = _MORE.search(reading.folded) and not _INSTEAD.search(reading.folded)
        if len(ages) == 1 and known.get("ages") and (end := _END.search(reading.folded)):
            kept = set(known["ages"]) - {
                max(known["ages"]) if end[1] == "ust" else min(known["ages"])
            }
            ages |= kept
        elif ages and known.get("ages") and (away := _taken_back(reading)):
            ages = (set(known["ages"]) - away) | (ages - away)
        elif ages and reading.what_if and more:
            ages |= set(known.get("ages") or ())
        if ages:
            facts["ages"] = sorted(ages)
        if reading.sign("ozel-egitim"):
            facts["special_needs"] = True
        elif reading.asked == "special_needs" and (reading.yes or reading.no):
            facts["special_needs"] = reading.yes
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.yas`."""
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
        return yas.judge(yas.Facts(**values), today, figures)


def _taken_back(reading: Reading) -> set[int]:
    """Return the ages that leave: "5 değil 8. sınıf olsaydı", "21'lik ayrılsa"."""
    at = [i for i, word in enumerate(reading.words) if _INSTEAD_OF.fullmatch(word.text)]
    told = [(m, m.value) for m in reading.of("yas")]
    told += [(m, [m.value["value"]]) for m in reading.numbers(None, "ogrenci", "kisi")]
    before = {age for m, ages in told for age in ages if at and m.last < at[0]}
    gone = {age for m, ages in told for age in ages if reading.near(m, _GONE, 0, 2)}
    return before | gone


def _ages(reading: Reading) -> set[int]:
    """Return the ages named, and bare numbers that stand beside them."""
    ages = {age for mention in reading.of("yas") for age in mention.value}
    if _LAST_CLASS_NAMED.search(reading.folded):
        ages.add(LAST_CLASS + FIRST_CLASS_AGE)
    partners = [
        m for m in reading.numbers("kisi") if reading.words[m.last].text.startswith("ortak")
    ]
    for mention in [*reading.numbers(None), *partners]:
        value, word = mention.value["value"], reading.words[mention.last].text
        after = reading.words[mention.last + 1 : mention.last + 2]
        following = after[0].text if after else ""
        if "to" in mention.value and mention in partners:
            ages |= {value, mention.value["to"]}  # "4-6 ortak 12 yaş"
            continue
        if following.startswith(_GROUPS) or value < YOUNGEST:
            continue  # "2 sınıfız" counts classes
        plural = re.search(r"\w+l[ae]r", word) or re.fullmatch(r"l[ae]r\w*", following)
        if value <= LAST_CLASS and _CLASSES.search(reading.folded):
            ages.add(value + FIRST_CLASS_AGE)  # "bizimkiler 7. sınıf, öbürleri 6"
        elif reading.near(mention, words("ortaokul* ilkokul*"), 1, 0) or (
            plural and value <= LAST_CLASS
        ):
            ages.add(value + FIRST_CLASS_AGE)
        elif plural or ages or reading.matches(r"\byas\w*"):
            ages.add(value)
    return ages
