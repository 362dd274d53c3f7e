"""What a message leaves unsaid: a question without a subject, a no with more behind it.

"Ne zaman başvuruluyor", "2020'de", "niye almıyorlar" name nothing that they are about;
the answer before them does. An unknown noun is a subject: off-topic stays off-topic.
"""

import re
from collections.abc import Iterable

from actions.flows.cues import words
from bot.text.fold import normalize
from bot.text.question import is_question

_WHY = words("neden niye nicin niyeki nedenki sebebi* nedeni*")
_QUESTION = words(
    "ne nedir neydi neymis neler neleri nasil nerede nerde nereden nerden nereye nerey* hangi* "
    "kim kimdir kimi kime kimin kimden kimle* kimler* kac kaci kacta kacinci mi mu miyiz miyim "
    "muyuz muyum miydi muydu mudur midir miymis muymus"
)
_POINTING = words(
    "o ona onu ondan onun onda onlar* bu buna bunu bundan bunun bunda bunlar* su suna sunu "
    "orda orada oraya ordan oradan burda burada buraya"
)
#: Words of every sentence: particles, adverbs, times, ways.
_EMPTY = words(
    "peki pekiyi ya yani ki de da bi bir bide ee eee e ha hani tamam hocam acaba daha dahaki hala "
    "halen hep hemen simdi sonra once son ilk en cok az fazla kadar zaman zamana zamani zamanlar "
    "zamanda gun* sure* tarih* yil* sene* ay ayda hafta* gec erken icin ile ve ama "
    "fakat artik gene yine sadece yalniz var yok vardi varmi yokmu degil olarak gibi gore durum* "
    "hal halde haliyle sekilde yer yeri yerde sey seyi is isi kural* gecerli* guncel* ben biz "
    "bize bizde bende bizim benim bana arada toplam tane tanesi lazim gerek* gerekiyo* form* "
    "turkiye turkiyede turkiyeden turkiyenin ulkemizde ulkemizden kabul haber"
)
#: Verbs that name no matter of their own.
_VERB = re.compile(
    r"(?:ol(?:[uaimd]|s[au]|un)|yap|al(?:[idm](?!an)|in|s[ia]|ac|abil|amiy|amay)|gel|ver|ed[ie]|et[mst]|"
    r"git|gid|gec(?:[ie]|m|t)|kal[idm]|kals|bit(?:[mst]|i[rym]|e[cn]|ebil)|basla|basvur|gonder|yaz|yollan|yolla|bul|bak|iste|"
    r"belirl|sec(?:i[lyt]|e[nrc]|me|t)|ac(?:[im]|a[cr]|t)|kacir|dolduru|dolduran|degis)\w*$"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_FIGURES = re.compile(r"\d+(?:d[ae]n?|t[ae]n?|y[ei]|[iu]n|l[iu]k|m[iu])?$")
_CONDITIONAL = re.compile(r"\w+s[ae](?:m|k|n|niz)?$")
_THIS_RULE = re.compile(r"\b(?:bu|o) (?:kural|sinir|sayi|bilgi|madde)\w*|\b(?:gecerli|guncel)\b")
#: What asks for more than a yes or a no.
_OPEN = words("ne nedir neydi nasil nerede nerde nereden nerden nereye kim kime kimden kac hangi*")
#: A year to come is a what-if of the calculation at hand.
_TO_COME = re.compile(r"(?:seneye|gelecek|onumuzdeki|dahaki|obur)$")
#: Said of the assistant, not of the matter: "ne yapabiliyorsun".
_TO_YOU = re.compile(r"\w*(?:s[iu]n(?:[iu]z)?)$")
#: What a no is said with, and what it denies: the answer, the list, the question taken.
_REFUSAL = words(
    "hayir* hyr hyir hayor no nope yo yoo yok yoh degil* deil* diil degul* dgl cik ciks hic "
    "hicbir* olmaz olmadi* olmuyor* olmuyo olmamis yaramad* yaramiyo* yarama* ise isime isimize o "
    "bu oyle onu bunu ondan bunlar* onlar* bana bence ben sen benim sorum* sorun* sorumu konu* "
    "boyle baslik* secenek* sik* cevap* yanit* aciklama* istem* iste gerek* lazim lutfen sagol sag "
    "ol tesekkur* hocam efendim ya yaa be ki iki* uc* dort* hepsi* de da dedi* demed* demek kast* "
    "sorm* sord* anlam* anlat* yanlis* baska* diger* farkli* alakas* alaka* kalsin almayayim "
    "tam olarak cok maalesef kesinlikle kabul etmiy* yardim* olamad* fayda* cozul* cozum* ne yazik "
    "hala proje* etwinning*"
)
#: "Değilmişiz", "yokmuş": found out just now. "Hayır diyorsun yani": is that what is said?
_NEW_FACT = re.compile(
    r"\b\w+m[iu]s(?:[iu]z|[iu]m)?$|\b(?:d[ie]yo\w*|demek|dediniz|oldu) (?:yani|oyle mi)$"
)
#: Words alike in so many letters are one word's forms; shorter ones say too little.
STEM = 4
#: "Yanıt" and "e-posta" are what the documents write, "cevap" and "mail" what people say.
_SYNONYMS = {"yani": "ceva", "e-po": "mail"}
LETTERS = 3
#: A story is judged as a whole; so many words are an answer.
SHORT = 6


def elliptic(text: str, about: Iterable[str] = ()) -> bool:
    """Tell a question, or a bare year, that names nothing it could be about.

    `about` are words that are no subject of their own here: those of the matter at hand.

    >>> elliptic("peki ne zaman başvuruluyor"), elliptic("2020de"), elliptic("ona kim bakıyor")
    (True, True, True)
    >>> elliptic("hava nasıl"), elliptic("etiket ne zaman gelir"), elliptic("tamam")
    (False, False, False)
    """
    said = normalize(text).split()
    if not said or any(_TO_YOU.match(word) or _TO_COME.match(word) for word in said):
        return False
    asks = is_question(text) or any(_YEAR.match(word) for word in said)
    known = stems(about) if any(re.match(_OPEN, word) for word in said) else set()
    return asks and all(_empty(word) or word[:STEM] in known for word in said)


def stems(texts: Iterable[str]) -> set[str]:
    """Return the beginnings of the longer words of texts, by which their forms are known."""
    found = {word[:STEM] for one in texts for word in normalize(one).split() if len(word) > LETTERS}
    return found | {other for stem, other in _SYNONYMS.items() if stem in found}


def asks_the_same_of_another(text: str) -> bool:
    """Tell whether the last question is asked of something else: "ödül için de mi"."""
    said = normalize(text)
    return len(said.split()) <= SHORT and bool(re.search(r"\w+ (?:icin|ise) d[ae] m[iu]$", said))


def of_the_same(text: str) -> bool:
    """Tell what can only be of the very answer: "2020'de", "bu kural hâlâ geçerli mi"."""
    year = elliptic(text) and not is_question(text)
    rule = elliptic(text) and bool(_THIS_RULE.search(normalize(text)))
    return year or rule or asks_the_same_of_another(text)


def points_back(text: str) -> bool:
    """Tell an elliptic question that plainly has something before it in mind.

    "Nasıl soracağım" may ask how to use the assistant; "ona ne zaman yazayım" does not.
    """
    said = normalize(text).split()
    kinds = (_POINTING, r"(?:zaman|nereye|neden|niye|kac|kim\w{0,2}|hangi\w*)$")
    points = any(re.match(kind, word) for word in said for kind in kinds)
    return elliptic(text) and (points or any(_CONDITIONAL.match(word) for word in said))


def asks_why(text: str) -> bool:
    """Tell "neden", "niye almıyorlar": the reason of what was just said is wanted."""
    said = normalize(text).split()
    why = [word for word in said if re.match(_WHY, word)]
    return bool(why) and len(said) <= SHORT and all(w in why or _empty(w) for w in said)


def more_than_no(text: str, about: Iterable[str]) -> bool:
    """Tell a no that brings a fact of what was spoken of: "listede yok", "değilmişiz".

    `about` are the words of the answer before. Anything else behind a no may as well
    complain of that answer.

    >>> more_than_no("listede yok", ["davet listesinde"])
    True
    >>> more_than_no("hayır değilmişiz", []), more_than_no("hayır diyorsun yani", [])
    (True, True)
    >>> more_than_no("yok olmadı", ["olmadı"]), more_than_no("asla", ["liste"])
    (False, False)
    """
    folded = normalize(text)
    said = folded.split()
    rest = [word for word in said if not re.match(_REFUSAL, word) and len(word) > LETTERS]
    known = stems(about)
    topical = any(word[:STEM] in known for word in rest)
    return len(said) <= SHORT and (topical or bool(_NEW_FACT.search(folded)))


def _empty(word: str) -> bool:
    sets = (_QUESTION, _WHY, _POINTING, _EMPTY)
    return any(re.match(kind, word) for kind in sets) or bool(
        _VERB.match(word) or _FIGURES.match(word)
    )
