"""akis-proje-siniri: with N active projects, will a new one be approved (Projeler 8)."""

import datetime
from dataclasses import dataclass
from typing import Literal

from actions.rules.verdict import (
    MOST_BELIEVED,
    Check,
    FactError,
    Verdict,
    carried_note,
    source,
    sources_of,
)
from bot.knowledge.figures import Figures

FLOW = "akis-proje-siniri"
SOURCE = source("sss-2020", "Projeler 8")


@dataclass(frozen=True)
class Facts:
    """`active`: active projects now; `joining`: as member or opening as founder."""

    active: int | None = None
    joining: Literal["uye", "kurucu"] | None = None


def judge(facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
    """Return whether the new project would be approved.

    Raises:
        FactError: for a number of projects nobody can have.
    """
    if facts.active is not None and not 0 <= facts.active <= MOST_BELIEVED:
        raise FactError("active", f"Etkin proje sayısı 0 ile {MOST_BELIEVED} arasında olmalı.")
    if facts.joining == "uye":
        text = "Üye olarak katılınan projelerin sayısında sınır yok"
        return Verdict(
            FLOW,
            "yes",
            "Katılabilirsiniz: üye olarak katıldığınız projelerin sayısında bir sınır yok.",
            (Check("member", "passed", text, sources=(SOURCE,)),),
        )
    limit = figures.in_year(FLOW, "active_projects", today.year)
    if limit.value is None:
        text = f"{today.year} için sınır belgelerde yok"
        check = Check("active", "undocumented", text, sources=(SOURCE,))
        return Verdict(FLOW, "undocumented", "Bu yılın sınırı belgelerde yok.", (check,))
    notes, sources = carried_note(limit), sources_of(limit)
    rule = f"{limit.value} taneden fazla etkin projesi olan kurucunun yeni projesi onaylanmaz"
    missing = [name for name in ("joining", "active") if getattr(facts, name) is None]
    if facts.active is None or (facts.joining is None and facts.active > limit.value):
        check = Check("active", "unknown", rule, str(limit.value), sources)
        conclusion = (
            f"{limit.value} taneden fazla etkin projeniz yoksa yeni projeniz onaylanır."
            if facts.active is None
            else "Kurucu olacaksanız onaylanmaz; üye olarak katılmanıza engel yok."
        )
        return Verdict(FLOW, "depends", conclusion, (check,), missing=tuple(missing), notes=notes)
    passed = facts.active <= limit.value
    check = Check(
        "active",
        "passed" if passed else "failed",
        f"{rule}; sizin {facts.active} etkin projeniz var",
        str(limit.value),
        sources,
    )
    if passed:
        conclusion = (
            f"Onaylanır: {facts.active} etkin proje, {limit.value} sınırının üstünde değil."
        )
        return Verdict(FLOW, "yes", conclusion, (check,), notes=notes)
    over = facts.active - limit.value
    return Verdict(
        FLOW,
        "no",
        f"Onaylanmaz: {facts.active} etkin projeniz var, sınır {limit.value}.",
        (check,),
        (f"Önce en az {over} projenizin bitmesi gerekir.",),
        notes=notes,
    )
