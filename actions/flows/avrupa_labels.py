"""Which countries hold the label: "biz aldık, İtalya alamadı"."""

import re
from collections.abc import Sequence

from actions.flows.base import Facts
from actions.flows.cues import words
from actions.flows.reading import Reading
from actions.rules.avrupa import HOME
from bot.nlu.mention import Mention

LABEL_CLAUSE = re.compile(r"\b(?:etiket|odul|sertifika)\w*|\bnql\b")
_ONLY_EUROPEAN = re.compile(r"\bavrupa (?:kalite )?(?:etiket|odul)\w*")
GOT = re.compile(
    r"\b(?:etiketli(?:yiz|yim|ler)|ald|alin|almis|alan\b|veril|verdi|cikt|var\b|sahip|kazan|hak|getir|gel(?:di|mis))\w*"
)
REFUSED = words(
    "basvurmad* basvurmam* almad* almam* alamad* alamd* alamam* red* vermed* verilmed* "
    "verilmem* cikmad* yok* kazanamad*"
)
_OURS = re.compile(
    r"\b(?:ben|biz|bende|bizde|bana|bize|benim|bizim|bizimki\w*|bizler|turkler|turk|turkiye\w*|"
    r"bizden|aldik|aldk|aldim|almistik|almistim|kazandik)\b"
)
#: "Bize vermediler", "biz alamadık".
_NOT_OURS = re.compile(
    r"\b(?:biz|bize|bizimki\w*|ben|bana) (?:\w+ ){0,2}(?:ver(?:il)?m|ala?m)\w*d\w*"
)
_AFTER_HAVING = re.compile(r"(?<=\bvar) (?=\w+ yok\b)")
THEY_TOO = re.compile(
    r"\bd[ae] (?:\w+ ){0,3}"
    r"(?:al(?:ir|sa|d[iu]k? diyelim|d[iu]ysa)|verirl|verilir|verils|kazan|cikar|ciks|basvur)"
)
_ONLY_OURS = re.compile(
    r"\b(?:sadece|yaln\w*|tek|bir tek|bi tek|yok|henuz|daha|ama|baska|hicbir\w*|kimse)\b|"
    r"\b(?:al|ver|ver[iu]l|basvur|c[iu]k|kazan)(?:a?m[ae]|ama)(?:d|m|y)\w*"
)
#: "Yalnız biz aldık".
_WE_ALONE = re.compile(
    r"\b(?:yaln[iu]z(?:ca)?|sadece|(?:bir |bi )?tek) (?:biz|ben|bize|bana|bizimki\w*|turkiye\w*) "
    r"(?:\w+ )?(?:al(?:d[iu]|m[iu]s)|veril|kazan)\w*"
)


#: "Portekiz de aldı", "Portekiz'de de etiket var"; not "Portekiz'den de üye aldık".
_ALSO_GOT = re.compile(
    r"\bd[ae] (?:\w+ ){0,3}(?:ald[iu]|alm[iu]s|cikt[iu]|verildi|verilm[iu]s|kazand)\w*|"
    r"\bd[ae] (?:\w+ )?(?:etiket|odul|sertifika)\w*"
)
_ALSO_OURS = re.compile(
    r"\b(?:biz|ben)\w* d[ae] (?:\w+ ){0,2}(?:ald|alm[iu]s|cikt|veril|kazand|var|etiket)"
)
_OF_MEMBERS = re.compile(r"\b(?:uye|ortak|ortag|kurucu|katil|ekle)\w*|\bd[ae]n d[ae] ")


