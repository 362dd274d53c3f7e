"""The courtesy around a message: "merhaba hocam, davet gelmedi bana, şimdiden teşekkürler"."""

import re
from collections.abc import Callable, Sequence

from bot.nlu.words import words_of

_TIMES = (
    r"(?:iyi|hayirli|mutlu|guzel) (?:gun|aksam|gece|calisma|mesai|hafta|sabah|cuma|ders|yil)\w*"
)
_WISHED = r"(?: (?:dilerim|diliyorum|dileriz|dilegiyle))?"
#: "Merhaba", "iyi akşamlar", "kolay gelsin", "bir şey soracaktım".
_OPENING = re.compile(
    r"(?:\w+ (?:hanim|bey|hoca) (?=merhaba|selam|iyi |kolay |gunaydin))?"
    r"(?:(?:merhaba\w*|meraba\w*|mr?h?ba?|selam\w*|slm|sa|as|aleykum\w*|hocam|hocalarim|ho?cm|hojam|"
    r"gunaydin\w*|hello|hi|kolaygelsin|nasilsin\w*|naber|herkese|degerli|sayin|yetkili\w*|efendim|ekip|"
    r"arkadaslar|tekrar|ben|ve|de|da|bugun|"
    rf"{_TIMES}{_WISHED}|"
    r"(?:iyi|hayirli) (?:bayram|pazar)\w*|"
    r"kolay gel(?:sin)?\w*|rahatsiz ed\w*|kusura bakma\w*|musaitseniz|musait m[iu]s\w+|"
    r"(?:(?:size|ben|bi|bir|birsey|bisey) )*(?:sey |soru |sorum )?"
    r"(?:sorcak\w*|soracak\w*|sorucak\w*|sormak ist\w*|danisacak\w*|danismak ist\w*)|"
    r"bilgi (?:alabilir m[iu]y\w+|almak ist\w*|ver[ei]r m[iu]s\w+|istiyor\w*)|"
    r"yardim(?:ci)? (?:olur|eder) m[iu]s\w+|"
    r"(?:bi|bir) sorum (?:daha )?(?:var|vardi|olacak\w*|olcak\w*))(?: |$))+"
)
#: What stands beside a closing and is none alone.
_BESIDE = r"(?:simdiden|simdi|cok|lutfen|ltfn|acil|acilen|hocam|ho?cm|efendim|ve|size|sizlere)"
#: "Şimdiden çok teşekkür ederim", "iyi çalışmalar", "yardımcı olursanız sevinirim".
_CLOSED = (
    r"(?:t(?:esekku?r\w*|sk\w*|skr\w*)(?: ed[ei]r\w*| ediyor\w*| sunar\w*| sunuyor\w*)?|"
    r"sag ?ol\w*|thanks|thank you|eyvallah|saygilar\w*(?: sunar\w*)?|kolay ?gel\w*|hoscakal\w*|"
    r"allah razi olsun|emeginize saglik|"
    rf"{_TIMES}{_WISHED}|"
    r"yardim(?:ci)? (?:olu\w+|olsan\w*|olabil\w*|ed[ei]\w*)(?: (?:misin|musun|misiniz|musunuz))?"
    r"(?: sevinir\w*| memnun olur\w*| cok iyi olur)?|"
    r"(?:cevap|donus|yanit)\w* (?:bekliyor\w*|verir\w*|yazar\w*|yapar\w*|rica ed\w*)"
    r"(?: (?:misin|misiniz))?(?: sevinir\w*| memnun olur\w*)?|acil cevap|"
    r"bilgi(?:lendirme|nizi|lerinizi)? rica ed\w*|bilgilendirir misiniz)"
)
_CLOSING = re.compile(rf"(?:^| )(?:{_BESIDE} )*{_CLOSED}(?: (?:{_BESIDE}|{_CLOSED}))*$")
#: Nobody closes with more words than these.
_LAST = 16
#: "Hatice Demir / Atatürk Ortaokulu / Yozgat".
_SIGNATURE = 7
#: What is said with fewer words than these belongs to the courtesy.
FEWEST = 2
#: "Bilgi almak istiyorum etiket hakkında": the beginning belongs to the end.
_ABOUT = frozenset(("hakkinda", "konusunda", "ilgili", "dair"))


def _closed_at(folded: Sequence[str], capitals: Sequence[bool]) -> int:
    """Return where the closing begins, the end without one.

    A name may stand under it, told by its capitals if not every word has one.
    """
    signed = not all(capitals)
    end = len(folded)
    while end:
        closing = _CLOSING.search(" ".join(folded[max(end - _LAST, 0) : end]))
        if closing:
            return end - len(closing[0].split())
        end -= 1
        if not (signed and capitals[end]) or end < len(folded) - _SIGNATURE:
            break
    return len(folded)


def without_courtesy(text: str, mended: Callable[[str], str] = str) -> str:
    """Return what a message says between its greeting and its thanks.

    Empty if there is neither, or hardly anything between them. `mended` mends the slips in a
    word of small talk: "mehraba", "gelsn".

    >>> without_courtesy("Merhaba hocam, kolay gelsin. Davet gelmedi bana")
    'Davet gelmedi bana'
    >>> without_courtesy("davet gelmedi bana, şimdiden çok teşekkür ederim iyi çalışmalar")
    'davet gelmedi bana'
    >>> without_courtesy("Kim onaylar? Teşekkürler. Hatice Demir / Yozgat")
    'Kim onaylar?'
    >>> without_courtesy("selam nasılsınız, bir sorum olacaktı"), without_courtesy("davet gelmedi")
    ('', '')
    """
    words = words_of(text)
    folded = [mended(word.text) for word in words]
    opening = _OPENING.match(" ".join(folded))
    first = len(opening[0].split()) if opening else 0
    last = _closed_at(folded, [word.capital for word in words])
    if last - first < FEWEST or last - first == len(words) or folded[-1] in _ABOUT:
        return ""
    end = words[last - 1].end if last < len(words) else len(text)
    return text[words[first].start : end].rstrip(" ,;-")
