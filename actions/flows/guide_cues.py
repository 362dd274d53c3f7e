"""What a message means to a guide: done, stuck, a question about the step, who is invited."""

import re

from actions.flows.cues import phrases
from actions.flows.reading import Reading

FEW_WORDS = 3
#: A report of what was done is no story.
REPORT_WORDS = 10
_DONE = re.compile(
    r"\b(?:tamam(?!lan?m[ae])\w*|tmm|tmam|ok|okey|oke|oldu\w{0,2}|bitti\w{0,2}|devam|sonrak\w+|"
    r"siradak\w+|ileri|evet|evt|atla\w*|gecelim|gecebilir\w*|super|guzel|hallol\w*|katildi\w*|"
    # "Yaptım", "açtık", "oluşturmuşum": what a teacher does on a page.
    r"(?:yap|ac|gir|gec|bas|tikla|isaretle|sec|olustur|ekle|kaydol|bitir|hallet|halet|coz|becer|"
    r"basar|tamamla|onayla|doldur|yaz|bul|gor|gel|git|bak|et|dogrula|katil|kaydet)"
    r"(?:[dt][iu][mk]?|m[iu]s[iu]?[mk]?|tirdi[mk])|"
    # "Açıldı", "hesap oluştu": what the page does.
    r"(?:acil|olus|olusturul|eklen|cik|gorun|calis|duzel|tamamlan|onaylan|kaydedil)"
    r"(?:[dt][iu]|m[iu]s))\b"
)
#: "Bir sonraki adıma geçebilir miyiz": a request, though it asks.
_NEXT = re.compile(
    r"\b(?:sonraki|siradaki|sonrakine|ileri)\w*|\bgecebilir ?m[iu]\w*|\bgecelim m[iu]\b"
)
_NO_TROUBLE = re.compile(
    r"\b(?:sorun|hata|problem|sikinti|eksik)\w* (?:yok|olma|cikma|yasama|kalma)\w*"
)
_TROUBLE = re.compile(
    r"\b(?:tak[iu]l|hata|sorun|sikinti|yanlis|kapandi|kapali|kapatildi|kayboldu|unuttum|silindi|"
    r"donuyor|donup|atiyor|bozul|ingilizce|beceremed|imkansiz)\w*\b|"
    r"\b(?:hayir|yok(?! ?mu)|olmaz|bos)\b|"
    # Any verb denied: "giremiyorum", "açılmadı", "kabul etmiyo", "göremem", "çıkmıyomuş".
    r"\b\w{2,}m[iu]yo\w*\b|\b(?!hamd|muhamm)\w{2,}m[ae](?:d[iu]|m[iu]s)(?:m|k|n|l[ae]r|s[iu])?\b"
)
_AGAIN = re.compile(r"\b(?:hala|yine|gene|tekrar)\b")
_BUT = re.compile(r"\b(?:ama|fakat|ancak|yalniz)\b")
_BACK = re.compile(r"\b(?:geri\w*|onceki\w*|bir onceki|basa don)\b")
_ANEW = re.compile(r"\b(?:bastan|sifirdan|yeniden basla\w*)\b")
_GIVES_UP = re.compile(
    r"\b(?:vazgec|bosver|bos ver|birak|iptal|istem[ie]|kalsin|cik(?:mak|ayim|is)\b)\w*|"
    r"\bgerek (?:yok|kalmadi)"
)
_WHAT_NOW = re.compile(
    r"\bne (?:yap|ede)\w*|\bnap\w+|\bne olacak\b|\bn(?:o|e o)l[ae]c[ae]k\b|"
    r"^(?:(?:e+|ya|peki|tamam|iyi|o zaman|simdi|sonra|baska) )+ne(?: var| kaldi)?$"
)
_WHY = re.compile(r"\b(?:neden|niye|nicin)\b")
_GO_ON = re.compile(
    r"\bkaldig\w+ yer\w*|"
    r"^(?:evet |tamam |hadi |haydi |peki |geldim )*(?:(?:esep|rehber|adim|gecis|davet)\w* )*"
    r"devam(?: (?:et\w*|ed\w*|lutfen|hocam|mi|m))*$"
)
_POINTS = re.compile(r"\b(?:bu|bunu|bunun|o|onu|su|sunu|bura\w*|ora\w*|hangisi\w*|yenisi\w*)\b")
_CORRECTS = re.compile(
    r"\b(?:pardon|yanlis|aslinda|yok|dur|hayir|duzelt\w*|karistir\w*|sorry|affed\w*|ozur|kusura)\b"
)
_BRANCH = re.compile(
    r"\byeniyim\b|\byeni uye|\bilk (?:kez|defa|kere)|\bhesab\w* (?:yok|vardi)|"
    r"\b(?:eski|onceden)\w* (?:\w+ )?hesab\w* var"
)
#: "Hesabım var mıydı", "eski miyim": wondering is no answer.
_WONDERS = re.compile(r"\b(?:var|yok|eski|yeni|mevcut|\w+m[iu]s) ?m[iu](?:y\w*|s\w*)?\b")
#: The account was opened with another address than the old portal's.
_OTHER_ADDRESS = phrases(
    """
    baska {1} mail*
    baska {1} e posta*
    baska {1} eposta*
    baska {1} adres*
    farkli {1} mail*
    farkli {1} e posta*
    farkli {1} eposta*
    farkli {1} adres*
    diger mail*
    obur mail*
    yeni mail* ac*
    yanlis mail*
    yanlis e posta*
    yanlis adres*
    """
)
#: "İrtibatımda yok": the person is no contact yet; who is one, but in no list, is another case.
_NO_CONTACT = re.compile(
    r"\b(?:irtibat|kontak|contact)\w*(?: (?!var|ama|liste|davet)\w+){0,2} "
    r"(?:yok|degil|gorun?m|gozukm|cikm|bulam|bulunm)\w*"
)
_INVITED_LIST = re.compile(r"\bliste\w*|\bdavet")
_NOT_APPROVED = re.compile(
    r"\bonay(?:lan|li|i)?(?:ma(?:m|d|y)\w*| degil\w*| yok\w*| bekl\w*| gelme\w*| ver\w*m[ei]\w*)|"
    r"\bonaysiz\w*"
)
_COLLEAGUE = re.compile(
    r"\b(?:arkada[sn]|meslektas|ogretmen|ortak|mudur|koordinator|partner|kurucu|muavin)\w*"
)
#: The one invited, not "öğrencilerimle" or "öğrencilerin projesine".
_PUPILS = re.compile(
    r"\b(?:(?:ogrenci|cocuk)(?:(?:l[ae]r)?(?:[iu]?m[iu]z?|[iu]m)?(?:[iıuy]|y[iue]|[ae])?)|"
    r"ogrenci(?:yi|ye|mi|me|lerimi|leri|lere))\b"
)
_PARENTS = re.compile(
    r"\b(?:veli(?:l[ae]r)?(?:[iu]?m[iu]z?|s[iu]|n[iu]n)?(?:y[ie]|n[ie]|[ie])?|ebeveyn\w*|"
    r"anne baba\w*|anneler\w*|babalar\w*)\b"
)
_INVITES = re.compile(r"\b(?:davet|cagir|ekle|irtibat)\w*")
_DENIED = re.compile(r"\bdegil\w*")
_CONFIRMED = re.compile(
    r"\b(?:isaretli|acik|aktif|etkin|secili|evet|var|uygun|onayli|dogru|ayni|tamam)\w{0,4}\b"
)


