"""The facts of akis-okul-etiketi: a school's candidacy."""

import datetime
import re
from dataclasses import replace
from typing import Any

from actions.flows.base import Fact, Facts, Flow
from actions.flows.cues import phrases, words
from actions.flows.members import members_of
from actions.flows.reading import Reading, only_number
from actions.rules import okul_etiketi
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures
from bot.text.partial_date import PartialDate

_ABOUT = {
    "registered": words("kayit* kaydol* kaydedil* kaydi* kaydet* kayd* uye* eklen* beri"),
    "last_european": words(
        "avrupa* etiketli yer katil* bitti biten sona son vardik icinde proje* calis* odul* ald* "
        "verildi* tamamla* gorev*"
    ),
}
#: "Etiketi 12 Ekim 2025'te aldık", not "etiketli projede yer aldık".
_AWARD = re.compile(
    r"\b(?:etiket(?!li)|odul|sertifika|belge)\w*(?: \w+){0,6} "
    r"(?<!yer )(?<!gorev )"
    r"(?:ver(?:il|l?d)|ald|almis(?! bir\b| avrupa| proje| olan)|geld|gelmis|kazan)"
)
#: What a date is of by the nearest word: "geçen mart bitirdiğimiz proje etiket aldı".
_DEED = {
    "award": words("etiket* odul* sertifika* belge* ald* veril* geld* kazan*"),
    "end": words("bit* kapan* kapat* katil* tamamla* yer"),
}
_ALONE = phrases(
    """
    bir ben
    bi ben
    tek ben
    tek benim
    yalniz ben
    sadece ben
    tek kisi
    tek ogretmen*
    tek hoca*
    tek basima*
    benden baska kimse
    benden baska yok
    """
)
#: "Avrupa projemiz var ama kalite etiketi yok".
_UNLABELLED = re.compile(
    r"\b(?:etiket(?!li)|odul|sertifika)\w* (?:\w+ ){0,2}"
    r"(?:yok|al(?:a?ma|a?mi)(?:d|m|y)\w*|verilme(?:d|m)\w*|cikma(?:d|m)\w*|kazanama\w*)"
    r"(?! m[iu]\b)|"
    r"\betiketsiz\w*"
)
#: "Biri ayrıldı": a teacher who is there no more.
_LEFT = re.compile(
    r"\b(bir(?:i|isi| tanesi)|ikisi|ucu|iki tanesi|uc tanesi|\d+ ?(?:s?[iu]|tanesi)) (?:\w+ ){0,3}"
    r"(?:ayril(?:di|mis)|gitti|gitmis|tayin\w*|emekli\w*)"
)
_GOES_ON = re.compile(
    r"\b(?:hala|halen|daha|henuz)\b.*\b(?:sur|devam|bitme|aktif|icinde)\w*|\bdevam ed\w*|"
    r"\bsur[iu]yo\w*|\bbit(?:me(?:d|m)|ecek|icek|cek)\w*"
)
_DAYS_OFF = re.compile(r"\b(\d{1,3}|bir|bi) gun (once|sonra)\b")
_SAID_LAST = re.compile(r"\bson (?:gun|calisma|faaliyet|etkinlik|toplanti|gorusme)\w*")
_LAST_DAY = re.compile(r"\b(?:bit|kapan|kapat|katil|proje|son gun)\w*")


class OkulEtiketi(Flow):
    """Can our school be a candidate, and from which day?"""

    id = okul_etiketi.FLOW
    main = "teachers"
    named = re.compile(r"\boku?l")
    of_a_year = True
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
            "Okulunuz Ulusal Kalite Etiketi almış bir Avrupa projesinde en son hangi gün yer aldı?",
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
            "unlabelled",
            "Avrupa projenizin Ulusal Kalite Etiketi yok mu?",
            "Evet ya da hayır.",
            "Avrupa projesi etiketsiz",
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
        facts = _days(reading, known)
        teachers = _teachers(reading)
        if teachers is not None:
            facts["teachers"] = teachers
        facts.update(_without_label(reading, known, facts))
        if facts.get("only_national"):
            facts.pop("last_european", None)  # a national project's label is of no use here
        last = facts.get("last_european")
        told = [
            reading.clause(m)
            for m, date in reading.dates()
            if date.iso() == last and reading.nearest(m, _DEED, 3, forward_only=True) != "end"
        ]
        told = [clause for clause in told if not _SAID_LAST.search(clause)]
        if "last_european" in facts and any(map(_AWARD.search, [*told, *_award_day(reading)])):
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
        decides = decides or tuple(late)
        # Judged without them: a rule they decide must not stand as kept or broken.
        unsaid: dict[str, Any] = dict.fromkeys(decides)
        undecided = okul_etiketi.judge(replace(latest, **unsaid), today, figures)
        return undecided.as_depending(decides)


def _without_label(reading: Reading, known: Facts, found: Facts) -> Facts:
    """Return why no project counts: all are national, or the European ones have no label."""
    dated = "last_european" in found
    european = reading.matches(r"\bavrupa")
    about = reading.asked == "last_european" or european
    if about and not dated and not reading.unknown and _UNLABELLED.search(reading.folded):
        return {
            "unlabelled": True,
            **({"only_national": False} if "only_national" in known else {}),
        }
    nothing = reading.asked == "last_european" and reading.no and not reading.unknown
    national = reading.sign("ulusal") and not (european and dated)
    if national or (nothing and not reading.dates()):
        return {"only_national": True}
    again = ("only_national", "unlabelled") if dated else ()
    return {name: False for name in again if known.get(name)}


