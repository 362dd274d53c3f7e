"""The facts of akis-proje-siniri: how many active projects, joining or opening."""

import datetime

from actions.flows.base import Fact, Facts
from actions.flows.reading import Reading, only_number
from actions.rules import proje_siniri
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures

_FOUNDER = (
    r"\b(?:kurucu(?!su oldug)\w*|kur(?:ac|ca|u[pmyl]|may|mak|ay|sam|abil|ars|acak)\w*|kurcam|kurucam|ac(?:ac|ic|ca|may|mak|ay|sam|abil|ars)\w*|"
    r"baslat\w*|olustur\w*|onaylan\w*|onay\w*|yeni proje\w* (?:ac|kur)\w*|kendim|kendi projem\w*)\b"
)
_MEMBER = r"\b(?:uye olarak|katil\w*|davet\w*|cagir\w*|dahil ol\w*|ortak olarak|uye ol(?:sam|mak|acag|abil)\w*|uyelik\w*|uye)\b"

_ENDED = r"(?:bitt\w*|bitmis\w*|biten|kapan\w*|kapali|kapat\w*|sonlan\w*|tamamlan\w*)"
_RUNNING = r"(?:aktif\w*|etkin\w*|acik|suren|surmekte|devam)"


class ProjeSiniri:
    """With this many active projects, will a new one be approved?"""

    id = proje_siniri.FLOW
    main = "active"
    facts = (
        Fact(
            "joining",
            "Yeni projeye kurucu olarak mı, üye olarak mı katılacaksınız?",
            "Örneğin: kurucu.",
            "yeni projede",
            ("kurucu", "üye", "bilmiyorum"),
            {"kurucu": "kurucu", "uye": "üye"},
        ),
        Fact(
            "active",
            "Şu anda kaç etkin projeniz var?",
            "Örneğin: 12.",
            "etkin proje",
            ("bilmiyorum",),
        ),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return the number of active projects and the part in the new one."""
        facts: Facts = {}
        if joining := _joining(reading):
            facts["joining"] = joining
        active = _active(reading)
        if active is None and (
            reading.asked == "active" or (known.get("active") is not None and reading.what_if)
        ):
            active = only_number(reading)
        if active is None and reading.matches(
            r"\bhic (?:aktif |etkin )?proje\w* yok|\bilk proje\w*|hic yok"
        ):
            active = 0
        if active is not None:
            facts["active"] = active
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.proje_siniri`."""
        return proje_siniri.judge(proje_siniri.Facts(**facts), today, figures)


def _joining(reading: Reading) -> str | None:
    if reading.asked == "joining" and reading.short:
        if reading.matches(r"\bkur\w*|\bac\w*"):
            return "kurucu"
        if reading.matches(r"\buye\w*|\bkatil\w*|\bdavet\w*|\bortak\w*"):
            return "uye"
        return None
    founder = reading.matches(_FOUNDER)
    member = reading.matches(_MEMBER)
    if founder and member:
        if reading.matches(r"\buye (?:olarak )?degil\b|\buyelik\w* degil"):
            return "kurucu"
        if reading.matches(r"\bkurucu (?:olarak )?degil\w*|\bkurmuyor\w*|\buye olarak\b"):
            return "uye"
        return (
            "kurucu"
            if reading.matches(
                r"\bkurucu(?!su)\w*|\bkendim\b|\bac(?:ac|ic|ay|sam|mak)\w*|\bkur(?:ac|ay|sam|mak|cam)\w*"
            )
            else "uye"
        )
    if founder:
        return "kurucu"
    return "uye" if member else None


def _active(reading: Reading) -> int | None:
    counts = [m for m in reading.numbers("proje") if "to" not in m.value]
    # "Yeni bir proje", "bir proje daha" is the new one, not an active one.
    counts = [
        m
        for m in counts
        if not (
            m.value["value"] == 1
            or (
                reading.near(m, r"daha$", 2, 2)
                and reading.near(m, r"(?:ac|kur)\w*", 0, 4)
                and len(counts) > 1
            )
        )
    ]
    if not counts:
        loose = [m for m in reading.numbers(None) if reading.matches(r"\bproje\w*")]
        loose = [m for m in loose if m.value["value"] > 1]
        if len(loose) == 1:
            return int(loose[0].value["value"])
        if len(loose) > 1 and reading.matches(r"\byok\b|\bpardon\b|\baslinda\b|\bdur\b"):
            return int(loose[-1].value["value"])
        return None
    loose = [m for m in reading.numbers(None) if m.value["value"] > 1]
    ended = [m for m in [*counts, *loose] if reading.near(m, _ENDED, 0, 3)]
    running = [m for m in counts if reading.near(m, _RUNNING, 2, 3) and m not in ended]
    if ended and len(ended) < len([*counts, *loose]):
        if len(running) == 1 and len(counts) > 1:
            return int(running[0].value["value"])
        rest = [m for m in [*counts, *loose] if m not in ended]
        left = int(rest[0].value["value"] - sum(m.value["value"] for m in ended))
        return left if left > 0 else int(rest[-1].value["value"])
    if loose and reading.matches(r"\byok\b|\bpardon\b|\baslinda\b|\bdur\b"):
        return int(max([*counts, *loose], key=lambda m: m.first).value["value"])
    if len(counts) == 1:
        extra = [m for m in loose if reading.near(m, r"tane\w*|daha|uye\w*|kurucu\w*", 3, 3)]
        if (
            extra
            and reading.matches(r"\b(?:daha|ayrica|ve|de|da|kurucuyum|uyeyim)\b")
            and not reading.matches(r"toplam\w*")
        ):
            return int(counts[0].value["value"] + sum(m.value["value"] for m in extra))
        return int(counts[0].value["value"])
    if reading.matches(r"\bbit(?:en|ti|mis)\w*|\bkapa\w*|toplam\w*|\baktif olan\w*|tanesi"):
        active = [m for m in counts if reading.near(m, r"aktif\w*|etkin\w*|acik|suren|devam", 1, 3)]
        if len(active) == 1:
            return int(active[0].value["value"])
    if reading.matches(r"\byok\b|\bpardon\b|\baslinda\b"):
        return int(counts[-1].value["value"])
    return int(sum(m.value["value"] for m in counts))
