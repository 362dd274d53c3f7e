"""akis-itiraz: can this rejection still be appealed, until when (İtiraz 1-8, ESEP 9)."""

import datetime
from dataclasses import dataclass
from typing import Literal

from actions.rules.verdict import Check, Day, FactError, Verdict, shown, source
from bot.knowledge.figures import Figures

FLOW = "akis-itiraz"
FIRST_YEAR = 2005  # eTwinning's own first year (tanitim-2020 4)

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
    if facts.evaluation_year is not None and not FIRST_YEAR <= facts.evaluation_year <= today.year:
        raise FactError(
            "evaluation_year", f"{facts.evaluation_year} değerlendirmesi yapılmış olamaz."
        )
    if facts.sent and facts.sent > today:
        raise FactError("sent", f"{shown(facts.sent)} henüz gelmedi.")
    if facts.reason in {"eski-proje", "uye-sayisi", "basvuru-sayisi"}:
        return _final(facts, figures)
    missing = tuple(name for name in ("evaluation_year", "reason") if getattr(facts, name) is None)
    where = PLACES[facts.reason][0] if facts.reason else GENERAL
    right = Check(
        "right",
        "passed" if facts.reason else "unknown",
        "Reddedilen her öğretmen yeniden değerlendirme ya da ayrıntılı gerekçe isteyebilir",
        None,
        (where, GENERAL) if where != GENERAL else (GENERAL,),
    )
    if facts.evaluation_year is None:
        conclusion = "Süre, başvurunuzun hangi yıl değerlendirildiğine bağlı."
        return Verdict(FLOW, "depends", conclusion, (right,), missing=missing)
    return _by_calendar(facts, facts.evaluation_year, today, figures, right, missing)


def _final(facts: Facts, figures: Figures) -> Verdict:
    """Judge the refusals that no re-evaluation mends."""
    assert facts.reason is not None
    where = (PLACES[facts.reason][0],)
    if facts.reason == "eski-proje":
        text = "Projenin portala kayıt tarihi esas alınır; sonradan yürütülmesi sonucu değiştirmez"
        conclusion = "Bu ret yeniden değerlendirilmez ve proje sonraki yıllarda da alınmaz."
        return Verdict(FLOW, "no", conclusion, (Check("reason", "failed", text, None, where),))
    if facts.reason == "basvuru-sayisi":
        limit = figures.rules["akis-kalite"]["applications"].periods[-1]
        text = (
            f"Başvuru tarihine göre ilk {limit.value} başvuru değerlendirilir; sonrakiler alınmaz"
        )
        conclusion = "Bu başvuru o yıl değerlendirilmez."
        check = Check("reason", "failed", text, str(limit.value), where)
        return Verdict(FLOW, "no", conclusion, (check,))
    limit = figures.rules["akis-kalite"]["members_tr"].periods[0]
    window = figures.rules["akis-kalite"]["window_years"].periods[0]
    text = f"Portalda Türkiye'den {limit.value} üyeden fazlası kayıtlıysa başvuru alınmaz"
    change = (
        f"Türkiye'den üye sayısı en fazla {limit.value} olursa ve proje son {window.value} yıl "
        "içinde kaydedilmişse sonraki bir yıl yeniden başvurabilirsiniz."
    )
    notes: tuple[str, ...] = ()
    if facts.project_year is not None:
        last = facts.project_year + window.value
        notes = (
            f"{facts.project_year} yılında kaydedilen projenin son değerlendirme yılı {last}.",
        )
    check = Check("reason", "failed", text, str(limit.value), (*where, PLACES["eski-proje"][0]))
    conclusion = "Bu ret o yıl yeniden değerlendirilmez; sonraki bir yıl yeniden başvurulabilir."
    return Verdict(FLOW, "no", conclusion, (check,), (change,), notes=notes)


def _by_calendar(
    facts: Facts,
    year: int,
    today: datetime.date,
    figures: Figures,
    right: Check,
    missing: tuple[str, ...],
) -> Verdict:
    until, answered = figures.day("appeal_until", year), figures.day("appeal_answered_until", year)
    if until is None or answered is None:
        text = f"{year} için itiraz tarihleri belgelerde yok"
        check = Check("until", "undocumented", text, None, (GENERAL,))
        return Verdict(FLOW, "undocumented", text + ".", (right, check), missing=missing)
    last, reply = datetime.date(*until.date), datetime.date(*answered.date)
    days = (
        Day("appeal_until", last, f"{year} için son itiraz günü {shown(last)}"),
        Day("appeal_answered_until", reply, f"Sonuçların bildirileceği son gün {shown(reply)}"),
    )
    rule = f"Talep {shown(last)} gününe kadar gönderilmeliydi"

    def verdict(state: Literal["passed", "failed", "unknown"], conclusion: str) -> Verdict:
        check = Check("until", state, rule, None, (until.source, WAITING))
        outcome: Literal["yes", "no"] = "yes" if state == "passed" else "no"
        return Verdict(FLOW, outcome, conclusion, (right, check), days=days, missing=missing)

    if facts.sent and facts.sent <= last:
        return verdict(
            "passed",
            f"Talebiniz süresinde gönderilmiş; {shown(reply)} gününe kadar yanıtlanacaktı. "
            "Yoğunluk nedeniyle yanıt gecikebilir.",
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
    check = Check("until", "unknown", rule, None, (until.source, WAITING))
    return Verdict(
        FLOW, "depends", conclusion, (right, check), days=days, missing=(*missing, "sent")
    )
