"""The facts of akis-yas: the pupils' ages."""

import datetime
import re

from actions.flows.base import Fact, Facts, Flow
from actions.flows.cues import words
from actions.flows.reading import Reading
from actions.rules import yas
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures
from bot.nlu.ages import FIRST_CLASS_AGE, LAST_CLASS
from bot.nlu.mention import Mention

_GROUPS = ("sinif", "grup", "grub", "okul")
_END = re.compile(r"\b(ust|alt) (?:sinir|yas)|\ben (buyu|kucu|buyg|bug)")
_MORE = re.compile(r"\b(?:de|da|daha|ekle\w*|kat\w*|dahil)\b")
#: "20 yaşında da biri var".
_ONE_MORE = re.compile(
    r"\bd[ae] (?:\w+ ){0,2}(?:var|varmis|gelecek|geliyor|katilacak|katildi|katil\w+ ist\w+)\b"
)
#: Whose class or age is played with: "ortak okul 10. sınıf olsa", "bizimkiler 8 olsa".
_THEIRS = re.compile(r"\b(?:ortak|ortag|karsi|onlar|oteki|obur|diger)\w*")
_OURS = re.compile(r"\b(?:bizimki|benimki|biz|bizim|benim)\w*")
#: A kind of school instead of a class, by its first and last class.
_SCHOOLS = {"ilkokul": (6, 9), "ortaokul": (10, 13), "lise": (14, 17)}
_KIND = re.compile(r"\b(ilkokul|ortaokul|lise)\w*")
#: "9'dan 12'ye bütün sınıflar".
_FROM_CLASS = re.compile(
    r"\b([1-9]|1[0-2]) ?d[ae]n ([1-9]|1[0-2]) ?(?:y?[ae])? (?:kadar )?(?:butun |tum |her )?sinif"
)
_COMBINED = re.compile(r"\bbirlestirilmis\b")
#: A combined class holds the four of a primary school.
_COMBINED_CLASSES = 4
_INSTEAD_OF = re.compile(r"deg[iu]?l|yerine")
_GONE = words("ayril* cikar* ciks* gitse* almas* katmas* katilmas*")
_INSTEAD = re.compile(r"\byerine\b|\bdegil\b|\bsadece\b|\bcikar\w*")
#: Classes are spoken of, and no ages.
_CLASSES = re.compile(r"^(?!.*\byas).*\bsinif")
_LAST_CLASS_NAMED = re.compile(r"\blise son\b|\bson sinif lise\b")
#: "İkisi", "iki grup": smaller numbers count pupils or groups, not years.
YOUNGEST = 3
_OURS_AND_THEIRS = 2


