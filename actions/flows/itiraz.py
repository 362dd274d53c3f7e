"""The facts of akis-itiraz: which year, why refused, was a request sent."""

import datetime
import re
from typing import Any

from actions.flows.base import Fact, Facts, Flow
from actions.flows.cues import words
from actions.flows.reading import Reading
from actions.rules import itiraz
from actions.rules.verdict import Verdict
from bot.knowledge.current import figures
from bot.knowledge.figures import Figures
from bot.nlu.mention import Mention
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
_SENT = words(
    "gonder* yolla* atti* attim* attik* atmis* mail* eposta* itiraz* dilekce* talep* yazdi* "
    "yazmis* ilet* istek* istegi* iste*"
)
#: What a year is of: the project's registration, the evaluation, or the work between.
_ABOUT = {
    "project_year": words(
        "kayitl* kaydi kaydet* kaydol* kaydedil* kurd* kurm* kurul* acti* actik actim acm* "
        "acilm* acild* olustur* baslat* basla*"
    ),
    "evaluation_year": words("deger* basvur* basvr* red* ret* elen* sonuc* donem* geri"),
    "work": words("calis* yurut* surd* bitir* bitt* yaptik yaptim"),
}
_SAME_YEAR = re.compile(r"\b(?:ayni|o) (?:yil|sene)")
_GOT = re.compile(r"\b(?:ald[iu]|almis|veril|verd[iu]|vermis|kazan|kabul|cikt[iu]|cikmis)\w*")
_TOO_MANY = re.compile(r"(?:cok )?fazla (?:turk )?(?:uye|kisi|ortak|ogretmen)\w*(?: \w+)?")
#: "Ortaklara verdiler, bize vermediler".
_PARTNERS_GOT = re.compile(
    r"\bortak\w* (?:\w+ ){0,2}(?:ver|al)(?:d[iu]|m[iu]s|[iu]l)\w* (?:\w+ ){0,2}"
    r"(?:biz|ben|ban)\w* (?:\w+ ){0,2}(?:ver(?:il)?me|al(?:a?)ma)\w*"
)
#: A year the project was refused for: "2017'den diye", "2017'de açıldığı için".
_OLD_YEAR = re.compile(
    r"\d{4}(?:d[ae]n?)?(?: d[ae]n?| yil\w*| proje\w*)?"
    r"(?: kalma| (?:acil|kurul|kayit|kaydedil|kaydol)\w*)? (?:diye|oldugu|icin)\b"
)
_REASON_WORDS = 5


class Itiraz(Flow):
    """Can this refusal still be appealed?"""

    id = itiraz.FLOW
    main = "evaluation_year"
    of_a_year = True
    asked_beside = re.compile(
        r"\b(?:nereye|nereden|nerden|kime|hangi (?:adres|mail)\w*|nasil (?:itiraz|yap)\w*|"
        r"itiraz\w* nasil|adresi? ne|son gun\w*|ne zamana)\b"
    )
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
        # "2021'de başvursam", "seneye girer mi" is another application, not this refusal.
        again = reading.matches(r"\b(?:tekrar|yeniden|bir daha|bi daha) basvu?r\w*") or (
            reading.what_if and reading.matches(r"\bbasvur(?:sa|urs)")
        )
        for mention, date in () if again else reading.dates():
            if reading.comes(mention, date) or _is_limit(reading, mention):
                continue
            name = _meant(reading, mention, date)
            if name == "sent":
                if "sent" not in facts or reading.near(mention, _SENT, 0, 5):
                    facts["sent"] = date.iso()
            elif name:
                facts.setdefault(name, date.year)
        if "sent" not in facts and (day := reading.day_for(known.get("sent"))):
            facts["sent"] = day
        facts.update(_request(reading, known, facts))
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
                values["sent"] = None  # the rule it decides must not stand as kept or broken
                undecided = itiraz.judge(itiraz.Facts(**values), today, figures)
                return undecided.as_depending(("sent",))
        return verdict


def _is_limit(reading: Reading, mention: Mention) -> bool:
    """Tell "9 ekime kadar cevap gelmedi": a day until which something was waited for."""
    return reading.near(mention, words("kadar dek"), 0, 2) and not reading.near(mention, _SENT)


