"""Does a message state a case of its own ("projemizde 14 Türk öğretmen var") or ask generally?

A general question goes to an entry, a case to the flow that judges it. What makes a case
differs by flow: a count, a date, a country, a province, a document somebody holds.
"""

import re
from collections.abc import Callable, Sequence

from bot.nlu.mention import Mention
from bot.nlu.words import Word

#: Somebody speaks of themselves or their own: -im, -imiz, -dik, -yorum, "bizim", "bende".
_OWN = re.compile(
    r"(?:ben|biz|bende|bizde|bizim|benim|elimde|elimizde|bana|bize|beni|bizi)|"
    r"\w{2,}(?:m[iu]z\w*|s[ae]m|s[ae]k|d[iu]k|t[iu]k|d[iu]m|t[iu]m|[iu]yorum|[iu]yoruz|[iu]yom|y[iu]m|y[iu]z|[iu]z|m[iu]st[iu]k|m[iu]st[iu]m|"
    r"belgem\w*|sertifikam\w*|projem\w*|ogrencilerim\w*|hesab[iu]m\w*|basvurum\w*|okulum\w*|etiket[iu]m\w*|yaz[iu]m)"
)
_HELD = re.compile(
    r"(?:belgem|sertifikam|yazim|etiketim|belgemi|sertifikami|elimde|bende|aldim|aldigim|aldik|verdiler|verdim|var|"
    r"bitirdim|getirdi|kazandi\w*|cikti|geldi|verildi|hazirladigim)\w{0,4}"
)
_LABEL = re.compile(r"etiket|basvur|deger|komisyon|puan")
#: The length of an ISO date that has its month.
MONTH = len("2020-09")
#: A child spoken of, not one who comes along: "kızım", "öğrencim", not "öğrencilerimle".
_CHILD = re.compile(
    r"\b(?:oglum|kizim|cocugum|torunum|yegenim|ogrencim|ogrencilerim)(?!\w*(?:la|le)\b)\w*"
)
_ACCOUNT = re.compile(
    r"\b(?:uye (?:ol|yap|ed)|uyelig|hesa[bp]|kaydol|kaydet|kaydini|kayit (?:ol|et|yap))\w*"
)
_COORDINATOR = re.compile(r"ko{0,2}r?d[iuntr]|koordin|temsilci|sorumlu|yetkili")
_PROJECTS = re.compile(r"proj|kurucu|aktif|etkin")
_I_AM = re.compile(r"\w{3,}(?:[iu]m|y[iu]m|[iu]z|y[iu]z)")
_THRESHOLD = re.compile(r"d[ae]n|t[ae]n|\d+(?:d|t)[ae]n|fazla\w*|asan|gecen|uzeri\w*")
_MOST = re.compile(r"en|azami|maksimum|max")


def _counts(mentions: Sequence[Mention], words: Sequence[Word], *units: str | None) -> bool:
    """Tell whether a number counts something and is not a rule's limit ("10'dan fazla")."""
    for mention in mentions:
        if mention.kind != "sayi" or mention.value["unit"] not in units:
            continue
        if mention.value["unit"] is None and mention.value.get("ordinal"):
            continue  # "ilk defa"
        after = [word.text for word in words[mention.first + 1 : mention.last + 3]]
        before = [word.text for word in words[max(0, mention.first - 2) : mention.first]]
        limit = any(text.startswith("fazla") for text in after) and (
            any(_THRESHOLD.fullmatch(text) for text in [words[mention.first].text, *after[:1]])
        )
        if not limit and not any(_MOST.fullmatch(text) for text in before):
            return True
    return False


def _has(mentions: Sequence[Mention], *kinds: str) -> bool:
    return any(mention.kind in kinds for mention in mentions)


def _dates(mentions: Sequence[Mention], words: Sequence[Word]) -> list[Mention]:
    """Return the dates given in figures or with their month: not "bu sene", "geçen hafta"."""
    return [
        mention
        for mention in mentions
        if mention.kind == "tarih"
        and mention.value["date"]
        and any(
            any(sign.isdecimal() for sign in word.text) or len(mention.value["date"]) == MONTH
            for word in words[mention.first : mention.last + 1]
        )
    ]


def _own(words: Sequence[Word]) -> bool:
    return any(_OWN.fullmatch(word.text) for word in words)


def _kalite(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    home = any(m.kind == "sayi" and m.value.get("of") == "turk" for m in mentions)
    about = home or any(_LABEL.match(word.text) for word in words)
    counted = _counts(mentions, words, "kisi", "basvuru", "proje") or _has(mentions, "puan")
    return about and (counted or bool(_dates(mentions, words))) and _own(words)


def _okul(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    return bool(_dates(mentions, words)) or (_counts(mentions, words, "kisi") and _own(words))


def _avrupa(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    foreign = [m for m in mentions if m.kind == "ulke" and m.value != "Türkiye"]
    return bool(foreign) or (bool(_dates(mentions, words)) and _own(words))


def _proje_siniri(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    about = any(_PROJECTS.match(word.text) for word in words)
    return _counts(mentions, words, "proje") or (about and _counts(mentions, words, None))


def _itiraz(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    dates = _dates(mentions, words)
    return len(dates) > 1 or any(len(m.value["date"]) >= MONTH for m in dates)


def _hizmet(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    return _has(mentions, "belge") and any(_HELD.fullmatch(word.text) for word in words)


def _yas(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    return _has(mentions, "yas") and not _account_of_a_child(words)


def _account_of_a_child(words: Sequence[Word]) -> bool:
    """Tell "çocuğum 10 yaşında, üye olabilir mi", where the age decides nothing."""
    text = " ".join(word.text for word in words)
    return bool(_CHILD.search(text) and _ACCOUNT.search(text))


def _uyelik(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    if _account_of_a_child(words):
        return True
    for mention in mentions:
        if mention.kind in {"gorev", "kurum"} or mention.value == "calismiyor":
            near = words[mention.first : mention.last + 3]
            if any(_I_AM.fullmatch(word.text) for word in near):
                return True
    return False


def _koordinator(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    return _has(mentions, "il") and any(_COORDINATOR.match(word.text) for word in words)


_EVIDENCE: dict[str, Callable[[Sequence[Mention], Sequence[Word]], bool]] = {
    "akis-kalite": _kalite,
    "akis-okul-etiketi": _okul,
    "akis-avrupa": _avrupa,
    "akis-proje-siniri": _proje_siniri,
    "akis-itiraz": _itiraz,
    "akis-hizmet-puani": _hizmet,
    "akis-yas": _yas,
    "akis-uyelik": _uyelik,
    "akis-koordinator": _koordinator,
}


def cases_of(mentions: Sequence[Mention], words: Sequence[Word]) -> frozenset[str]:
    """Return the flows of which a message states a case, by what it names."""
    return frozenset(flow for flow, states in _EVIDENCE.items() if states(mentions, words))