def is_done(reading: Reading) -> bool:
    """Tell whether a step is reported done, or the next one asked for."""
    rest = _NO_TROUBLE.sub("", reading.folded)
    fine = not _TROUBLE.search(rest) and not _BUT.search(rest)
    clean = rest != reading.folded or bool(_DONE.search(rest))
    asks = reading.question and not (_WHAT_NOW.search(rest) or _NEXT.search(rest))
    return fine and clean and not asks and len(reading.words) <= REPORT_WORDS


def confirmed(reading: Reading) -> str:
    """Return what is said to be done or so already, up to a "but"; nothing if it is not.

    "Uygunluğu açık ama yine çıkmıyor" confirms the first half.
    """
    if is_done(reading):
        return reading.folded
    said, *but = _BUT.split(reading.folded, maxsplit=1)
    if _TROUBLE.search(said) or _DENIED.search(said) or (reading.question and not but):
        return ""
    return said if _CONFIRMED.search(said) or (but and _DONE.search(said)) else ""


def is_stuck(reading: Reading) -> bool:
    """Tell whether a trouble is told: "giremiyorum", "kabul etmiyor", "yaptım ama boş"."""
    rest = _NO_TROUBLE.sub("", reading.folded)
    return bool(_TROUBLE.search(rest) or (_BUT.search(rest) and not reading.question))


