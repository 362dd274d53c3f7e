"""One message as a flow reads it: mentions, yes and no, what is not known, clauses."""

import datetime
import itertools
import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from actions.flows.cues import phrases, words
from bot.nlu.mention import Mention
from bot.nlu.patterns import patterns
from bot.nlu.words import Word, words_of
from bot.text.partial_date import PartialDate
from bot.text.question import is_question

_UNKNOWN = phrases(
    """
    bilmiy*
    bilmy*
    blmiy*
    blmy*
    billmiy*
    bilmem
    bilmedi*
    bilmuyo*
    bilemed*
    bilemiyo*
    emin deg*
    hatirlam*
    hatrlam*
    hatirlayam*
    sormad*
    sormam*
    arastirmad*
    takip etmed*
    sorac*
    sormam lazim
    sorup
    bakmad*
    bakicam
    bakac*
    ogrenmed*
    saymad*
    fikrim yok*
    haberim yok
    bilgim yok
    ne bileyim
    cikaram*
    unuttum
    kim bilir
    bakmam laz*
    belli degil
    ilk defa duy*
    o neymis
    o ne ki
    duymadim
    bilen yok
    bilemiyorum
    kurucu bilir
    bilgim yok
    """
)
_YES = words(
    "evet eet evt tabi tabii tabiki aynen oyle dogru var olur evvet he hehe ok tamam yes "
    "katiliyor* elbette kesinlikle gonderdim"
)
_NO = words(
    "hayir hyr yok degil* hic no yo hayr olmaz maalesef yoo katilmiyor* almadi* etmiyor* hicbiri*"
)
_DECLINED = re.compile(
    r"\b(?:lazim deg[iu]l|gerek (?:yok|kalmadi)|gerekmiyor|istemiyorum|istemem|kalsin)\b(?! m[iu])"
)
_CLAUSE_END = re.compile(r"[,;.!?:]")
#: A finite verb ends its clause: kurduk, katıldı, geliyor, almışlar.
_FINITE = re.compile(
    r"(?!(?:simdi|kendi|yedi|kaydi|dordu|haydi|hadi|dedi|kadi|adi)$)\w{2,}"
    r"(?:(?:[aeioulrnmyzgvdjb]d|[fstkchp]t)[iu](?:k|m|l[ae]r)?|m[iu]st[iu]k?|m[iu]sl[ae]r|"
    r"[iu]yor(?:uz|um|l[ae]r)?|[iu]yo)"
)
#: Playing with a fact: "9 olsaydı", "ikisi çıkarsa", "biri bitse".
_CHANGE = re.compile(
    r"\b\w{0,12}(?:sayd|seyd|ols[au]|olsun|olurs|cikar|cikars|ayrils|ekle(?:ns|nir)|katils|azals|arts|"
    r"\w{2}rs[mk]\b|(?:bit|bitir|cik|cikar|kapat|kapan|ayril|ol|gel|eklen|dus)[iu]?nc[ae]|gelse|gitse|duss|dusers|yapars|yapsa|girse|bitirse|bitse|kapats|kapatirs|kals[ae]|kalirs|aldir|diyelim)\w*\b"
)
#: A conditional: alsam, versek, katsa, silersem; not a noun that ends so.
_CONDITIONAL = re.compile(
    r"\b(?!yoksa|kimse|hadise|neyse|herkese|adrese|derse|lisese|fransa|nedense|nerdeyse|varsa|boyleyse|"
    r"digerse|herkes|rumsen|isterse|olmazsa)\w{2,}(?:[aeiou]r)?s[ae](?:m|k|n|niz|yd[iu]\w?)?\b"
)
_CORRECTION = re.compile(
    r"\b(?:\w*\d+(?:y?m[iu]s\w*)|\w+(?:y|s[iu]y)m[iu]s|toplam\w*|tarihe baktim|buldum|pardon|"
    r"yanlis|duzelt\w*|aslinda|yok yok|olacakti|diyecektim|yanildim|degilmis|sorry|af\w*|"
    r"karistir\w*|demek istedim|yazacaktim|degil)\b"
)
_LESS = re.compile(
    r"\b(?:cikar|ciks|bitin|ayril|azal|eksil|sil|bit(?:se|ir|er|ti)|dus(?:se|er|tu)|gitse|gider|cikm|cikiy|kapat|kapan|sonland|atsa|atars)\w*\b"
)
_MORE = re.compile(
    r"\b(?:daha|eklen\w*|ekle(?:se|r)\w*|katil\w*|gelse\w*|gelirse\w*|art(?:sa|ar)\w*|fazladan|"
    r"alsak|alsam|alirsa\w*)\b"
)
#: "9'a düşse", "yirmiye inersem".
_ENDS_AT = re.compile(r"(?:in(?:s|er|di|ec)|dus|cik(?:s|ar|t)|yuksel|kal|getir)")
_BECOMES = re.compile(
    r"(?:ols|oluy|oluyo|olac|olur$|olmus|oldu|yaz$|dur(?:uyo|du)|ediyo|eder|etti|etmis|kal(?:s|d|ir|iyo|ac|mis))"
)
_BECAME = re.compile(r"etti|kaldi|kaldik|kalan|ediyor|toplami?")
_EITHER = {"ya", "yada", "veya", "veyahut", "mi", "mu", "ila"}
_OF_A_DATE = re.compile(r"[dt][ae]n?|proje\w*|yil\w*|sene\w*|kayit\w*|donem\w*")
#: What stands beside a fact and says nothing of what it is about: "2 sene önce kayıt ettik".
_BESIDE_A_FACT = words(
    "kayit* kayd* ol* et* yap* biz bizim ben o tarih* ay* yil* sene* gun* once beri oldu "
    "yaklasik civar* galiba sanirim herhalde evet hocam iste te ta de da ten tan den dan"
)
#: "22'sinde", "19'unda", "10'uydu": a day of a month that is known.
_DAY_ALONE = re.compile(
    r"\b([0-3]?\d) ?(?:s?[iu]nd[ae]|s?[iu]ym[iu]s|s?[iu]yd[iu]|s?[iu]ne|s?[iu]na|s[iu]|[iu])\b"
)


