"""akis-okul-etiketi: can this school be a candidate, and from which day (Portal 1)."""

import datetime
from dataclasses import dataclass

from actions.rules.verdict import (
    FIRST_YEAR,
    MOST_BELIEVED,
    Check,
    Day,
    FactError,
    Verdict,
    add_years,
    carried_note,
    outcome_of,
    shown,
    source,
    sources_of,
)
from bot.knowledge.figures import Dated, Figures

FLOW = "akis-okul-etiketi"
SOURCE = source("sss-2020", "Portal 1")
LETTER = source("okul-etiketi-2020", "05.11.2020")
NATIONAL = source("esep-2022", "2")
NO_FREE_APPLICATION = (
    "Serbest başvuru yok: her yıl bir tarih esas alınır, koşulları sağlayan okulların "
    "öğretmenlerine e-posta gelir ve form açılır."
)
NAMES = {
    "registered": "okulun eTwinning'e kaydedildiği gün",
    "teachers": "faaliyetlere katılan eTwinning öğretmeni sayısı",
    "last_european": "etiketli bir Avrupa projesine son katılım günü",
}


@dataclass(frozen=True)
class Facts:
    """What the school said; None is not known.

    `teachers`: took part, for the school, in projects, training or other activities;
    `last_european`: last day in a European project with the National Quality Label;
    `award_day`: that day is the label's, the last day of work not being known;
    `only_national`: the school's labelled projects are all national; `unlabelled`: it has
    European projects, none of which holds the label.
    """

    registered: datetime.date | None = None
    teachers: int | None = None
    last_european: datetime.date | None = None
    award_day: bool = False
    only_national: bool = False
    unlabelled: bool = False


