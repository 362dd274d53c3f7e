"""The facts of akis-kalite: a Quality Label application."""

import datetime
import re

from actions.flows.base import Fact, Facts
from actions.flows.members import left_of, members_of, removed_of
from actions.flows.reading import Reading, only_number
from actions.rules import kalite
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures

_EVALUATION = r"(?:deger\w*|basvu?r\w*|donem\w*|girme\w*|girsem|girdi\w*|ret|red\w*)"
_STRONG_PROJECT = r"(?:kayit\w*|kaydet\w*|kaydol\w*|kaydi\w*|kaydettig\w*|kur(?:d|m|u)\w*|ac[tm]\w*|acil\w*|basla(?:d|m)\w*|onaylan\w*|olustur\w*)"
_ABOUT = {
    "project": _STRONG_PROJECT,
    "evaluation": _EVALUATION,
    "end": r"(?:bit\w*|tamamla\w*|sonlan\w*|yurut\w*|kapa\w*|devam)",
}
_TWINSPACE_ONLY = re.compile(r"twin ?space\w*|twin\w*|ts den|tsden")
_REMOVED = re.compile(r"\b(?:cikar\w*|sil\w*|at(?:tik|tim|mis\w*|ildi|ip)|cikti\w*)\b")
_STATES = {"bitti": "bitti", "bitmek-uzere": "bitmek üzere", "suruyor": "sürüyor"}


