"""The facts of akis-okul-etiketi: a school's candidacy."""

import datetime
import re
from dataclasses import replace
from typing import Any

from actions.flows.base import Fact, Facts
from actions.flows.members import members_of
from actions.flows.reading import Reading, only_number
from actions.rules import okul_etiketi
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures
from bot.text.partial_date import PartialDate

_REGISTERED = r"(?:kayit\w*|kaydol\w*|kaydedil\w*|kaydimiz|kaydi\w*|kaydet\w*|kayd\w*|uye\w*|eklen\w*|beri|katildik)"
_LAST = r"(?:avrupa\w*|etiketli|yer|katil\w*|bitti|biten|sona|son|vardik|icinde|proje\w*|calis\w*|odul\w*|aldik|verildi|ald\w*|tamamla\w*|gorev)"


#: "Etiketi 12 Ekim 2025'te aldık", not "etiketli projede yer aldık".
_AWARD = re.compile(
    r"\b(?:etiket(?!li)|odul|sertifika|belge)\w*(?: \w+){0,6} (?<!yer )(?<!gorev )(?:ver(?:il|d)|ald|almis|geld|gelmis|kazan)"
)


class OkulEtiketi:
    """Can our school be a candidate, and from which day?"""

    id = okul_etiketi.FLOW
    main = "teachers"
    facts = (
        Fact(
            "registered",
            "Okulunuz eTwinning'e hangi gün kaydedildi?",
            "Örneğin: 12 Mart 2024.",
            "okulun kaydı",
            ("bilmiyorum",),
        ),
        Fact(
            "teachers",
            "Okulunuzdan kaç öğretmen eTwinning projelerine ya da eğitimlerine katıldı?",
            "Örneğin: 3.",
            "faaliyetlere katılan öğretmen",
            ("bilmiyorum",),
        ),
        Fact(
            "last_european",
            "Okulunuz, Ulusal Kalite Etiketi almış bir Avrupa projesinde en son hangi gün yer aldı?",
            "Örneğin: 15 Mayıs 2026. Günü bilmiyorsanız etiketin verildiği günü yazın.",
            "etiketli Avrupa projesinde son gün",
            ("Avrupa projemiz yok", "bilmiyorum"),
        ),
        Fact(
            "award_day",
            "Bu, etiketin verildiği gün mü?",
            "Evet ya da hayır.",
            "etiketin verildiği gün",
        ),
        Fact(
            "only_national",
            "Projeler yalnızca ulusal mı?",
            "Evet ya da hayır.",
            "yalnızca ulusal proje",
        ),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return the days and the number of teachers that a message states."""
        facts: Facts = {}
        dates = reading.dates()
        explicit = [pair for pair in dates if not reading.matches_words(pair[0], r"bu")]
        dates = explicit or dates
        rest = []
        for mention, date in dates:
            about = reading.nearest(mention, {"registered": _REGISTERED, "last": _LAST})
            if about == "registered":
                facts.setdefault("registered", date.iso())
            elif about == "last":
                facts["last_european"] = date.iso()
            else:
                rest.append(date)
        if reading.asked in {"registered", "last_european"} and len(dates) == 1:
            cue = reading.distance(
                dates[0][0], _REGISTERED if reading.asked != "registered" else r"avrupa\w*", 5, 5
            )
            if reading.short or cue is None:
                facts.pop("registered", None)
                facts.pop("last_european", None)
                facts[reading.asked] = dates[0][1].iso()
                rest = []
        for date in rest:
            name = "registered" if "registered" not in {**known, **facts} else "last_european"
            if name == "last_european" and name in {**known, **facts}:
                name = "registered" if date.year <= int(known.get("registered", "9")[:4]) else name
            facts[name] = date.iso()
        name = (
            "last_european"
            if reading.matches(r"\b(?:bit|katil|proje|son gun)\w*")
            else "registered"
        )
        if not dates and (day := reading.day_for(known.get(name) or known.get("last_european"))):
            facts[name] = day
        teachers = members_of(reading)
        if teachers is not None:
            facts["teachers"] = teachers
        elif reading.matches(
            r"\b(?:bir|tek|yalniz|sadece) ben\b|\bben varim\b|\btek (?:kisi|ogretmen|hoca)|\btek basima\w*|\bbenden baska (?:kimse|yok)"
        ):
            facts["teachers"] = 1
        elif reading.asked == "teachers":
            number = only_number(reading)
            if number is not None:
                facts["teachers"] = number
            elif reading.no:
                facts["teachers"] = 0
        if reading.sign("ulusal") or (
            reading.asked == "last_european" and reading.no and not dates and not reading.unknown
        ):
            facts["only_national"] = True
        elif "last_european" in facts and known.get("only_national"):
            facts["only_national"] = False
        if "last_european" in facts and any(_AWARD.search(reading.clause(m)) for m, _ in dates):
            facts["award_day"] = True
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.okul_etiketi`, a month or year by its unhelpful end.

        If the day inside the month or year changes the outcome, the fact is missing.
        """
        latest, late = _with_days(facts, last_registered=True, today=today)
        verdict = okul_etiketi.judge(latest, today, figures)
        if not late:
            return verdict
        earliest, _ = _with_days(facts, last_registered=False, today=today)
        best = okul_etiketi.judge(earliest, today, figures)
        if best.outcome == verdict.outcome or {best.outcome, verdict.outcome} & {"depends"}:
            notes = tuple(
                f"{name}: gün belli olmadığı için dönemin "
                f"{'son' if name == 'Okulun kaydı' else 'ilk'} günü sayıldı."
                for name in late.values()
            )
            return verdict.with_notes(notes)
        decides = tuple(
            name
            for name in late
            if okul_etiketi.judge(
                replace(latest, **{name: getattr(earliest, name)}), today, figures
            ).outcome
            != verdict.outcome
        )
        return verdict.as_depending(decides or tuple(late))


def _with_days(
    facts: Facts, last_registered: bool, today: datetime.date
) -> tuple[okul_etiketi.Facts, dict[str, str]]:
    """Return the facts with whole days, and the facts whose day is not known."""
    values: dict[str, Any] = dict(facts)
    late: dict[str, str] = {}
    for name, label in (("registered", "Okulun kaydı"), ("last_european", "Son katılım")):
        if name not in values:
            continue
        date = PartialDate.parse(values[name])
        if not date.day:
            late[name] = label
        end = last_registered == (name == "registered")
        day = date.last_day() if end else date.first_day()
        # A month that is not over cannot hold a day to come.
        values[name] = min(day, today) if date.first_day() <= today else day
    return okul_etiketi.Facts(**values), late