def judge(facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
    """Return each condition by itself and the first and last day on which all hold.

    Raises:
        FactError: for a day in the future or before eTwinning, or an unlikely number.
    """
    _refuse_impossible(facts, today)
    dated = {
        name: figures.in_year(FLOW, name, today.year)
        for name in ("registered_years", "teachers", "participation_years")
    }
    values = {name: figure.value for name, figure in dated.items() if figure.value is not None}
    if len(values) < len(dated):
        check = Check("registered", "undocumented", "Koşullar belgelerde yok", None, (SOURCE,))
        return Verdict(FLOW, "undocumented", f"{today.year} koşulları belgelerde yok.", (check,))
    notes = [*carried_note(*dated.values()), NO_FREE_APPLICATION]
    days: list[Day] = []
    first = last = None
    if facts.registered:
        anniversary = add_years(facts.registered, values["registered_years"])
        first = anniversary + datetime.timedelta(days=1)
        ends = "dolar" if first > today else "doldu"
        days.append(Day("registered_from", first, f"Kayıt süresi {shown(first)} günü {ends}"))
        if today == anniversary:
            notes.append(
                f"Mersin'in 2020 yazısı “en az {values['registered_years']} yıl” der; ona göre "
                "süre bugün dolar."
            )
    if facts.last_european and not (facts.only_national or facts.unlabelled):
        last = add_years(facts.last_european, values["participation_years"])
        days.append(
            Day(
                "participation_until",
                last,
                f"Katılım koşulu {shown(last)} gününe kadar "
                f"{'sağlanır' if last >= today else 'sağlanıyordu'}",
            )
        )
        if facts.award_day:
            notes.append("Son katılım günü yerine etiketin verildiği gün kullanıldı.")
    checks = (
        _registered(first, today, values["registered_years"], dated["registered_years"]),
        _teachers(facts.teachers, values["teachers"], dated["teachers"]),
        _participation(
            facts, last, today, values["participation_years"], dated["participation_years"]
        ),
    )
    missing = tuple(check.rule for check in checks if check.state == "unknown")
    window = _window(first, facts.last_european, last)
    apart = first is not None and last is not None and window is None
    changes = _changes(checks, values["teachers"], apart)
    if window and checks[1].state == "passed" and last and last >= today:
        days.append(
            Day(
                "all_from", window, f"Koşulların hepsi {shown(window)} gününden başlayarak sağlanır"
            )
        )
    return Verdict(
        FLOW,
        outcome_of(checks),
        _conclusion(checks, missing, first, last, window, today),
        checks,
        tuple(changes),
        tuple(days),
        missing,
        tuple(notes),
    )


def _refuse_impossible(facts: Facts, today: datetime.date) -> None:
    for name in ("registered", "last_european"):
        day = getattr(facts, name)
        if day and day > today:
            raise FactError(name, f"{shown(day)} henüz gelmedi.")
        if day and day.year < FIRST_YEAR:
            raise FactError(name, f"eTwinning {FIRST_YEAR} yılında başladı.")
    if facts.teachers is not None and not 0 <= facts.teachers <= MOST_BELIEVED:
        raise FactError("teachers", f"Öğretmen sayısı 0 ile {MOST_BELIEVED} arasında olmalı.")


def _registered(
    first: datetime.date | None, today: datetime.date, years: int, figure: Dated
) -> Check:
    sources = sources_of(figure)
    rule = f"Okul {years} yıldan uzun süredir kayıtlı olmalı"
    if first is None:
        return Check("registered", "unknown", rule, str(years), sources)
    left = (first - today).days
    if left <= 0:
        return Check(
            "registered", "passed", f"{rule}; {shown(first)} günü doldu", str(years), sources
        )
    text = f"{rule}; {shown(first)} günü dolar, {left} gün var"
    return Check("registered", "failed", text, str(years), (*sources, LETTER))


def _teachers(teachers: int | None, needed: int, figure: Dated) -> Check:
    sources = sources_of(figure)
    rule = f"Okulla bağlantılı faaliyetlere katılmış en az {needed} öğretmen olmalı"
    if teachers is None:
        return Check("teachers", "unknown", rule, str(needed), sources)
    text = f"{rule}; sizde {teachers}"
    return Check(
        "teachers", "passed" if teachers >= needed else "failed", text, str(needed), sources
    )


def _participation(
    facts: Facts, last: datetime.date | None, today: datetime.date, years: int, figure: Dated
) -> Check:
    sources = sources_of(figure)
    rule = f"Okul son {years} yılda Ulusal Kalite Etiketi almış bir Avrupa projesinde yer almalı"
    if facts.only_national:
        text = f"{rule}; ulusal proje sayılmaz ve ESEP'te Avrupa projesi olmaz"
        return Check("last_european", "failed", text, str(years), (*sources, NATIONAL))
    if facts.unlabelled:
        text = f"{rule}; Avrupa projenizin Ulusal Kalite Etiketi yok"
        return Check("last_european", "failed", text, str(years), sources)
    if last is None:
        return Check("last_european", "unknown", rule, str(years), sources)
    state = "passed" if today <= last else "failed"
    counts = "sayılır" if state == "passed" else "sayılıyordu"
    text = f"{rule}; sizde {shown(last)} gününe kadar {counts}"
    return Check(
        "last_european", "passed" if state == "passed" else "failed", text, str(years), sources
    )


def _window(
    first: datetime.date | None, joined: datetime.date | None, last: datetime.date | None
) -> datetime.date | None:
    """Return the first day on which registration and participation both hold, if any."""
    if first is None or joined is None or last is None:
        return None
    start = max(first, joined)
    return start if start <= last else None


def _changes(checks: tuple[Check, ...], needed: int, apart: bool) -> list[str]:
    changes = []
    if checks[1].state == "failed":
        changes.append(f"Faaliyetlere katılmış en az {needed} eTwinning öğretmeni gerekir.")
    if checks[2].state == "failed" or apart:
        changes.append("Ulusal Kalite Etiketi alan yeni bir Avrupa projesi gerekir.")
    return changes


def _conclusion(
    checks: tuple[Check, ...],
    missing: tuple[str, ...],
    first: datetime.date | None,
    last: datetime.date | None,
    window: datetime.date | None,
    today: datetime.date,
) -> str:
    if all(check.state == "passed" for check in checks):
        assert last is not None
        return (
            f"Okulunuz bugün koşulları sağlıyor; katılım koşulu {shown(last)} gününe kadar sürer."
        )
    if first and last and window is None:
        fills = "dolar" if first > today else "doldu"
        ends = "biter" if last > today else "bitti"
        return (
            f"Koşulların birlikte sağlandığı bir gün yok: kayıt süresi {shown(first)} günü "
            f"{fills}, katılım koşulu {shown(last)} günü {ends}."
        )
    failed = [check for check in checks if check.state == "failed"]
    if window and window > today and failed == [checks[0]] and not missing:
        left = (window - today).days
        return f"Okulunuz {shown(window)} gününden başlayarak aday olabilir; {left} gün var."
    if failed:
        names = {
            "registered": "kayıt süresi dolmadı",
            "teachers": "öğretmen sayısı yetmiyor",
            "last_european": "Avrupa projesi koşulu sağlanmıyor",
        }
        return "Okulunuz bugün aday olamaz: " + ", ".join(names[c.rule] for c in failed) + "."
    return "Sonuç şunlara bağlı: " + ", ".join(NAMES[name] for name in missing) + "."