class Kalite:
    """Would this application be taken into evaluation?"""

    id = kalite.FLOW
    main = "members"
    facts = (
        Fact(
            "members",
            "Projenizde Türkiye'den kaç üye var? Kurucuları ve kendinizi de sayın.",
            "Örneğin: 8.",
            "Türkiye'den üye",
            ("bilmiyorum",),
        ),
        Fact(
            "project_year",
            "Proje hangi yıl kaydedildi?",
            "Örneğin: 2025.",
            "projenin kayıt yılı",
            ("bilmiyorum",),
        ),
        Fact(
            "applications",
            "Bu yıl kaç proje için başvuruyorsunuz?",
            "Örneğin: 2.",
            "o yılki başvuru sayınız",
            ("1", "2", "3", "4", "bilmiyorum"),
        ),
        Fact(
            "order",
            "Bu başvuru, tarihe göre kaçıncı başvurunuz?",
            "Örneğin: 3.",
            "bu başvurunun sırası",
            ("bilmiyorum",),
        ),
        Fact(
            "state",
            "Proje bitti mi?",
            "Örneğin: bitmek üzere.",
            "projenin durumu",
            ("bitti", "bitmek üzere", "sürüyor", "bilmiyorum"),
            _STATES,
        ),
        Fact(
            "evaluation_year",
            "Hangi yılın değerlendirmesi?",
            "Örneğin: 2026.",
            "değerlendirme yılı",
        ),
        Fact(
            "removed_only_in_twinspace",
            "Yalnızca TwinSpace'ten çıkarılan üye var mı, kaç?",
            "Örneğin: 2.",
            "yalnızca TwinSpace'ten çıkarılan",
        ),
        Fact("points", "Kaç puan aldınız?", "Örneğin: 16.", "puan"),
        Fact("collaboration", "İş birliği puanı kaçtı?", "Örneğin: 3.", "iş birliği puanı"),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return members, years, applications, state and points that a message states."""
        facts: Facts = {}
        facts.update(self._points(reading))
        facts.update(self._members(reading, known))
        facts.update(self._years(reading, known))
        facts.update(self._applications(reading, known))
        if state := _state(reading):
            facts["state"] = state
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.kalite`."""
        return kalite.judge(kalite.Facts(**facts), today, figures)

    def _points(self, reading: Reading) -> Facts:
        facts: Facts = {}
        found = [(m, m.value[0] if isinstance(m.value, list) else None) for m in reading.of("puan")]
        found += [(m, m.value["value"]) for m in reading.numbers("puan")]
        for mention, value in found:
            near = reading.near(mention, r"isbirlig\w*|birlig\w*", 4, 3)
            facts["collaboration" if near else "points"] = value
        if reading.asked in {"points", "collaboration"} and not facts:
            number = only_number(reading)
            if number is not None:
                facts[reading.asked] = number
        # "İş birliğinden 1 aldık": points without the word.
        for mention in reading.numbers(None):
            if (
                reading.near(mention, r"isbirlig\w*|birlig\w*", 3, 1)
                and "collaboration" not in facts
            ):
                facts["collaboration"] = mention.value["value"]
            elif reading.near(mention, r"puan\w*", 3, 1) and "points" not in facts:
                facts["points"] = mention.value["value"]
        return facts

    def _members(self, reading: Reading, known: Facts) -> Facts:
        total = members_of(reading)
        facts: Facts = {}
        removed = removed_of(reading)
        if left := left_of(reading):
            if _TWINSPACE_ONLY.search(reading.folded):
                return {"removed_only_in_twinspace": left[0], "members": left[1]}
            return {"members": left[1]}
        if removed is not None and (
            _TWINSPACE_ONLY.search(reading.folded) or reading.asked == "removed_only_in_twinspace"
        ):
            number, left = removed, None
            if total is not None and total != number:
                left = total - number if total > number else total
            elif "members" in known and not known.get("removed_only_in_twinspace"):
                left = known["members"] - number
            facts["removed_only_in_twinspace"] = number
            if left is not None and left > 0:
                facts["members"] = left
            return facts
        if (
            known.get("removed_only_in_twinspace")
            and reading.less
            and reading.matches(r"portal\w*|live\w*")
        ):
            return {"removed_only_in_twinspace": 0}
        if total is not None and removed is not None and removed < total and not reading.what_if:
            return {"members": total - removed}
        if total is not None:
            return {"members": total}
        if reading.asked == "members":
            number = only_number(reading)
            if number is not None:
                return {"members": number}
        return {}

    def _years(self, reading: Reading, known: Facts) -> Facts:
        facts: Facts = {}
        loose: list[int] = []
        for mention, date in reading.dates():
            about = reading.nearest(mention, _ABOUT)
            if about == "end" and reading.located(mention):
                continue  # "2025'te bitti" says nothing of the registration
            if about == "end":
                about = None
            if reading.matches_words(mention, r"bu") and about != "project":
                facts.setdefault("evaluation_year", date.year)
                continue
            if about == "project" or (
                about is None and reading.distance(mention, r"proje\w*", 3, 3) is not None
            ):
                facts.setdefault("project_year", date.year)
            elif about == "evaluation":
                if reading.distance(mention, r"deger\w*", 2, 3) is not None:
                    facts["evaluation_year"] = date.year
                facts.setdefault("evaluation_year", date.year)
            else:
                loose.append(date.year)
        if reading.asked in {"project_year", "evaluation_year"} and reading.dates():
            if reading.short or (not facts and loose):
                return {reading.asked: reading.dates()[-1 if reading.correction else 0][1].year}
        if reading.asked == "project_year" and not facts and not loose:
            number = only_number(reading)
            if number is not None and reading.short and not reading.numbers("kisi", "basvuru"):
                return {
                    "project_year": number
                    if number >= 100
                    else 2000 + number
                    if number >= 5
                    else number
                }
        for year in loose:
            facts.setdefault(self._year_fact(year, known, facts), year)
        return facts

    def _year_fact(self, year: int, known: Facts, found: Facts) -> str:
        """Say which year a bare one is: the project's, unless that is known and earlier."""
        if "project_year" in found:
            return "evaluation_year"
        if "project_year" in known and year >= known["project_year"]:
            return "evaluation_year"
        return "project_year"

    def _applications(self, reading: Reading, known: Facts) -> Facts:
        facts: Facts = {}
        for mention in reading.ordinals():
            if mention.value["unit"] in {"basvuru", "proje", None} and (
                mention.value["unit"] == "basvuru"
                or reading.asked in {"order", "applications"}
                or reading.near(
                    mention, r"basvu?r\w*|sira\w*|bu$|buymus|buydu|gonder\w*|yolla\w*", 6, 5
                )
            ):
                facts["order"] = mention.value["value"]
        for mention in reading.numbers("basvuru"):
            facts["applications"] = mention.value["value"]
        if "applications" not in facts:
            for mention in reading.numbers("proje"):
                if reading.near(mention, r"basvu?r\w*|gir(?:d|m|e)\w*", 4, 5):
                    facts["applications"] = mention.value["value"]
        for mention in reading.numbers("basvuru", "proje", None):
            if reading.near(mention, r"sirada\w*|siram\w*", 1, 2):
                facts["order"] = mention.value["value"]
        if reading.matches(
            r"\b(?:tek|bir tek|sadece bu|yalnizca bu|bir tane|baska basvu?r\w* yok|ilk ve tek|tek bu)\b"
        ) and (
            reading.asked == "applications"
            or reading.matches(r"\btek (?:basvuru|proje)\w*|baska basvu?r\w* yok")
        ):
            facts.setdefault("applications", 1)
        if reading.matches(r"son basvu?r\w*|sonuncu") and "order" in facts:
            facts.setdefault("applications", facts["order"])
        if reading.asked in {"applications", "order"} and reading.asked not in facts:
            number = only_number(reading)
            ordinal = reading.ordinals()
            if reading.asked == "order" and ordinal:
                facts["order"] = ordinal[0].value["value"]
            elif number is not None and not facts:
                facts[reading.asked] = number
        return facts


def _state(reading: Reading) -> str | None:
    values = [mention.value for mention in reading.of("durum")]
    if not values:
        if reading.asked == "state" and reading.yes:
            return "bitti"
        if reading.asked == "state" and reading.no:
            return "suruyor"
        return None
    for value in ("bitmek-uzere", "suruyor", "bitti"):
        if value in values:
            return value
    return None