def _award_day(reading: Reading) -> list[str]:
    """Return "etiketi aldığı gün …", wherever it stands."""
    return re.findall(r"\b(?:etiket|odul)\w* (?:ald|veril)\w* (?:gun|tarih)\w*", reading.folded)


def _days(reading: Reading, known: Facts) -> Facts:
    """Return the day of registration and the last day in a labelled European project."""
    facts: Facts = {}
    dates = reading.dates()
    # "Bu yıl aday olur muyuz" tells no day; "bu haziran" does.
    dates = [p for p in dates if p[1].month or not reading.matches_words(p[0], "bu")] or dates
    # "Seneye olur mu" asks when, and tells no day of the school.
    dates = [pair for pair in dates if not reading.comes(*pair)]
    if corrected := _corrected(reading, known):
        return corrected
    asked = reading.asked if reading.asked in {"registered", "last_european"} else None
    loose = []
    for mention, told_date in dates:
        name, date = reading.nearest(mention, _ABOUT), told_date
        if reading.what_if and reading.short:
            name = reading.nearest(mention, _ABOUT, 3, across=True) or name
        other = asked and name and name != asked and not reading.short
        if asked and len(dates) == 1 and not other:
            comes = asked == "last_european" and date.first_day() > reading.today
            return {asked: reading.today.isoformat() if comes else date.iso()}
        if mention.value["assumed"] and not asked:
            name, date = _in_known_year(date, name, known)
        if any(value.startswith(date.iso()) for value in facts.values()):
            continue  # "nisanda bitti, 2026"
        if name:
            facts[name] = date.iso()
        else:
            loose.append(date)
    for date in loose:
        facts[_unnamed(date, {**known, **facts})] = date.iso()
    if not facts and asked == "last_european" and _goes_on(reading):
        return {"last_european": reading.today.isoformat()}
    return facts if dates else _without_a_date(reading, known)


def _goes_on(reading: Reading) -> bool:
    """Tell a project that is not over: the school takes part until today."""
    going = any(mention.value != "bitti" for mention in reading.of("durum"))
    unlabelled = _UNLABELLED.search(reading.folded)
    return not unlabelled and (going or bool(_GOES_ON.search(reading.folded)))


def _corrected(reading: Reading, known: Facts) -> Facts:
    """Read "2024 değil 2025" and "haziran değil temmuz": what is not said stays as known."""
    denied, right = reading.replacement() or (None, None)
    if denied is None or right is None or bool(denied.month) != bool(right.month):
        return {}
    for name in ("registered", "last_european"):
        date = PartialDate.parse(known[name]) if name in known else None
        if date is None or not _alike(date, denied):
            continue
        year = right.year if date.year == denied.year else date.year
        month = PartialDate(year, right.month or date.month)
        day = min(right.day or date.day, month.last_day().day)  # 29 February
        return {name: month._replace(day=day).iso()}
    return {}


def _alike(date: PartialDate, denied: PartialDate) -> bool:
    """Tell whether a date is the one denied, as far as that was said; its year may be assumed."""
    if denied.month:
        return date.month == denied.month and denied.day in {0, date.day}
    return date.year == denied.year


def _unnamed(date: PartialDate, known: Facts) -> str:
    """Return the fact a date gives of which nothing is said."""
    first = "registered" not in known or date.year <= int(known["registered"][:4])
    return "registered" if first else "last_european"


def _without_a_date(reading: Reading, known: Facts) -> Facts:
    """Read a change of a known date: "bir gün önce olsa", "22'sinde"."""
    if moved := _moved(reading, known):
        return moved
    name = "last_european" if _LAST_DAY.search(reading.folded) else "registered"
    day = reading.day_for(known.get(name) or known.get("last_european"))
    return {name: day} if day else {}


def _moved(reading: Reading, known: Facts) -> Facts:
    """Read "bir gün önce kaydolmuş olsak": the known day so many days earlier or later."""
    match = _DAYS_OFF.search(reading.folded)
    name = "last_european" if _LAST_DAY.search(reading.folded) else "registered"
    if not match or not reading.what_if or len(known.get(name, "")) < len("2024-01-01"):
        return {}
    days = int(match[1]) if match[1].isdecimal() else 1
    step = datetime.timedelta(days=days if match[2] == "sonra" else -days)
    return {name: (datetime.date.fromisoformat(known[name]) + step).isoformat()}


def _in_known_year(
    date: PartialDate, name: str | None, known: Facts
) -> tuple[str | None, PartialDate]:
    """Give "19 Kasımmış" the year of the date it corrects: the one of that month, else the last."""
    dates = {n: known[n] for n in ("registered", "last_european") if n in known}
    alike = [n for n, value in dates.items() if value[5:7] == f"{date.month:02}"]
    if name not in dates:
        name = next(iter(reversed(alike or list(dates))), name)
    return name, date._replace(year=int(dates[name][:4])) if name in dates else date


def _teachers(reading: Reading) -> int | None:
    teachers = members_of(reading)
    if teachers is not None:
        return max(teachers - _gone(reading, teachers), 0)
    if _ALONE.search(reading.folded):
        return 1
    if reading.asked != "teachers":
        return None
    number = only_number(reading)
    return 0 if number is None and reading.no and not reading.question else number


def _gone(reading: Reading, teachers: int) -> int:
    """Return how many of them have left: "2 öğretmen ama biri ayrıldı"."""
    match = _LEFT.search(reading.folded)
    if not match or reading.matches(r"\bkal(?:d|an|iyor|iyo)\w*"):
        return 0  # how many are left was said
    few = {"bir": 1, "iki": 2, "uc": 3, "ucu": 3, "ikisi": 2}
    first = match[1].split()[0]
    number = few.get(first) or int(re.sub(r"\D", "", first) or 1)
    return number if number <= teachers else 0


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
