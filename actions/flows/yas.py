"""The facts of akis-yas: the pupils' ages."""

import datetime
import re

from actions.flows.base import Fact, Facts
from actions.flows.cues import words
from actions.flows.reading import Reading
from actions.rules import yas
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures
from bot.nlu.counts import FIRST_CLASS_AGE, LAST_CLASS

_GROUPS = ("sinif", "grup", "grub", "okul")
_MORE = re.compile(r"\b(?:de|da|daha|ekle\w*|kat\w*|dahil)\b")
_INSTEAD = re.compile(r"\byerine\b|\bdegil\b|\bsadece\b|\bcikar\w*")
#: Classes are spoken of, and no ages.
_CLASSES = re.compile(r"^(?!.*\byas).*\bsinif")
_LAST_CLASS_NAMED = re.compile(r"\blise son\b|\bson sinif lise\b")
SCHOOL_YEARS = 4
UPPER_SCHOOL_AGE = 13
#: "İkisi", "iki grup": smaller numbers count pupils or groups, not years.
YOUNGEST = 3


class Yas:
    """Which groups do these ages fall into, and what follows?"""

    id = yas.FLOW
    main = "ages"
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
        if not ages and (reading.asked == "ages" or reading.what_if):
            units = (None, "ogrenci", "kisi")
            ages = {m.value["value"] for m in reading.numbers(*units) if "to" not in m.value}
        more = _MORE.search(reading.folded) and not _INSTEAD.search(reading.folded)
        if ages and reading.what_if and more:
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
        if following.startswith(_GROUPS) or value < YOUNGEST:
            continue  # "2 sınıfız" counts classes
        plural = re.search(r"\w+l[ae]r", word) or re.fullmatch(r"l[ae]r\w*", following)
        if reading.near(mention, words("lise*"), 1, 0) and value <= SCHOOL_YEARS:
            ages.add(value + UPPER_SCHOOL_AGE)  # "lise 3'ler": the eleventh class
        elif value <= LAST_CLASS and _CLASSES.search(reading.folded):
            ages.add(value + FIRST_CLASS_AGE)  # "bizimkiler 7. sınıf, öbürleri 6"
        elif reading.near(mention, words("ortaokul* ilkokul*"), 1, 0) or (
            plural and value <= LAST_CLASS
        ):
            ages.add(value + FIRST_CLASS_AGE)
        elif plural or ages or reading.matches(r"\byas\w*"):
            ages.add(value)
    return ages