def _meant(reading: Reading, mention: Mention, date: PartialDate) -> str | None:
    """Return the fact a date gives, None for one that gives none."""
    about = (
        reading.nearest(mention, _ABOUT, 5, forward_only=True)
        or (reading.located(mention) and reading.nearest(mention, _ABOUT, 8, True, across=True))
        or reading.nearest(mention, _ABOUT, 5)
    )
    if date.month:
        sent = reading.distance(mention, _SENT, 5, 6)
        return "project_year" if about == "project_year" and sent is None else "sent"
    if reading.asked in {"evaluation_year", "project_year"} and reading.short:
        return reading.asked
    if why := [other for other in reading.of("tarih") if _is_why(reading, other)]:
        return "project_year" if mention in why else "evaluation_year"
    if about == "work":
        return None
    if about == "project_year" and re.search(r"\bziyaretci|\bhesa[bp]", reading.clause(mention)):
        return "evaluation_year"  # "2020'de ziyaretçi hesabı açtım"
    if reading.near(mention, words("kayit kayitli"), 3, 0):
        return "project_year"
    said = reading.in_figures(mention)
    # "2018 projesi 2019 değerlendirmesinde": of two years the one beside "proje" is its own.
    years = [m for m, other in reading.dates() if not other.month]
    refused = reading.located(mention) and reading.near(mention, words("red* ret*"), 0, 5)
    old = (
        said
        and not refused
        and reading.near(mention, words("proje*"), 0, 1)
        and (reading.matches(r"\beski|\bprojesi d") or len(years) > 1)
    )
    return "project_year" if about == "project_year" or old else "evaluation_year"


def _is_why(reading: Reading, mention: Mention) -> bool:
    """Tell a year that is the reason of the refusal: "2017'den diye reddettiler"."""
    following = reading.words[mention.first : mention.first + _REASON_WORDS]
    return bool(_OLD_YEAR.match(" ".join(word.text for word in following)))


def _request(reading: Reading, known: Facts, found: Facts) -> Facts:
    """Return the day of the request in its year, or that none was sent."""
    if "sent" in found:
        facts: Facts = {"sent": _in_year(reading, known, found), "not_sent": False}
        unsaid = "evaluation_year" not in {**known, **found} and not reading.asked
        if unsaid and (_SAME_YEAR.search(reading.folded) or not _assumed(reading)):
            facts["evaluation_year"] = int(facts["sent"][:4])
        return facts
    refused = reading.asked == "sent" and reading.no and not reading.unknown
    if not reading.sign("gonderilmedi") and not refused:
        return {}
    return {"not_sent": True, **({"sent": None} if "sent" in known else {})}


def _assumed(reading: Reading) -> bool:
    return any(mention.value["assumed"] for mention, date in reading.dates() if date.month)


def _in_year(reading: Reading, known: Facts, found: Facts) -> str:
    """Give a day without a year ("3 eylülde") the year of the evaluation."""
    year = found.get("evaluation_year", known.get("evaluation_year"))
    for mention, date in reading.dates():
        if date.month and date.iso() == found["sent"] and mention.value["assumed"] and year:
            return date._replace(year=year).iso()
    return str(found["sent"])


def _reason(reading: Reading) -> str | None:
    values = {mention.value for mention in reading.of("gerekce")}
    if any(_is_why(reading, mention) for mention in reading.of("tarih")):
        values.add("eski-proje")
    foreign = [m for m in reading.of("ulke") if m.value != "Türkiye"]
    if foreign and _GOT.search(reading.folded):
        values.add("yurt-disi")
    if reading.asked == "reason" and _TOO_MANY.fullmatch(reading.folded):
        values.add("uye-sayisi")
    if _PARTNERS_GOT.search(reading.folded):
        values.add("yurt-disi")
    if any(m.value["value"] > _limit("members_tr") for m in reading.numbers("kisi")):
        values.add("uye-sayisi")
    sent = [*reading.ordinals(), *reading.numbers("basvuru")]
    if any(m.value["value"] > _limit("applications") for m in sent):
        values.add("basvuru-sayisi")
    if not values:
        return None
    if reading.asked == "reason" and reading.short and len(values) == 1:
        return str(values.pop())
    return next((reason for reason in _FIRST if reason in values), None)


def _limit(name: str) -> int:
    """Return the latest limit of an application, only to know which reason is told."""
    return figures().rules["akis-kalite"][name].periods[-1].value
