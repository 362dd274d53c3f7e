"""akis-yas: which age groups these ages fall into, and what follows (Projeler 10, 12)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from actions.rules.verdict import Check, FactError, Verdict, carried_note, source, sources_of
from bot.knowledge.figures import Figures

FLOW = "akis-yas"
GROUPS = source("sss-2020", "Projeler 10")
YOUNG = source("sss-2020", "Projeler 12")
NAMES = ("group_1", "group_2", "group_3", "group_4")
OLDEST = 120


@dataclass(frozen=True)
class Facts:
    """`ages`: every age named, or the two ends of a range; `special_needs`: some pupils have."""

    ages: tuple[int, ...] = ()
    special_needs: bool = False


def judge(facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
    """Return the groups and what the documents advise.

    Raises:
        FactError: for an age nobody has.
    """
    if any(not 0 <= age <= OLDEST for age in facts.ages):
        raise FactError("ages", f"Yaş 0 ile {OLDEST} arasında olmalı.")
    dated = [figures.in_year("akis-yas", name, today.year) for name in NAMES]
    bounds = [figure.value for figure in dated if figure.value is not None]
    if len(bounds) < len(NAMES):
        check = Check("groups", "undocumented", "Yaş grupları belgelerde yok", sources=(GROUPS,))
        return Verdict(FLOW, "undocumented", "Bu yılın yaş grupları belgelerde yok.", (check,))
    notes, sources = carried_note(*dated), sources_of(*dated)
    if not facts.ages:
        check = Check("groups", "unknown", f"Yaş grupları: {_names(bounds)}", sources=sources)
        conclusion = f"Yaşları yazarsanız grubunu söylerim: {_names(bounds)}."
        return Verdict(FLOW, "depends", conclusion, (check,), missing=("ages",), notes=notes)
    low, high = min(facts.ages), max(facts.ages)
    if high > bounds[-1]:
        text = f"En büyük yaş grubu {_name(bounds, len(bounds) - 1)}"
        check = Check("groups", "undocumented", text, str(bounds[-1]), sources)
        conclusion = f"{high} yaş, belgelerdeki yaş gruplarının dışında."
        return Verdict(FLOW, "undocumented", conclusion, (check,), notes=notes)
    first, last = _index(bounds, low), _index(bounds, high)
    names = " ve ".join(_name(bounds, index) for index in range(first, last + 1))
    checks = [Check("groups", "passed", f"Yaş grubu: {names}", sources=sources)]
    changes: list[str] = []
    if last - first <= 1:
        near = "aynı" if first == last else "yakın"
        conclusion = f"Uygun: öğrenciler {near} yaş grubunda ({names})."
        checks.append(
            Check("near", "passed", "Aynı ya da yakın yaş grupları önerilir", None, (GROUPS,))
        )
    else:
        conclusion = f"Olabilir, ama yaş aralığı geniş ({names})."
        text = "Geniş aralıkta iş birliği puanı düşebilir; kendiliğinden ret nedeni değildir"
        checks.append(Check("near", "unknown", text, None, (GROUPS,)))
        changes.append(
            "Öğrencilerin birlikte çalışabileceği etkinlikler planlayın ya da aralığı daraltın."
        )
        limit = figures.rules["akis-kalite"]["collaboration"].periods[-1]
        then = f"{limit.first} yılında iş birliğine {limit.value} altında puan verilen başvuru"
        notes = (*notes, f"{then} reddediliyordu.")
    if low < bounds[0] or facts.special_needs:
        text = "Okul öncesi ve özel eğitim öğrencilerinin TwinSpace'e kaydı beklenmez"
        checks.append(Check("twinspace", "passed", text, None, (YOUNG,)))
    return Verdict(FLOW, "yes", conclusion, tuple(checks), tuple(changes), notes=notes)


def _index(bounds: Sequence[int], age: int) -> int:
    return next(index for index, bound in enumerate(bounds) if age <= bound)


def _name(bounds: Sequence[int], index: int) -> str:
    return (
        f"{bounds[0]} yaşa kadar" if index == 0 else f"{bounds[index - 1] + 1}-{bounds[index]} yaş"
    )


def _names(bounds: Sequence[int]) -> str:
    return ", ".join(_name(bounds, index) for index in range(len(bounds)))
