"""The facts of akis-itiraz: which year, why refused, was a request sent."""

import datetime
from typing import Any

from actions.flows.base import Fact, Facts
from actions.flows.reading import Reading
from actions.rules import itiraz
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures
from bot.text.partial_date import PartialDate

_REASONS = {
    "eski-proje": "proje eski",
    "uye-sayisi": "üye sayısı fazla",
    "basvuru-sayisi": "başvuru sayısı fazla",
    "puan": "puan düşük",
    "ayni-gerekce": "herkese aynı gerekçe",
    "ziyaretci-hesabi": "ziyaretçi hesabı kullanılmadı",
    "yurt-disi": "yurt dışındaki ortak aldı",
}
#: Of several reasons named, the one that decides first.
_FIRST = (
    "ziyaretci-hesabi",
    "ayni-gerekce",
    "yurt-disi",
    "uye-sayisi",
    "basvuru-sayisi",
    "eski-proje",
    "puan",
)
_SENT = r"(?:gonder\w*|yolla\w*|att[iu]\w*|atmis\w*|mail\w*|eposta\w*|e-posta\w*|itiraz\w*|dilekce\w*|talep\w*|yazd\w*|yazmis\w*|ilet\w*|istek\w*|istegi\w*|iste\w*)"
_PROJECT = r"(?:kayitl\w*|kaydi|kaydet\w*|kaydol\w*|kaydedil\w*|kur(?:d|m|u)\w*|ac[tm]\w*|acilm\w*|olustur\w*|baslat\w*|basla\w*)"

#: "2019'da çalıştık": neither the registration nor the evaluation.
_WORKED = r"(?:calis\w*|yurut\w*|surd\w*|bitir\w*|bitt\w*)"
_YEAR = r"(?:deger\w*|basvur\w*|red\w*|ret\w*|sonuc\w*|donem\w*|geri)"


class Itiraz:
    """Can this refusal still be appealed?"""

    id = itiraz.FLOW
    main = "evaluation_year"
    facts = (
        Fact(
            "reason",
            "Ret gerekçesi neydi?",
            "Örneğin: puan düşük.",
            "ret gerekçesi",
            (*_REASONS.values(), "bilmiyorum"),
            _REASONS,
        ),
        Fact(
            "evaluation_year",
            "Hangi yılın değerlendirmesiydi?",
            "Örneğin: 2020.",
            "değerlendirme yılı",
            ("bilmiyorum",),
        ),
        Fact(
            "sent",
            "Yeniden değerlendirme talebinizi hangi gün gönderdiniz?",
            "Örneğin: 15 Eylül 2020; göndermediyseniz: göndermedim.",
            "talebin gönderildiği gün",
            ("göndermedim", "bilmiyorum"),
        ),
        Fact("not_sent", "Talep gönderdiniz mi?", "Evet ya da hayır.", "talep gönderilmedi"),
        Fact(
            "project_year",
            "Proje hangi yıl kaydedildi?",
            "Örneğin: 2025.",
            "projenin kayıt yılı",
            ("bilmiyorum",),
        ),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return year, reason and the day a request went out."""
        facts: Facts = {}
        if reason := _reason(reading):
            facts["reason"] = reason
        dates = reading.dates()
        for mention, date in dates:
            if date.month:
                name = "sent"
                project = reading.distance(mention, _PROJECT, 4, 4)
                sent = reading.distance(mention, _SENT, 5, 6)
                if project is not None and (sent is None or project < sent):
                    facts.setdefault("project_year", date.year)
                    continue
                if reading.near(mention, _SENT, 0, 5) or name not in facts:
                    facts[name] = date.iso()
                continue
            about = reading.nearest(
                mention, {"project": _PROJECT, "year": _YEAR, "end": _WORKED}, 5
            )
            if about == "end":
                continue
            if reading.asked == "evaluation_year" and reading.short:
                facts["evaluation_year"] = date.year
            elif reading.asked == "project_year" and reading.short:
                facts["project_year"] = date.year
            elif about == "project" or (
                reading.near(mention, r"proje\w*", 0, 1) and reading.matches(r"eski")
            ):
                facts.setdefault("project_year", date.year)
            else:
                facts.setdefault("evaluation_year", date.year)
        if "sent" not in facts and (day := reading.day_for(known.get("sent"))):
            facts["sent"] = day
        if "sent" in facts:
            facts["sent"] = _in_year(facts, known, dates)
            facts["not_sent"] = False
            if (
                not known.get("evaluation_year")
                and "evaluation_year" not in facts
                and not reading.asked
            ):
                said = reading.matches(r"\b(?:ayni|o) (?:yil|sene)")
                if said or (len(facts["sent"]) == 10 and not _assumed(dates)):
                    facts["evaluation_year"] = int(facts["sent"][:4])
        elif reading.sign("gonderilmedi") or (
            reading.asked == "sent" and reading.no and not reading.unknown
        ):
            facts["not_sent"] = True
            if "sent" in known:
                facts["sent"] = None
        if known.get("not_sent") and facts.get("sent"):
            facts["not_sent"] = False
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.itiraz`; a month is taken by its last day."""
        values: dict[str, Any] = {k: v for k, v in facts.items() if v is not None}
        rough = None
        if "sent" in values:
            date = PartialDate.parse(values["sent"])
            values["sent"] = (
                min(date.last_day(), today) if date.first_day() <= today else date.last_day()
            )
            rough = date if not date.day else None
        verdict = itiraz.judge(itiraz.Facts(**values), today, figures)
        if rough:
            values["sent"] = rough.first_day()
            best = itiraz.judge(itiraz.Facts(**values), today, figures)
            if best.outcome != verdict.outcome:
                return verdict.as_depending(("sent",))
        return verdict


def _assumed(dates: list[Any]) -> bool:
    return any(mention.value["assumed"] for mention, date in dates if date.month)


def _in_year(facts: Facts, known: Facts, dates: list[Any]) -> str:
    """Give a day without a year ("3 eylülde") the year of the evaluation."""
    year = facts.get("evaluation_year", known.get("evaluation_year"))
    for mention, date in dates:
        if date.month and date.iso() == facts["sent"] and mention.value["assumed"] and year:
            return str(date._replace(year=year).iso())
    return str(facts["sent"])


def _reason(reading: Reading) -> str | None:
    values = {mention.value for mention in reading.of("gerekce")}
    foreign = [m for m in reading.of("ulke") if m.value != "Türkiye"]
    if foreign and reading.matches(
        r"\b(?:ald[iu]\w*|almis\w*|veril\w*|kazan\w*|kabul|cikt[iu]\w*|cikmis)\b"
    ):
        values.add("yurt-disi")
    many = [m for m in reading.numbers("kisi") if m.value["value"] > 10]
    if not values and many:
        values.add("uye-sayisi")
    if not values:
        return None
    if reading.asked == "reason" and reading.short and len(values) == 1:
        return str(values.pop())
    return next((reason for reason in _FIRST if reason in values), None)
