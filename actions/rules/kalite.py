"""akis-kalite: would this Quality Label application be taken into evaluation.

Rules and sources: members (Projeler 7, İtiraz 3-4, ESEP 10), number of applications
(ESEP 9), registration year (İtiraz 2), state of the project (Kalite Etiketi 1), points
(İtiraz 7, Projeler 10). “Within the last two years” is read by calendar year.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from actions.rules.verdict import (
    FIRST_YEAR,
    MOST_BELIEVED,
    Check,
    Day,
    FactError,
    Outcome,
    Verdict,
    carried_note,
    outcome_of,
    shown,
    source,
    sources_of,
    with_comma,
)
from bot.knowledge.entries import Source
from bot.knowledge.figures import Dated, Figures

FLOW = "akis-kalite"
YEARS_AHEAD = 10
REMOVAL = source("sss-2020", "Projeler 3")
FOUNDER = source("sss-2020", "Projeler 4")
LIVE = source("sss-2020", "İtiraz 4")
WINDOW = source("sss-2020", "İtiraz 2")
STATE = source("sss-2020", "Kalite Etiketi 1")

NAMES = {
    "members": "Türkiye'den üye sayısı",
    "project_year": "projenin kayıt yılı",
    "applications": "o yılki başvuru sayınız",
    "order": "bu başvurunun kaçıncı olduğu",
    "state": "projenin durumu",
}


@dataclass(frozen=True)
class Facts:
    """What the teacher said; None is not known.

    `members`: members from Türkiye in the portal, founders and the asker counted;
    `removed_only_in_twinspace`: members taken out of TwinSpace alone, not in `members`;
    `applications`: this teacher's in the year, `order`: which of them this one is;
    `missed_year`: the application came after that year's last day;
    `points` of 25, `collaboration`: points for pupils' collaboration.
    """

    evaluation_year: int | None = None
    project_year: int | None = None
    members: int | None = None
    applications: int | None = None
    order: int | None = None
    state: Literal["bitti", "bitmek-uzere", "suruyor"] | None = None
    removed_only_in_twinspace: int = 0
    points: float | None = None
    collaboration: float | None = None
    missed_year: int | None = None


def judge(facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
    """Return whether the application would be evaluated, and the points' own conclusion.

    Raises:
        FactError: for a fact that cannot be, naming it.
    """
    year = _evaluated_in(facts, today)
    _refuse_impossible(facts, year, today)
    most = figures.rules[FLOW]["threshold_of"].periods[-1].value
    for name in ("points", "collaboration"):
        value = getattr(facts, name)
        if value is not None and not 0 <= value <= most:
            raise FactError(name, f"Puan 0 ile {most} arasında olmalı.")
    days: tuple[Day, ...] = ()
    notes: list[str] = []
    if facts.missed_year is not None:
        late = f"{facts.missed_year} için son günden sonra yapılan başvuru"
        notes.append(f"{late} {year} yılında değerlendirilir.")
    window_year = year
    deadline = figures.day("application_until", year)
    if deadline:
        last = datetime.date(*deadline.date)
        text = f"{year} için son başvuru günü {shown(last)}"
        days = (Day("application_until", last, text),)
        if year == today.year and today > last:
            window_year = year + 1
            notes.append(
                f"{text}; bu günden sonraki başvuru {window_year} yılında değerlendirilir."
            )
    else:
        notes.append(f"Belgelerde {year} için son başvuru tarihi yok.")
    used: list[Dated] = []
    changes: list[str] = []
    checks = [
        *_members(facts, window_year, figures, used, changes),
        *_applications(facts, window_year, figures, used),
        *_window(facts, window_year, figures, used),
        _state(facts, changes, (STATE, *([deadline.source] if deadline else []))),
    ]
    missing = tuple(name for name in NAMES if _is_missing(name, facts, checks))
    outcome = outcome_of(checks)
    points = [*_points(facts, year, figures)]
    return Verdict(
        FLOW,
        outcome,
        _conclusion(outcome, window_year, checks, missing) + _of_points(points, year),
        (*checks, *points),
        tuple(changes),
        days,
        missing,
        (*carried_note(*used), *notes),
    )


def _evaluated_in(facts: Facts, today: datetime.date) -> int:
    """Return the year of the evaluation: after a missed last day it is the next one."""
    if facts.missed_year is not None:
        return facts.missed_year + 1
    return today.year if facts.evaluation_year is None else facts.evaluation_year


def _refuse_impossible(facts: Facts, year: int, today: datetime.date) -> None:
    if not FIRST_YEAR <= year <= today.year + YEARS_AHEAD:
        raise FactError("evaluation_year", f"{year} bir değerlendirme yılı olamaz.")
    for name in ("members", "applications", "order"):
        value = getattr(facts, name)
        if value is not None and not 1 <= value <= MOST_BELIEVED:
            raise FactError(
                name, f"{NAMES[name].capitalize()} 1 ile {MOST_BELIEVED} arasında olmalı."
            )
    if not 0 <= facts.removed_only_in_twinspace <= MOST_BELIEVED:
        raise FactError(
            "removed_only_in_twinspace", "Çıkarılan üye sayısı 0 ya da daha çok olmalı."
        )
    if facts.applications and facts.order and facts.order > facts.applications:
        raise FactError("order", "Başvurunun sırası toplam başvuru sayısından büyük olamaz.")
    _refuse_impossible_project(facts.project_year, year, today)


def _refuse_impossible_project(project_year: int | None, year: int, today: datetime.date) -> None:
    if project_year is None:
        return
    if project_year > today.year:
        raise FactError("project_year", f"{project_year} henüz gelmedi.")
    if project_year > year:
        sentence = f"Proje {year} değerlendirmesinden sonra kaydedilmiş olamaz."
        raise FactError("project_year", sentence)
    if project_year < FIRST_YEAR:
        raise FactError("project_year", f"eTwinning {FIRST_YEAR} yılında başladı.")


def _members(
    facts: Facts, year: int, figures: Figures, used: list[Dated], changes: list[str]
) -> Iterator[Check]:
    limit = figures.in_year(FLOW, "members_tr", year)
    if limit.period is None:
        text = f"{year} için üye sınırı belgelerde yok"
        yield Check("members", "undocumented", text, sources=(source("sss-2020", "Projeler 7"),))
        return
    used.append(limit)
    most = limit.period.value
    sources: tuple[Source, ...] = (limit.period.source, source("sss-2020", "İtiraz 3"))
    rule = f"Türkiye'den en fazla {most} üye (portaldaki kayda göre; çalışmayan üyeler de sayılır)"
    if facts.members is None:
        yield Check("members", "unknown", rule, str(most), sources)
        return
    counted = facts.members + facts.removed_only_in_twinspace
    text = f"{rule}; sizde {counted}"
    if facts.removed_only_in_twinspace:
        sources = (*sources, LIVE)
        text += (
            f" ({facts.members} üye ve yalnızca TwinSpace'ten çıkarılan "
            f"{facts.removed_only_in_twinspace} üye)"
        )
    if counted <= most:
        yield Check("members", "passed", text, str(most), sources)
        return
    left = figures.in_year(FLOW, "partners_left", year)
    changes += [
        f"Türkiye'den en az {counted - most} üyeyi portalın kendisinden çıkarın.",
        "Çıkarmanın yeri eTwinning Live için yazılmıştır; ESEP'teki yeri belgelerde yok.",
        "Çıkarmadan önce üyelere sorun ve nedenini bildirin. Kurucu çıkarılamaz.",
        f"Projede en az {left.value} ortak kalmalı.",
    ]
    removal = sources_of(left, beside=(REMOVAL, FOUNDER))
    yield Check("members", "failed", text, str(most), (*sources, *removal))


def _applications(facts: Facts, year: int, figures: Figures, used: list[Dated]) -> Iterator[Check]:
    limit = figures.in_year(FLOW, "applications", year)
    if limit.period is None:
        text = f"{year} için başvuru sayısı sınırı belgelerde yok"
        yield Check("applications", "undocumented", text, sources=(source("esep-2022", "9"),))
        return
    used.append(limit)
    most, sources = limit.period.value, (limit.period.source,)
    rule = f"Yılda en fazla {most} başvuru; fazlasında başvuru tarihine göre ilk {most} tanesi"
    number, order = facts.applications, facts.order
    if order is not None and order > most:
        text = f"{rule}; bu {order}. başvurunuz"
        yield Check("applications", "failed", text, str(most), sources)
    elif order is not None or (number is not None and number <= most):
        yield Check("applications", "passed", rule, str(most), sources)
    else:
        yield Check("applications", "unknown", rule, str(most), sources)


def _window(facts: Facts, year: int, figures: Figures, used: list[Dated]) -> Iterator[Check]:
    window = figures.in_year(FLOW, "window_years", year)
    if window.period is None:
        yield Check(
            "project_year", "undocumented", f"{year} için süre belgelerde yok", None, (WINDOW,)
        )
        return
    used.append(window)
    years, first = window.period.value, year - window.period.value
    rule = f"Proje {first} yılında ya da sonra kaydedilmiş olmalı (son {years} yıl)"
    if facts.project_year is None:
        yield Check("project_year", "unknown", rule, str(years), sources_of(window))
        return
    last = facts.project_year + years
    text = f"{rule}; sizinki {facts.project_year}, son değerlendirme yılı {last}"
    state: Literal["passed", "failed"] = "passed" if facts.project_year >= first else "failed"
    yield Check("project_year", state, text, str(years), sources_of(window))


def _state(facts: Facts, changes: list[str], sources: tuple[Source, ...]) -> Check:
    rule = "Proje bitmiş ya da tamamlanma aşamasında olmalı"
    if facts.state is None:
        return Check("state", "unknown", rule, None, sources)
    if facts.state == "suruyor":
        changes.append("Projenizi tamamlanma aşamasına getirin, sonra başvurun.")
        return Check("state", "failed", rule, None, sources)
    return Check("state", "passed", rule, None, sources)


def _points(facts: Facts, year: int, figures: Figures) -> Iterator[Check]:
    """Yield the outcome's own checks; a figure of one year never judges another."""
    most = figures.rules[FLOW]["threshold_of"].periods[-1].value
    for name, value, text in (
        ("threshold", facts.points, f"Sınır puan {{}} yılında {most} üzerinden {{}} idi"),
        ("collaboration", facts.collaboration, "İş birliğinde {} yılında {} altı puan ret idi"),
    ):
        if value is None:
            continue
        figure = figures.in_year(FLOW, name, year)
        documented = figures.rules[FLOW][name].periods[-1]
        known = text.format(documented.first, documented.value)
        if figure.value is None:
            line = f"{known}; {year} için belgelerde yok"
            yield Check(name, "undocumented", line, str(documented.value), (documented.source,))
            continue
        state: Literal["passed", "failed"] = "passed" if value >= figure.value else "failed"
        yield Check(
            name,
            state,
            f"{known}; sizinki {with_comma(value)}",
            str(figure.value),
            (documented.source,),
        )


