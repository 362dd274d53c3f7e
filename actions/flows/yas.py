"""The facts of akis-yas: the pupils' ages."""

import datetime
import re

from actions.flows.base import Fact, Facts
from actions.flows.reading import Reading
from actions.rules import yas
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures

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
        ages = {age for mention in reading.of("yas") for age in mention.value}
        numbers = [
            m.value["value"]
            for m in reading.numbers(None, "ogrenci", "kisi")
            if "to" not in m.value
        ]
        partners = [
            m for m in reading.numbers("kisi") if reading.words[m.last].text.startswith("ortak")
        ]
        for mention in [*reading.numbers(None), *partners]:
            value, word = mention.value["value"], reading.words[mention.last].text
            following = (
                reading.words[mention.last + 1].text
                if mention.last + 1 < len(reading.words)
                else ""
            )
            plural = re.search(r"\w+l[ae]r", word) or re.fullmatch(r"l[ae]r\w*", following)
            if following.startswith(("sinif", "grup", "grub", "okul")) or value < YOUNGEST:
                continue  # "2 sınıfız" counts classes
            if reading.near(mention, r"lise\w*", 1, 0) and value <= 4:
                ages.add(value + 13)  # "lise 3'ler": the eleventh class
            elif reading.near(mention, r"(?:ortaokul|ilkokul)\w*", 1, 0) or (
                plural and value <= 12
            ):
                ages.add(value + 5)
            elif plural or (value <= 19 and ages) or reading.matches(r"\byas\w*"):
                ages.add(value)
        if not ages and (reading.asked == "ages" or reading.what_if) and numbers:
            ages = set(numbers)
        if (
            ages
            and reading.what_if
            and known.get("ages")
            and reading.matches(r"\b(?:de|da|daha|ekle\w*|kat\w*|dahil)\b")
        ):
            if not reading.matches(r"\byerine\b|\bdegil\b|\bsadece\b|\bcikar\w*"):
                ages |= set(known["ages"])
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
