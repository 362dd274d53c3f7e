"""akis-avrupa: national or European, and can the European Quality Label be hoped for.

Rules and sources: the old portal's (Projeler 2), ESEP's since June 2022 (ESEP 2),
nomination (Kalite Etiketi 6).
"""

import datetime
from dataclasses import dataclass
from typing import Literal

from actions.rules.verdict import Check, FactError, Verdict, carried_note, source, sources_of
from bot.knowledge.entries import Source
from bot.knowledge.figures import Figures

FLOW = "akis-avrupa"
OLD = source("sss-2020", "Projeler 2")
ESEP = source("esep-2022", "2")
LABEL = source("sss-2020", "Kalite Etiketi 6")
HOME = "Türkiye"

#: Before or after the move to ESEP in June 2022; that month itself decides nothing.
Moment = Literal["once", "sonra", "haziran-2022"]
Kind = Literal["european", "national", "undocumented", "undecided", "unknown"]

AWARD_NOTES = (
    "Avrupa Kalite Etiketi'ne öğretmen başvurmaz, Ulusal Destek Servisi aday gösterir.",
    "Etiketi olan bir üyenin ülkesindeki servisin aday göstermesi yeter.",
    "Aday gösterilmek ödül demek değildir.",
    "Proje ödül alırsa Ulusal Kalite Etiketi olan her üye bu etiketi de alır.",
)


NAMES = {
    "founder_countries": "2 kurucunun ülkesi",
    "member_countries": "üyelerin ülkeleri",
    "joined": "yabancı üyenin ESEP'e geçişten önce mi sonra mı katıldığı",
}


#: The other condition of a nomination, beside a kind that is not documented.
_LABELS = {
    "passed": "; etiket koşulu sağlanıyor",
    "failed": "; etiket koşulu sağlanmıyor",
    "unknown": "",
}


@dataclass(frozen=True)
class Facts:
    """What the teacher said; empty or None is not known.

    `founder_countries`: of both founders; `member_countries`: of the other members, an
    empty tuple if there is none; `label_countries`: whose partners hold the National
    Quality Label; `wants` "tur": only the project's kind is asked for, no nomination.
    """

    founder_countries: tuple[str, ...] = ()
    member_countries: tuple[str, ...] | None = None
    founded: Moment | None = None
    joined: Moment | None = None
    label_countries: tuple[str, ...] | None = None
    wants: Literal["tur"] | None = None


def judge(facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
    """Return the project's kind and whether it can be nominated.

    Raises:
        FactError: if the foreign member joined before the project was founded.
    """
    if facts.founded == "sonra" and facts.joined == "once":
        raise FactError("joined", "Üye, proje kurulmadan önce katılmış olamaz.")
    kind, check, missing = _kind(facts)
    limit = figures.in_year(FLOW, "label_countries", today.year)
    checks = [check]
    if kind == "national":
        text = "Ulusal proje Avrupa Kalite Etiketi'ne aday gösterilemez"
        checks.append(Check("nomination", "failed", text, None, (ESEP,)))
        conclusion = "Projeniz ulusal bir projedir ve ulusal kalır; aday gösterilemez."
        return Verdict(FLOW, "no", conclusion, tuple(checks))
    if limit.value is None:
        text = f"{today.year} için adaylık koşulu belgelerde yok"
        checks.append(Check("nomination", "undocumented", text, None, (LABEL,)))
        return Verdict(FLOW, "undocumented", text + ".", tuple(checks), missing=missing)
    needed = limit.value
    nomination = _nomination(facts, needed, sources_of(limit))
    checks.append(nomination)
    notes = (*AWARD_NOTES, *carried_note(limit))
    if kind == "european" and facts.wants == "tur":
        return Verdict(FLOW, "yes", "Projeniz bir Avrupa projesidir.", tuple(checks), notes=notes)
    if kind == "unknown":
        conclusion = "Sonuç şuna bağlı: " + ", ".join(NAMES[name] for name in missing) + "."
        return Verdict(FLOW, "depends", conclusion, tuple(checks), missing=missing, notes=notes)
    if kind in {"undocumented", "undecided"}:
        conclusion = f"{check.text}{_LABELS[nomination.state]}."
        return Verdict(FLOW, "undocumented", conclusion, tuple(checks), notes=notes)
    if nomination.state == "passed":
        conclusion = "Projeniz bir Avrupa projesidir ve aday gösterilebilir."
        return Verdict(FLOW, "yes", conclusion, tuple(checks), notes=notes)
    if nomination.state == "failed":
        conclusion = "Projeniz bir Avrupa projesidir, ama şimdilik aday gösterilemez."
        change = f"En az {needed} ülkeden birer ortak Ulusal Kalite Etiketi almalı."
        return Verdict(FLOW, "no", conclusion, tuple(checks), (change,), notes=notes)
    conclusion = "Projeniz bir Avrupa projesidir; adaylığı etiket alan ülkelere bağlı."
    return Verdict(
        FLOW, "depends", conclusion, tuple(checks), missing=("label_countries",), notes=notes
    )


def _kind(facts: Facts) -> tuple[Kind, Check, tuple[str, ...]]:
    founders = set(facts.founder_countries)
    if len(founders) > 1:
        text = "Kuruculardan biri başka bir ülkeden: Avrupa projesi"
        return "european", Check("kind", "passed", text, None, (ESEP,)), ()
    if len(facts.founder_countries) < 2:  # one name says nothing of the other founder
        check = Check("kind", "unknown", "Kurucuların ülkesi bilinmiyor", None, (ESEP,))
        return "unknown", check, ("founder_countries",)
    if facts.member_countries is not None and not set(facts.member_countries) - founders:
        text = "Bütün üyeler kurucuların ülkesinden: ulusal proje"
        return "national", Check("kind", "failed", text, None, (ESEP,)), ()
    if facts.founded == "sonra" or facts.joined == "sonra":
        text = "ESEP'e geçişten sonra, aynı ülkeden kurucuların projesi ulusal kalır"
        return "national", Check("kind", "failed", text, None, (ESEP,)), ()
    return _before_the_move(facts, founders)


def _before_the_move(facts: Facts, founders: set[str]) -> tuple[Kind, Check, tuple[str, ...]]:
    if facts.joined is None:
        text = "Yabancı üyenin ESEP'e geçişten önce mi sonra mı katıldığı bilinmiyor"
        missing = ("member_countries",) if facts.member_countries is None else ("joined",)
        return "unknown", Check("kind", "unknown", text, None, (OLD, ESEP)), missing
    if "haziran-2022" in {facts.founded, facts.joined}:
        text = "Geçiş Haziran 2022'de oldu; o ay içinde hangi kuralın geçerli olduğu belgelerde yok"
        return "undecided", Check("kind", "undocumented", text, None, (OLD, ESEP)), ()
    if founders == {HOME}:
        text = "O günkü kuralla Avrupa projesi olmuştu; ESEP'te öyle kalıp kalmadığı belgelerde yok"
    else:
        text = "Türkiye dışında kurulan projeler için eski kural belgelerde yok"
    return "undocumented", Check("kind", "undocumented", text, None, (OLD, ESEP)), ()


def _nomination(facts: Facts, needed: int, sources: tuple[Source, ...]) -> Check:
    rule = f"En az {needed} ülkeden birer ortakta Ulusal Kalite Etiketi olmalı"
    if facts.label_countries is None:
        return Check("nomination", "unknown", rule, str(needed), sources)
    held = len(set(facts.label_countries))
    passed = held >= needed
    text = f"{rule}; sizde {held} ülke"
    return Check("nomination", "passed" if passed else "failed", text, str(needed), sources)