def label_change(reading: Reading, known: Facts) -> list[str] | None:
    """Read "ya İtalya almasaydı" and "Yunanistan'daki üye aldı" against known labels."""
    named = [m.value for m in reading.of("ulke")]
    if not (reading.short or reading.correction):
        return None
    if _ALSO_OURS.search(reading.folded) and not reading.no:
        return list(dict.fromkeys([*known["label_countries"], *named, HOME]))
    if not named:
        return None
    told = _ALSO_GOT.search(reading.folded) and not _OF_MEMBERS.search(reading.folded)
    if told and not reading.no:
        return list(dict.fromkeys([*known["label_countries"], *named]))
    if reading.matches(r"\b(?:al|ver(?:il)?|kazan)(?:a?ma|me)(?:sa|se|di|mis)\w*"):
        kept = [name for name in known["label_countries"] if name not in named]
        return kept or None
    if reading.matches(r"\b(?:uye|ortak|hoca|ogretmen)\w*(?: da| de)? (?:ald[iu]|almis)"):
        return list(dict.fromkeys([*known["label_countries"], *named]))
    return None


def with_theirs(reading: Reading, known: Facts) -> list[str]:
    """Read "ortağım da alırsa": the label's countries with those named, else the partners'."""
    others = [*(known.get("founder_countries") or []), *(known.get("member_countries") or [])]
    theirs = [m.value for m in reading.of("ulke")] or [name for name in others if name != HOME]
    return list(dict.fromkeys([*known["label_countries"], *theirs]))


def is_label(clause: str) -> bool:
    """Tell whether a clause speaks of the national label, not of hoping for the European."""
    return bool(LABEL_CLAUSE.search(_ONLY_EUROPEAN.sub(" ", clause)))


def labels_of(reading: Reading, mentions: Sequence[Mention], known: Facts) -> list[str] | None:
    """Return the countries that hold the label; an empty list for "hiçbiri"."""
    asked = reading.asked == "label_countries"
    labels = list(dict.fromkeys(mention.value for mention in mentions))
    if known.get("founder_countries") and _WE_ALONE.search(reading.folded):
        return [HOME]
    spoken = _label_clauses(reading, asked)
    held = [c for c in spoken if not any(re.match(REFUSED, word) for word in c.split())]
    held = [_NOT_OURS.sub(" ", c) for c in held]
    if any(_OURS.search(c) and (asked or GOT.search(c)) for c in held) and HOME not in labels:
        labels.append(HOME)
    founders = known.get("founder_countries") or []
    theirs = [name for name in [*founders, *(known.get("member_countries") or [])] if name != HOME]
    if any(
        re.search(r"\bonlar\w*|\bobur(?! ulke)\w*|\bkarsi taraf\w*|\bhem o\b|\bo da\b", c)
        for c in held
    ):
        labels += [name for name in dict.fromkeys(theirs) if name not in labels]
    if any(re.search(r"\biki (?:ulke|taraf)\w*|\bher iki\w*|\bik\w?miz\w*", c) for c in held):
        labels += [name for name in dict.fromkeys(founders) if name not in labels]
    if not labels and held and any(GOT.search(c) for c in held) and founders and not theirs:
        labels = [HOME]  # everybody in the project is from here
    named = any(reading.words[m.first].text.startswith("turkiye") for m in mentions)
    ours = _ONLY_OURS.search(reading.folded) or named
    if labels == [HOME] and theirs and not asked and not ours:
        return None  # "ben aldım" says nothing of the partners
    if labels:
        return labels
    nobody = re.search(r"\b(?:kimse|hicbir\w*) (?:\w+ ){0,4}(?:al\w*m[ae]d|yok)\w*", reading.folded)
    return [] if nobody or (asked and reading.no and not reading.unknown) else None


def _label_clauses(reading: Reading, asked: bool) -> list[str]:
    """Return the clauses about the label: "etiket Fransa'ya verildi, bana da verildi"."""
    found: list[str] = []
    going_on = asked and not reading.unknown
    # "Bizde etiket var, Almanya'da yok" without its comma.
    parts = [part for clause in reading.clauses() for part in _AFTER_HAVING.split(clause)]
    for clause in parts:
        if is_label(clause):
            going_on = True
        elif not asked and not GOT.search(clause):
            going_on = False
        if going_on:
            found.append(clause)
    return found
