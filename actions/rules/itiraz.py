"""akis-itiraz: can this rejection still be appealed, until when (İtiraz 1-8, ESEP 9)."""

import datetime
from dataclasses import dataclass
from typing import Literal

from actions.rules.verdict import (
    FIRST_YEAR,
    Check,
    Day,
    FactError,
    Verdict,
    carried_note,
    shown,
    source,
    sources_of,
)
from bot.knowledge.figures import Figures

FLOW = "akis-itiraz"

Reason = Literal[
    "eski-proje",
    "uye-sayisi",
    "basvuru-sayisi",
    "puan",
    "ayni-gerekce",
    "ziyaretci-hesabi",
    "yurt-disi",
]
GENERAL = source("sss-2020", "İtiraz 1")
WAITING = source("sss-2020", "İtiraz 6")
#: Where each reason stands, and the entry that tells more of it.
PLACES = {
    "eski-proje": (source("sss-2020", "İtiraz 2"), "itiraz-02"),
    "uye-sayisi": (source("sss-2020", "İtiraz 3"), "itiraz-03"),
    "basvuru-sayisi": (source("esep-2022", "9"), "esep-09"),
    "puan": (source("sss-2020", "İtiraz 7"), "itiraz-07"),
    "ayni-gerekce": (source("sss-2020", "İtiraz 5"), "itiraz-05"),
    "ziyaretci-hesabi": (source("sss-2020", "İtiraz 8"), "itiraz-08"),
    "yurt-disi": (source("sss-2020", "İtiraz 7"), "itiraz-07"),
}


@dataclass(frozen=True)
class Facts:
    """What the teacher said; None is not known.

    `sent`: the day the request went out; `not_sent`: none was sent yet.
    """

    evaluation_year: int | None = None
    reason: Reason | None = None
    sent: datetime.date | None = None
    not_sent: bool = False
    project_year: int | None = None


