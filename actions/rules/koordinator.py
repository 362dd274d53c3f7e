"""akis-koordinator: how to reach the coordinator of a province (ESEP 1, 7; Faaliyet 4)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from actions.rules.verdict import Check, Verdict, add_years, source
from bot.knowledge.coordinators import Coordinator

FLOW = "akis-koordinator"
PAGE = source("esep-2022", "1")
WHAT = source("sss-2020", "Faaliyet 4")
CONTACTS = source("esep-2022", "7")
#: After so many years a record's phone is shown only to somebody who asks for it.
OLD_AFTER_YEARS = 2

WHAT_THEY_DO = (
    "Koordinatör öğretmenlere destek olur, ilde eTwinning'i yaygınlaştırır ve eğitimler hazırlar."
)
WHEN_TO_WRITE = "Okuldaki üyeliğiniz onay bekliyorsa ilinizin koordinatörüne yazın."


NO_ANSWER = (
    "Koordinatör yanıt vermiyorsa önce sayfadaki güncel bilgilere bakın. "
    "Ulusal Destek Servisi'ne de yazabilirsiniz: [{support}](mailto:{support})"
)


@dataclass(frozen=True)
class Facts:
    """`provinces`: those that can be meant; `phone`: a phone number was asked for in words.

    `unanswered`: the coordinator was written to and does not answer.
    """

    provinces: tuple[str, ...] = ()
    phone: bool = False
    unanswered: bool = False


def judge(
    facts: Facts,
    directory: Sequence[Coordinator],
    page: str,
    support: str,
    today: datetime.date,
) -> Verdict:
    """Return the official page first, then what the directory holds of the province."""
    link = f"[il koordinatörleri sayfası]({page})"
    if len(facts.provinces) != 1:
        check = Check("province", "unknown", "İl belli değil", None, (PAGE,))
        conclusion = f"Bütün illerin koordinatörleri resmî sayfadadır: {link}"
        return Verdict(FLOW, "depends", conclusion, (check,), missing=("province",))
    province = facts.provinces[0]
    records = [r for r in directory if r.province == province and not r.hidden]
    conclusion = f"{province} il koordinatörünün güncel bilgileri resmî sayfadadır: {link}"
    changes: tuple[str, ...] = (WHEN_TO_WRITE, WHAT_THEY_DO)
    if facts.unanswered:
        changes = (NO_ANSWER.format(support=support), *changes)
    if not records:
        text = f"Elimdeki belgelerde {province} için koordinatör kaydı yok"
        check = Check("record", "undocumented", text, None, (PAGE, WHAT, CONTACTS))
        return Verdict(FLOW, "undocumented", conclusion, (check,), changes)
    checks = tuple(
        Check("record", "passed", _line(record, facts.phone, today), None, (PAGE, WHAT, CONTACTS))
        for record in records
    )
    notes: tuple[str, ...] = ()
    if any(is_old(record, today) for record in records):
        notes = ("Bu kayıt eski; kişi ya da telefon değişmiş olabilir. Önce resmî sayfaya bakın.",)
    return Verdict(FLOW, "yes", conclusion, checks, changes, notes=notes)


def is_old(record: Coordinator, today: datetime.date) -> bool:
    """Tell whether a record is older than two years."""
    return add_years(record.as_of.last_day(), OLD_AFTER_YEARS) < today


def _line(record: Coordinator, phone: bool, today: datetime.date) -> str:
    parts = [f"{record.province} için kayıt: {record.name}"]
    if record.phone and (phone or not is_old(record, today)):
        parts.append(f"telefon {record.phone}")
    if record.email:
        parts.append(f"e-posta {record.email}")
    return f"{', '.join(parts)} ({record.as_of.turkish()} tarihli)"