class Yas(Flow):
    """Which groups do these ages fall into, and what follows?"""

    id = yas.FLOW
    main = "ages"
    facts = (
        Fact(
            "ages",
            "Öğrenciler kaç yaşında?",
            "Örneğin: 7-11; ya da: 3. sınıf.",
            "yaşlar",
        ),
        Fact(
            "special_needs",
            "Özel eğitim öğrencisi var mı?",
            "Evet ya da hayır.",
            "özel eğitim öğrencisi",
        ),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return every age named; a class counts as its usual age."""
        facts: Facts = {}
        ages = _ages(reading)
        plays = reading.what_if or reading.correction
        if not ages and (reading.asked == "ages" or plays or "ages" not in known):
            units = (None, "ogrenci", "kisi") if reading.asked or plays else (None,)
            found = [m.value for m in reading.numbers(*units) if not _of_others(reading, m)]
            ages = {value[end] for value in found for end in ("value", "to") if end in value}
            ages = {age for age in ages if reading.asked or age >= YOUNGEST}
        ages |= _kinds_beside(reading) if ages else set()
        if (
            not ages
            and (reading.asked == "ages" or plays)
            and (kind := _KIND.search(reading.folded))
        ):
            ages = set(_SCHOOLS[kind[1]])
        if ages:
            facts["ages"] = _with_known(reading, ages, known.get("ages") or [])
        if reading.sign("ozel-egitim"):
            facts["special_needs"] = True
        elif reading.asked == "special_needs" and (reading.yes or reading.no):
            facts["special_needs"] = reading.yes
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.yas`."""
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
        return yas.judge(yas.Facts(**values), today, figures)


def _with_known(reading: Reading, ages: set[int], known: list[int]) -> list[int]:
    """Return the ages after a change; of two groups the asker's own stands first."""
    more = _MORE.search(reading.folded) and not _INSTEAD.search(reading.folded)
    end, away = _END.search(reading.folded), _taken_back(reading, known)
    if known and end and len(left := ages - away or ages) == 1:
        gone = max(known) if (end[1] or end[2]) in {"ust", "buyu", "buyg", "bug"} else min(known)
        ages = {*(age for age in known if age != gone), *left}
    elif known and away:
        ages = (set(known) - away) | (ages - away)
    elif more and (reading.what_if or _ONE_MORE.search(reading.folded)):
        ages = ages | set(known)
    elif known and reading.what_if and not reading.of("yas") and _KIND.search(reading.folded):
        return [known[0], *sorted(ages - {known[0]})]
    elif len(known) == 1 and reading.what_if and _THEIRS.search(reading.folded):
        return [known[0], *(age for age in sorted(ages) if age != known[0])]
    elif len(known) == _OURS_AND_THEIRS and len(ages) == 1 and reading.what_if:
        theirs, ours = _THEIRS.search(reading.folded), _OURS.search(reading.folded)
        if theirs and not ours:
            return [known[0], *ages]
        if ours and not theirs:
            return [*ages, known[1]]
    told = [age for mention in reading.of("yas") for age in mention.value]
    return sorted(ages, key=lambda age: (told.index(age) if {*told} == ages else age, age))


def _of_others(reading: Reading, mention: Mention) -> bool:
    """Tell the "dört" of "dört beş okul": the number after it counts something else."""
    after = [m for m in reading.of("sayi") if m.first == mention.last + 1]
    return bool(after) and after[0].value["unit"] not in {None, "ogrenci", "kisi"}


def _taken_back(reading: Reading, known: list[int]) -> set[int]:
    """Return the ages that leave: "5 değil 8. sınıf olsaydı", "21'lik ayrılsa"."""
    at = [i for i, word in enumerate(reading.words) if _INSTEAD_OF.fullmatch(word.text)]
    told = [(m, m.value) for m in reading.of("yas")]
    told += [(m, [m.value["value"]]) for m in reading.numbers(None, "ogrenci", "kisi")]
    # "16'lıklar yerine 7 yaş": the nearest before the word is meant.
    nearest = max((m.last for m, _ in told if at and m.last < at[0]), default=-1)
    before = {age for m, ages in told for age in ages if m.last == nearest}
    before |= {age + FIRST_CLASS_AGE for age in before if age not in known}
    gone = {age for m, ages in told for age in ages if reading.near(m, _GONE, 0, 2)}
    return before | gone


def _kinds_beside(reading: Reading) -> set[int]:
    """Return the ages of a kind of school named beside others: "kreş ile ilkokul"."""
    texts = [word.text for word in reading.words]
    ages: set[int] = set()
    for index, text in enumerate(texts):
        kind = _KIND.fullmatch(text)
        joined = {"ile", "ve", "la", "le"} & {*texts[max(index - 1, 0) : index + 2]}
        if kind and joined and not re.match(r"\d", "".join(texts[index + 1 : index + 2])):
            ages.update(_SCHOOLS[kind[1]])
    return ages


def _ages(reading: Reading) -> set[int]:
    """Return the ages named, and bare numbers that stand beside them."""
    ages = {age for mention in reading.of("yas") for age in mention.value}
    if classes := _FROM_CLASS.search(reading.folded):
        return ages | {int(classes[n]) + FIRST_CLASS_AGE for n in (1, 2)}
    if _LAST_CLASS_NAMED.search(reading.folded):
        ages.add(LAST_CLASS + FIRST_CLASS_AGE)
    partners = [
        m for m in reading.numbers("kisi") if reading.words[m.last].text.startswith("ortak")
    ]
    for mention in [*reading.numbers(None), *partners]:
        value, word = mention.value["value"], reading.words[mention.last].text
        after = reading.words[mention.last + 1 : mention.last + 2]
        following = after[0].text if after else ""
        if "to" in mention.value and mention in partners:
            ages |= {value, mention.value["to"]}  # "4-6 ortak 12 yaş"
            continue
        if _COMBINED.search(reading.folded) and value <= _COMBINED_CLASSES:
            ages.add(value + FIRST_CLASS_AGE)  # "birleştirilmiş sınıf; 1, 2, 3, 4"
            continue
        plural = re.search(r"\w+l[ae]r", word) or re.fullmatch(r"l[ae]r\w*", following)
        few = value < YOUNGEST and not (plural and reading.matches(r"\b\w*sinif"))
        if following.startswith(_GROUPS) or few or _of_others(reading, mention):
            continue  # "2 sınıfız" counts classes
        if value <= LAST_CLASS and _CLASSES.search(reading.folded):
            ages.add(value + FIRST_CLASS_AGE)  # "bizimkiler 7. sınıf, öbürleri 6"
        elif reading.near(mention, words("ortaokul* ilkokul*"), 1, 0) or (
            plural and value <= LAST_CLASS
        ):
            ages.add(value + FIRST_CLASS_AGE)
        elif plural or ages or reading.matches(r"\byas\w*"):
            ages.add(value)
    return ages