class Reading:
    """A message with its mentions and the fact it may answer (`asked`)."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        today: datetime.date,
        asked: str | None = None,
    ) -> None:
        """Hold what was said; nothing is decided yet."""
        self.text = text
        self.today = today
        self.asked = asked
        self.mentions = list(mentions)
        self.words: list[Word] = patterns().repaired(words_of(text))
        self.folded = " ".join(word.text for word in self.words)

    @cached_property
    def unknown(self) -> bool:
        """The person says they do not know."""
        return bool(_UNKNOWN.search(self.folded))

    @cached_property
    def yes(self) -> bool:
        """The message begins or ends with a yes."""
        return any(re.match(_YES, word) for word in self._edge()) and not self.no

    @cached_property
    def no(self) -> bool:
        """The message begins or ends with a no."""
        return any(re.match(_NO, word) for word in self._edge())

    def _edge(self) -> list[str]:
        texts = [word.text for word in self.words]
        return [*texts[:2], *texts[-2:]]

    @cached_property
    def declined(self) -> bool:
        """The message says that something is not needed: "yok, telefonu lazım değil"."""
        return declines(self.folded) and not self.question

    @cached_property
    def question(self) -> bool:
        """The message asks something."""
        return is_question(self.text)

    @cached_property
    def what_if(self) -> bool:
        """The message plays with a fact: "9 olsa", "ikisi çıkarsa"."""
        return bool(_CHANGE.search(self.folded) or _CONDITIONAL.search(self.folded))

    @cached_property
    def correction(self) -> bool:
        """The message corrects an earlier one: "pardon 9"."""
        return bool(_CORRECTION.search(self.folded))

    @cached_property
    def less(self) -> bool:
        """A number is taken away: "ikisini çıkarsam"."""
        return bool(_LESS.search(self.folded))

    @cached_property
    def more(self) -> bool:
        """A number is added: "3 kişi daha"."""
        return bool(_MORE.search(self.folded))

    @cached_property
    def negative(self) -> bool:
        """The number has a minus before it."""
        return bool(re.fullmatch(r"\s*[-−–]\s*\d+\D{0,30}", self.text))

    def of(self, kind: str) -> list[Mention]:
        """Return the mentions of a kind in order."""
        return [mention for mention in self.mentions if mention.kind == kind]

    def value(self, kind: str, only: Iterable[str] = ()) -> str | None:
        """Return the value of the last mention of a kind, among `only` if given."""
        allowed = set(only)
        values = [m.value for m in self.of(kind) if not allowed or m.value in allowed]
        return str(values[0]) if values else None

    def sign(self, value: str) -> bool:
        """Tell whether a sign of `data/patterns.yml` is there."""
        return any(mention.value == value for mention in self.of("isaret"))

    def numbers(self, *units: str | None) -> list[Mention]:
        """Return counts of these units (None: without one), ordinals left out."""
        return [
            mention
            for mention in self.of("sayi")
            if mention.value["unit"] in units and not mention.value.get("ordinal")
        ]

    def ordinals(self) -> list[Mention]:
        """Return the ordinal numbers: "5. başvurum", "beşincisi"."""
        return [mention for mention in self.of("sayi") if mention.value.get("ordinal")]

    @cached_property
    def alternatives(self) -> tuple[int, int] | None:
        """Two numbers of which either may hold: "10 ya da 11", "10-11 kişi"."""
        numbers = [m for m in self.of("sayi") if not m.value.get("ordinal")]
        for mention in numbers:
            if "to" in mention.value:
                return mention.value["value"], mention.value["to"]
        counted = [(m, int(m.value["value"])) for m in numbers]
        years = [(m, date.year) for m, date in self.dates() if not date.month]
        told = sorted([*counted, *years], key=lambda pair: pair[0].first)
        for (left, first), (right, second) in itertools.pairwise(told):
            between = [word.text for word in self.words[left.last + 1 : right.first]]
            # "2023 sonu ya da 2024 başı": a year may have its season beside it.
            said = set(between if left.kind == "tarih" else between[:1]) & _EITHER
            if said and left.kind == right.kind and len(between) < 4:
                either = first, second
                # "9 ya da 10, listeye baktım 10": settled in the same breath.
                settled = [n for m, n in told if m.first > right.first and n in either]
                return None if settled else either
        return None

    def dates(self) -> list[tuple[Mention, PartialDate]]:
        """Return the dates that can be, each with its mention."""
        found = [
            (m, PartialDate.parse(m.value["date"])) for m in self.of("tarih") if m.value["date"]
        ]
        # "Bugün aday olabilir miyiz" tells no day of the case.
        told = [pair for pair in found if not self.words[pair[0].first].text.startswith("bugun")]
        told = told if told or not self.asked else found
        return [pair for pair in told if not self.replaced(pair[0])] or told

    def replacement(self) -> tuple[PartialDate, PartialDate] | None:
        """Return the date denied and the one put in its place: "2024 değil 2025"."""
        left = [pair for pair in self.dates() if not self.replaced(pair[0])]
        denied = [
            PartialDate.parse(m.value["date"])
            for m in self.of("tarih")
            if m.value["date"] and self.replaced(m)
        ]
        return (denied[0], left[0][1]) if len(denied) == 1 and len(left) == 1 else None

    @cached_property
    def bare(self) -> bool:
        """The message tells a fact and nothing of what it is about: "2023 martta kaydolduk"."""
        told = {index for m in self.mentions for index in range(m.first, m.last + 1)}
        rest = [word.text for index, word in enumerate(self.words) if index not in told]
        return bool(told) and not self.question and all(re.match(_BESIDE_A_FACT, w) for w in rest)

    @cached_property
    def ahead(self) -> bool:
        """The message asks about a year to come: "seneye girebilir miyiz", "öbür sene"."""
        return any(self.comes(mention, date) for mention, date in self.dates())

    def comes(self, mention: Mention, date: PartialDate) -> bool:
        """Tell a year to come that is asked about from one given by mistake: "2027"."""
        asks = self.question or self.what_if or not self.in_figures(mention)
        return asks and not date.month and date.year > self.today.year

    def in_figures(self, mention: Mention) -> bool:
        """Tell "2025" from "geçen yıl"."""
        return any(sign.isdecimal() for sign in self.words[mention.first].text)

    @cached_property
    def impossible_date(self) -> str | None:
        """The words of a date that never was."""
        for mention in self.of("tarih"):
            if mention.value["date"] is None:
                word = self.words[mention.first]
                return self.text[word.start : self.words[mention.last].end].strip(" .,;?!")
        return None

    def clause(self, mention: Mention) -> str:
        """Return the folded words of the clause a mention stands in."""
        return " ".join(word.text for word in self.words[slice(*self._clause(mention))])

    def _clause(self, mention: Mention) -> tuple[int, int]:
        first = mention.first
        while first > 0 and not self._ends(first - 1):
            first -= 1
        last = mention.last
        while last + 1 < len(self.words) and not self._ends(last):
            last += 1
        return first, last + 1

    def _ends(self, index: int) -> bool:
        word = self.words[index]
        tail = word.tail
        if tail == "." and word.text.isdecimal() and len(word.text) < 3:
            return False
        if _FINITE.fullmatch(word.text):
            return True
        following = self.words[index + 1].text if index + 1 < len(self.words) else ""
        return bool(_CLAUSE_END.search(tail)) or (
            following in {"ama", "fakat", "ancak"} or word.text == "olan"
        )

    def near(self, mention: Mention, pattern: str, before: int = 4, after: int = 4) -> bool:
        """Tell whether a word matching `pattern` stands near, within the clause."""
        return self.distance(mention, pattern, before, after) is not None

    def distance(
        self, mention: Mention, pattern: str, before: int = 4, after: int = 4
    ) -> int | None:
        """Return how many words away the nearest matching word of the clause is."""
        first, end = self._clause(mention)
        best = None
        for index in range(max(first, mention.first - before), min(end, mention.last + after + 1)):
            if mention.first <= index <= mention.last:
                continue
            if re.match(pattern, self.words[index].text):
                away = mention.first - index if index < mention.first else index - mention.last
                best = min(away, away if best is None else best)
        return best

    def nearest(
        self,
        mention: Mention,
        patterns: dict[str, str],
        reach: int = 8,
        forward_only: bool = False,
        across: bool = False,
    ) -> str | None:
        """Return the name of the pattern whose word decides what a mention is about.

        Turkish verbs end the clause: the nearest word after the mention, else before it.
        `across` looks beyond the clause, for what stands between commas.
        """
        first, end = (0, len(self.words)) if across else self._clause(mention)
        after = range(mention.last + 1, min(end, mention.last + 1 + reach))
        before = range(mention.first - 1, max(first, mention.first - reach) - 1, -1)
        for index in after if forward_only else (*after, *before):
            for name, pattern in patterns.items():
                if re.match(pattern, self.words[index].text):
                    return name
        return None

    def clauses(self) -> list[str]:
        """Return the clauses as folded text, in order."""
        found: list[list[str]] = [[]]
        for index, word in enumerate(self.words):
            found[-1].append(word.text)
            if self._ends(index):
                found.append([])
        return [" ".join(texts) for texts in found if texts]

    def day_for(self, known: str | None) -> str | None:
        """Return a known date with the day that a message names alone: "22'sinde gönderdim"."""
        if known is None or len(known) < len("2020-09") or self.dates():
            return None
        match = _DAY_ALONE.search(self.folded)
        if not match or not (self.correction or self.what_if or self.short):
            return None
        day = int(match[1])
        try:
            return PartialDate.parse(f"{known[:7]}-{day:02}").iso()
        except ValueError:
            return None

    def located(self, mention: Mention) -> bool:
        """Tell whether a date has the ending of "in": 2025'te, mayısta."""
        own = self.words[mention.last].text
        after = self.words[mention.last + 1].text if mention.last + 1 < len(self.words) else ""
        return bool(re.search(r"[a-z0-9][dt][ae]$", own) or re.fullmatch(r"[dt][ae]", after))

    def replaced(self, mention: Mention) -> bool:
        """Tell whether something else is put in its place: "X yerine", "X değil de"."""
        after = [word.text for word in self.words[mention.last + 1 : mention.last + 3]]
        if after and _OF_A_DATE.fullmatch(after[0]):
            after.pop(0)  # "2024 projesi değil", "2020'de değil"
        return bool(after) and after[0] in {"yerine", "degil", "degl"}

    def corrected(self, counts: Sequence[Mention], cues: re.Pattern[str]) -> bool:
        """Tell whether a cue of a correction stands between counts: "14 yok 13 kişiyiz"."""
        first, last = min(m.last for m in counts), max(m.first for m in counts)
        return bool(cues.search(" ".join(word.text for word in self.words[first + 1 : last])))

    def is_level(self, mention: Mention) -> bool:
        """Tell whether a number is where a count ends: "11 olsak", "9'a düşse", "kaldı 10"."""
        after = [word.text for word in self.words[mention.last + 1 : mention.last + 3]]
        own = self.words[mention.last].text
        before = self.words[mention.first - 1].text if mention.first else ""
        if after and after[0] in {"a", "e", "ya", "ye"}:
            own, after = own + after[0], after[1:]
        if own[-1] in "ae" and after and _ENDS_AT.match(after[0]):
            return True
        return bool(after and _BECOMES.match(after[0])) or bool(_BECAME.fullmatch(before))

    def matches_words(self, mention: Mention, pattern: str) -> bool:
        """Tell whether a mention begins with a word."""
        return bool(re.fullmatch(pattern, self.words[mention.first].text)) and (
            mention.last - mention.first < 2
        )

    def matches(self, pattern: str) -> bool:
        """Tell whether the folded text holds a pattern."""
        return bool(re.search(pattern, self.folded))

    @property
    def short(self) -> bool:
        """The message is an answer's length, not a story's."""
        return len(self.words) <= 6


def declines(folded: str) -> bool:
    """Tell "lazım değil", "gerek yok": what was offered is not needed, and nothing is judged."""
    return bool(_DECLINED.search(folded))


def only_number(reading: Reading) -> int | None:
    """Return the number an answer consists of, whatever it counts; None if it has none.

    Points are no count. The last one counts after a correction: "14 yok 13".
    """
    numbers = [m for m in reading.of("sayi") if "to" not in m.value and m.value["unit"] != "puan"]
    if not numbers:
        years = [date.year for _, date in reading.dates() if not date.month]
        return years[0] if years and len(reading.words) == 1 else None
    return int(numbers[-1 if reading.correction or reading.no else 0].value["value"])