def judge(facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
    """Return whether the refusal can be re-evaluated, and the days that hold.

    Raises:
        FactError: for a year or day that cannot be.
    """
    _refuse_impossible(facts, today)
    year = facts.evaluation_year
    missing = tuple(name for name in ("evaluation_year", "reason") if getattr(facts, name) is None)
    if facts.reason == "eski-proje":
        text = "Projenin portala kayıt tarihi esas alınır; sonradan yürütülmesi sonucu değiştirmez"
        check = Check("reason", "failed", text, None, (PLACES["eski-proje"][0],))
        conclusion = "Bu ret yeniden değerlendirilmez ve proje sonraki yıllarda da alınmaz."
        return Verdict(FLOW, "no", conclusion, (check,), see=PLACES["eski-proje"][1])
    if facts.reason in {"uye-sayisi", "basvuru-sayisi"}:
        return _by_limit(facts, year or today.year, figures, missing)
    where, see = PLACES[facts.reason] if facts.reason else (GENERAL, "itiraz-01")
    right = Check(
        "right",
        "passed" if facts.reason else "unknown",
        "Reddedilen her öğretmen yeniden değerlendirme ya da ayrıntılı gerekçe isteyebilir",
        None,
        tuple(dict.fromkeys((where, GENERAL))),
    )
    if missing:
        names = {"evaluation_year": "değerlendirme yılı", "reason": "ret gerekçesi"}
        conclusion = "Sonuç şunlara bağlı: " + ", ".join(names[name] for name in missing) + "."
        return Verdict(FLOW, "depends", conclusion, (right,), missing=missing, see=see)
    assert year is not None
    return _by_calendar(facts, year, today, figures, right, see)


def _refuse_impossible(facts: Facts, today: datetime.date) -> None:
    year = facts.evaluation_year
    if year is not None and not FIRST_YEAR <= year <= today.year:
        raise FactError("evaluation_year", f"{year} değerlendirmesi yapılmış olamaz.")
    if facts.sent and facts.not_sent:
        raise FactError("sent", "Talep hem gönderilmiş hem gönderilmemiş olamaz.")
    if facts.sent and facts.sent > today:
        raise FactError("sent", f"{shown(facts.sent)} henüz gelmedi.")
    if facts.sent and year is not None and facts.sent.year < year:
        raise FactError("sent", f"{shown(facts.sent)}, {year} değerlendirmesinden önce.")
    if facts.project_year is not None and not FIRST_YEAR <= facts.project_year <= today.year:
        raise FactError("project_year", f"{facts.project_year} yılında kaydedilmiş olamaz.")


def _by_limit(facts: Facts, year: int, figures: Figures, missing: tuple[str, ...]) -> Verdict:
    """Judge the refusals for a limit: never mended that year, perhaps a later one."""
    assert facts.reason is not None
    name = {"uye-sayisi": "members_tr", "basvuru-sayisi": "applications"}[facts.reason]
    where, see = PLACES[facts.reason]
    limit = figures.in_year("akis-kalite", name, year)
    if limit.value is None:
        text = f"{year} için bu sınır belgelerde yok"
        check = Check("reason", "undocumented", text, None, (where,))
        return Verdict(FLOW, "undocumented", text + ".", (check,), missing=missing, see=see)
    notes = carried_note(limit)
    if facts.reason == "basvuru-sayisi":
        text = f"Başvuru tarihine göre ilk {limit.value} başvuru alınır; sonrakiler alınmaz"
        check = Check(
            "reason", "failed", text, str(limit.value), sources_of(limit, beside=(where,))
        )
        conclusion = "Bu başvuru o yıl değerlendirilmez."
        return Verdict(FLOW, "no", conclusion, (check,), notes=notes, see=see)
    text = f"Portalda Türkiye'den {limit.value} üyeden fazlası kayıtlıysa başvuru alınmaz"
    sources = sources_of(limit, beside=(where, PLACES["eski-proje"][0]))
    check = Check("reason", "failed", text, str(limit.value), sources)
    window = figures.rules["akis-kalite"]["window_years"].periods[-1].value
    if facts.project_year is None:
        change = (
            f"Türkiye'den üye sayısı en fazla {limit.value} olursa ve proje son {window} yıl "
            "içinde kaydedilmişse sonraki bir yıl yeniden başvurabilirsiniz."
        )
        conclusion = "Bu başvuru o yıl yeniden değerlendirilmez; sonraki yıl projenin yaşına bağlı."
        return Verdict(
            FLOW, "no", conclusion, (check,), (change,), missing=missing, notes=notes, see=see
        )
    last = facts.project_year + window
    notes = (*notes, f"{facts.project_year} projesinin son değerlendirme yılı {last}.")
    if last <= year:
        conclusion = "Bu ret yeniden değerlendirilmez; proje sonraki yıllara da kalamaz."
        return Verdict(FLOW, "no", conclusion, (check,), missing=missing, notes=notes, see=see)
    change = f"Türkiye'den üye sayısı en fazla {limit.value} olursa {last} yılına kadar başvurun."
    conclusion = (
        "Bu başvuru o yıl yeniden değerlendirilmez; sonraki bir yıl yeniden başvurulabilir."
    )
    return Verdict(
        FLOW, "no", conclusion, (check,), (change,), missing=missing, notes=notes, see=see
    )


def _by_calendar(
    facts: Facts,
    year: int,
    today: datetime.date,
    figures: Figures,
    right: Check,
    see: str,
) -> Verdict:
    until, answered = figures.day("appeal_until", year), figures.day("appeal_answered_until", year)
    if until is None:
        text = f"{year} için itiraz tarihleri belgelerde yok"
        check = Check("until", "undocumented", text, None, (GENERAL,))
        return Verdict(FLOW, "undocumented", text + ".", (right, check), see=see)
    last = datetime.date(*until.date)
    days: tuple[Day, ...] = (
        Day("appeal_until", last, f"{year} için son itiraz günü {shown(last)}"),
    )
    answer = "Yanıt günü belgelerde yok."
    if answered:
        reply = datetime.date(*answered.date)
        text = f"Sonuçların bildirileceği son gün {shown(reply)}"
        days = (*days, Day("appeal_answered_until", reply, text))
        answer = f"{shown(reply)} gününe kadar yanıtlanacaktı."
    cited = [until.source, *([answered.source] if answered else []), WAITING]
    sources = tuple(dict.fromkeys(cited))
    rule = f"Talep {shown(last)} gününe kadar gönderilmeliydi"

    def verdict(state: Literal["passed", "failed", "unknown"], conclusion: str) -> Verdict:
        check = Check("until", state, rule, None, sources)
        outcome: Literal["yes", "no"] = "yes" if state == "passed" else "no"
        return Verdict(FLOW, outcome, conclusion, (right, check), days=days, see=see)

    if facts.sent and facts.sent <= last:
        return verdict(
            "passed",
            f"Talebiniz süresinde gönderilmiş. {answer} Yoğunluk nedeniyle yanıt gecikebilir.",
        )
    if facts.sent:
        late = (facts.sent - last).days
        return verdict(
            "failed", f"Talebiniz {late} gün geç gönderilmiş; süre {shown(last)} günü doldu."
        )
    if today <= last:
        left = (last - today).days
        return verdict("passed", f"İtiraz edebilirsiniz: son gün {shown(last)}, {left} gün var.")
    over = (today - last).days
    if facts.not_sent:
        return verdict("failed", f"Süre {shown(last)} günü doldu; üzerinden {over} gün geçti.")
    conclusion = (
        f"Talebi {shown(last)} gününe kadar gönderdiyseniz süresindedir; "
        "yeni bir talep için süre doldu."
    )
    check = Check("until", "unknown", rule, None, sources)
    return Verdict(
        FLOW, "depends", conclusion, (right, check), days=days, missing=("sent",), see=see
    )