def _of_points(points: list[Check], year: int) -> str:
    """Return what a refusal by points adds to the conclusion: it is one of its own."""
    if all(check.state != "failed" for check in points):
        return ""
    return f" Puana göre sonuç ayrıdır: {year} yılının sınırının altında kalıyor."


def _is_missing(name: str, facts: Facts, checks: list[Check]) -> bool:
    """Tell whether a fact is still needed: its own check is open and it was not said."""
    state = {check.rule: check.state for check in checks}
    if name == "order":
        return state["applications"] == "unknown" and facts.applications is not None
    return state[name] == "unknown" and getattr(facts, name) is None


def _conclusion(outcome: Outcome, year: int, checks: list[Check], missing: tuple[str, ...]) -> str:
    if outcome == "yes":
        return f"Bu başvuru {year} değerlendirmesine alınır."
    if outcome == "no":
        failed = {
            "members": "Türkiye'den üye sayısı fazla",
            "applications": "başvuru ilk başvurular arasında değil",
            "project_year": "proje eski",
            "state": "proje henüz tamamlanma aşamasında değil",
        }
        reasons = ", ".join(failed[check.rule] for check in checks if check.state == "failed")
        return f"Bu başvuru {year} değerlendirmesine alınmaz: {reasons}."
    if outcome == "depends":
        return "Sonuç şunlara bağlı: " + ", ".join(NAMES[name] for name in missing) + "."
    return f"{year} değerlendirmesinin bazı kuralları belgelerde yok; ötekilere uyuyor."
