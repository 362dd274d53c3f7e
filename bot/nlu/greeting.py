"""The greeting a message may begin with: "merhaba hocam kolay gelsin, davet gelmedi"."""

import re

from bot.nlu.words import words_of

#: "Merhaba", "iyi akşamlar", "kolay gelsin", "bir şey soracaktım".
_OPENING = re.compile(
    r"(?:(?:merhaba\w*|meraba\w*|mr?h?ba?|selam\w*|slm|sa|as|aleykum\w*|hocam|hocalarim|hocm|hojam|"
    r"gunaydin\w*|kolaygelsin|nasilsin\w*|naber|herkese|degerli|sayin|yetkili\w*|efendim|ekip|"
    r"arkadaslar|tekrar|ben|ve|de|da|bugun|"
    r"(?:iyi|hayirli|mutlu) (?:gun|aksam|gece|calisma|mesai|hafta|sabah|cuma|bayram|yil|pazar)\w*|"
    r"kolay gel(?:sin)?\w*|"
    r"(?:(?:size|ben|bi|bir|birsey|bisey) )*(?:sey |soru |sorum )?"
    r"(?:sorcak\w*|soracak\w*|sorucak\w*|sormak ist\w*|danisacak\w*|danismak ist\w*)|"
    r"(?:bi|bir) sorum (?:var|vardi|olacak\w*|olcak\w*))(?: |$))+"
)
#: What is said with fewer words than these belongs to the greeting.
FEWEST = 2


def without_greeting(text: str) -> str:
    """Return what a message says after its greeting; empty if that is hardly anything.

    >>> without_greeting("Merhaba hocam, kolay gelsin. Davet gelmedi bana")
    'Davet gelmedi bana'
    >>> without_greeting("selam nasılsınız, bir sorum olacaktı"), without_greeting("davet gelmedi")
    ('', '')
    """
    words = words_of(text)
    opening = _OPENING.match(" ".join(word.text for word in words))
    place = len(opening[0].split()) if opening else 0
    if not place or len(words) - place < FEWEST:
        return ""
    return text[words[place].start :]
