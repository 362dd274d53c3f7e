"""akis-proje-siniri: with N active projects, will a new one be approved (Projeler 8)."""

import datetime
from dataclasses import dataclass, replace
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
from bot.knowledge.figures import Dated, Figures
from bot.text.numbers import with_from

FLOW = "akis-proje-siniri"
SOURCE = source("sss-2020", "Projeler 8")
JOINING = "Üye olarak katıldığınız projelerin sayısında bir sınır yok"


@dataclass(frozen=True)
class Facts:
    """`active`: active projects now; `more_than`: surely more than so many.

    `joining`: as member, opening as founder, or both are asked about; `opening`: how many
    new projects; each that is approved is active when the next one comes.
    """

    active: int | None = None
    joining: Literal["uye", "kurucu", "ikisi"] | None = None
    opening: int = 1
    more_than: int | None = None


def judge(facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
    """Return whether the new project would be approved.

    Raises:
        FactError: for a number of projects nobody can have.
    """
    _refuse_impossible(facts)
    if facts.joining == "uye":
        text = "Üye olarak katılınan projelerin sayısında sınır yok"
        return Verdict(
            FLOW,
            "yes",
            "Katılabilirsiniz: üye olarak katıldığınız projelerin sayısında bir sınır yok.",
            (Check("member", "passed", text, sources=(SOURCE,)),),
        )
    if facts.joining == "ikisi":
        founder = judge(replace(facts, joining="kurucu"), today, figures)
        first, rest = founder.conclusion[0].lower(), founder.conclusion[1:]
        return replace(
            founder,
            conclusion=f"Kurucu olacaksanız {first}{rest} {JOINING}.",
            checks=(*founder.checks, Check("member", "passed", JOINING, sources=(SOURCE,))),
        )
    limit = figures.in_year(FLOW, "active_projects", today.year)
    if limit.value is None:
        text = f"{today.year} için sınır belgelerde yok"
        check = Check("active", "undocumented", text, sources=(SOURCE,))
        return Verdict(FLOW, "undocumented", "Bu yılın sınırı belgelerde yok.", (check,))
    if facts.active is None and facts.more_than is not None:
        return _at_least(facts, facts.more_than, limit, limit.value)
    return _counted(facts, limit, limit.value)


def _refuse_impossible(facts: Facts) -> None:
    if facts.active is not None and not 0 <= facts.active <= MOST_BELIEVED:
        raise FactError("active", f"Etkin proje sayısı 0 ile {MOST_BELIEVED} arasında olmalı.")
    if not 1 <= facts.opening <= MOST_BELIEVED:
        raise FactError("opening", f"Yeni proje sayısı 1 ile {MOST_BELIEVED} arasında olmalı.")


def _rule(limit: int) -> str:
    return f"{limit} taneden fazla etkin projesi olan kurucunun yeni projesi onaylanmaz"


def _at_least(facts: Facts, more_than: int, limit: Dated, most: int) -> Verdict:
    """Judge who has "more than 20": enough beyond the limit, else the number is needed."""
    if more_than < most:
        return _counted(facts, limit, most)
    if facts.joining is None:
        return _counted(replace(facts, active=more_than + 1), limit, most)
    told = f"{with_from(more_than)} fazla etkin projeniz var"
    check = Check("active", "failed", f"{_rule(most)}; sizin {told}", str(most), sources_of(limit))
    return Verdict(
        FLOW,
        "no",
        f"Onaylanmaz: {told}, sınır {most}.",
        (check,),
        (f"Önce projeleriniz bitmeli ki etkin olanların sayısı {most} sınırına insin.",),
        notes=carried_note(limit),
    )


def _counted(facts: Facts, limit: Dated, most: int) -> Verdict:
    notes, sources, rule = carried_note(limit), sources_of(limit), _rule(most)
    missing = [name for name in ("joining", "active") if getattr(facts, name) is None]
    over = 0 if facts.active is None else facts.active + facts.opening - 1 - most
    if facts.active is None or (facts.joining is None and over > 0):
        check = Check("active", "unknown", rule, str(most), sources)
        conclusion = (
            f"{most} taneden fazla etkin projeniz yoksa yeni projeniz onaylanır."
            if facts.active is None
            else "Kurucu olacaksanız onaylanmaz; üye olarak katılmanıza engel yok."
            if over >= facts.opening
            else "Kurucu olacaksanız bir kısmı onaylanmaz; üye olarak katılmanıza engel yok."
        )
        return Verdict(FLOW, "depends", conclusion, (check,), missing=tuple(missing), notes=notes)
    text = f"{rule}; sizin {facts.active} etkin projeniz var"
    if facts.opening > 1:
        text += f", {facts.opening} yeni proje açacaksınız"
    state: Literal["passed", "failed"] = "failed" if over > 0 else "passed"
    check = Check("active", state, text, str(most), sources)
    conclusion = _conclusion(facts.active, facts.opening, over, most)
    if over <= 0:
        left = most - facts.active + 1
        note = f"Bugünkü projelerinizle en fazla {left} yeni proje açabilirsiniz."
        return Verdict(FLOW, "yes", conclusion, (check,), notes=(*notes, note))
    change = f"Önce en az {over} projenizin bitmesi gerekir."
    return Verdict(FLOW, "no", conclusion, (check,), (change,), notes=notes)


def _conclusion(active: int, opening: int, over: int, limit: int) -> str:
    """Say which of the new projects are approved: `over` is by how much the last one passes."""
    if over <= 0 and opening == 1:
        return f"Onaylanır: {active} etkin proje, {limit} sınırının üstünde değil."
    if over <= 0:
        return (
            f"{opening} yeni projenin hepsi onaylanır: sonuncusunu açarken {active + opening - 1} "
            f"etkin projeniz olur, {limit} sınırının üstünde değil."
        )
    if over >= opening:
        return f"Onaylanmaz: {active} etkin projeniz var, sınır {limit}."
    first = opening - over
    ones = "ilki" if first == 1 else f"ilk {first} tanesi"
    return (
        f"Yeni projelerinizin {ones} onaylanır; ondan sonra etkin projeleriniz "
        f"{limit} sınırının üstünde olur, sonraki onaylanmaz."
    )