def goes_wrong_again(reading: Reading) -> bool:
    """Tell whether what was tried did not help: "hâlâ irtibatımda yok"."""
    return bool(_AGAIN.search(reading.folded))


def goes_back(folded: str) -> bool:
    """Tell whether the step before is asked for."""
    return bool(_BACK.search(folded))


def begins_anew(reading: Reading) -> bool:
    """Tell whether the guide is to begin again."""
    return bool(_ANEW.search(reading.folded)) and reading.short


def gives_up(reading: Reading) -> bool:
    """Tell whether the guide is left in words: "vazgeçtim", "bırakalım"."""
    return bool(_GIVES_UP.search(reading.folded))


def goes_on(reading: Reading) -> bool:
    """Tell whether somebody wants to go on where they were: "esepe devam"."""
    return bool(_GO_ON.search(reading.folded)) and reading.short


def asks_what_now(reading: Reading) -> bool:
    """Tell whether it is asked what to do: "şimdi ne yapacağım", "e o zaman ne"."""
    return bool(_WHAT_NOW.search(reading.folded))


def asks_why(reading: Reading) -> bool:
    """Tell whether a reason is asked for, which no step explains."""
    return bool(_WHY.search(reading.folded))


def points(reading: Reading) -> bool:
    """Tell whether a message points at what was just said: "onu silip yenisini mi açayım"."""
    return bool(_POINTS.search(reading.folded))


def corrects(reading: Reading) -> bool:
    """Tell whether an answer is taken back: "yok pardon yeni"."""
    return bool(_CORRECTS.search(reading.folded))


def names_branch(reading: Reading) -> bool:
    """Tell whether it is said plainly who somebody is: "yeni üyeyim", "hesabım vardı"."""
    return bool(_BRANCH.search(reading.folded))


def wonders(reading: Reading) -> bool:
    """Tell whether somebody does not know, or asks what they were asked."""
    unsure = reading.unknown and not _BUT.search(reading.folded)
    return unsure or bool(_WONDERS.search(reading.folded))


def has_other_address(reading: Reading) -> bool:
    """Tell whether the account was opened with another address than the old one."""
    return bool(_OTHER_ADDRESS.search(reading.folded)) and not reading.question


def contact_trouble(reading: Reading) -> str | None:
    """Return who is not to be invited (`ogrenci`, `veli`) or what fails (`eklenemiyor`)."""
    folded = reading.folded
    if _INVITES.search(folded) and not _COLLEAGUE.search(folded):
        if _PARENTS.search(folded):
            return "veli"
        if _PUPILS.search(folded):
            return "ogrenci"
    no_contact = _NO_CONTACT.search(folded) and not _INVITED_LIST.search(folded)
    return "eklenemiyor" if no_contact or _NOT_APPROVED.search(folded) else None
