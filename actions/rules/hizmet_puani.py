"""akis-hizmet-puani: does this document count for service points (Faaliyet 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from actions.rules.verdict import Check, Verdict, source

FLOW = "akis-hizmet-puani"
SOURCE = source("sss-2020", "Faaliyet 3")
COUNTING = {
    "ulusal-kalite-etiketi": "Ulusal Kalite Etiketi sertifikası",
    "avrupa-kalite-etiketi": "Avrupa Kalite Etiketi sertifikası",
}
NOT_COUNTING = {
    "proje-kayit-belgesi": "Proje Kayıt Belgesi",
    "egitim-sertifikasi": "Eğitim sertifikası",
}
POINTS_NOTE = "Kaç puan getirdiği belgelerde yok."

Document = Literal[
    "ulusal-kalite-etiketi",
    "avrupa-kalite-etiketi",
    "proje-kayit-belgesi",
    "egitim-sertifikasi",
    "baska",
]


@dataclass(frozen=True)
class Facts:
    """`document`: which one; `name`: as the teacher calls another one; `also`: those beside it."""

    document: Document | None = None
    name: str = ""
    also: Sequence[Document] = ()


def judge(facts: Facts) -> Verdict:
    """Return whether the document counts; of several, which do."""
    first = _judged(facts)
    if facts.document is None or not facts.also:
        return first
    each = [first, *(_judged(Facts(document)) for document in facts.also)]
    named = [facts.document, *facts.also]
    all_names = {**COUNTING, **NOT_COUNTING, "baska": facts.name or "Öteki belge"}
    checks = tuple(
        replace(one.checks[0], text=all_names[document])
        for document, one in zip(named, each, strict=True)
    )
    counts = any(one.outcome == "yes" for one in each)
    return Verdict(
        FLOW,
        "yes" if counts else first.outcome,
        " ".join(dict.fromkeys(one.conclusion for one in each)),
        checks,
        tuple(dict.fromkeys(change for one in each for change in one.changes)),
        notes=(POINTS_NOTE,) if counts else (),
    )


def _judged(facts: Facts) -> Verdict:
    names = " ve ".join(COUNTING.values())
    rule = f"Sayılan belgeler: {names}"
    if facts.document is None:
        check = Check("document", "unknown", rule, sources=(SOURCE,))
        conclusion = "Belgeye göre değişir: yalnızca Kalite Etiketi sertifikaları sayılır."
        return Verdict(FLOW, "depends", conclusion, (check,), missing=("document",))
    if facts.document in COUNTING:
        name = COUNTING[facts.document]
        check = Check("document", "passed", rule, sources=(SOURCE,))
        conclusion = f"Sayılır: {name} hizmet puanı için sunulabilir."
        return Verdict(FLOW, "yes", conclusion, (check,), notes=(POINTS_NOTE,))
    if facts.document in NOT_COUNTING:
        name = NOT_COUNTING[facts.document]
        check = Check("document", "failed", rule, sources=(SOURCE,))
        return Verdict(
            FLOW, "no", f"Sayılmaz: {name} hizmet puanı hesabında kullanılamaz.", (check,)
        )
    name = facts.name or "Bu belge"
    check = Check("document", "undocumented", rule, sources=(SOURCE,))
    return Verdict(
        FLOW,
        "undocumented",
        f"{name}, sayıldığı yazılan belgeler arasında yok; sayılmadığı da yazmıyor.",
        (check,),
        ("İl koordinatörünüze sorun.",),
    )
