"""The facts of akis-kalite: a Quality Label application."""

import datetime
import re

from actions.flows.base import Fact, Facts, Flow
from actions.flows.cues import phrases, words
from actions.flows.label_years import years_of
from actions.flows.members import left_of, members_of, removed_of
from actions.flows.reading import Reading, only_number
from actions.rules import kalite
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures
from bot.nlu.mention import Mention

#: "Başladık, mayısta bitirdik": begun, and over since.
_BEGUN = words("basladik")
_GETS = re.compile(r"\bal(?:sa|irsa)\w*")
_TOGETHER = words("isbirlig* birlig*")
_POINTS = words("puan*")
_NAMED = 0.5
_ORDER = words("basvur* basvr* sira* bu buymus buydu gonder* yolla*")
_APPLIED_OR_SENT = words("basvur* basvr* gonder* yolla*")
_APPLIED = words("basvur* basvr* girdi* girme* girece* planli*")
_ONLY_THIS = phrases(
    """
    tek basvuru*
    tek proje*
    tek basvr*
    baska basvuru* {1} yok
    baska basvr* {1} yok
    baska projem* {1} yok
    baska {2} basvurm*
    yalniz* bu proje*
    sadece bu proje*
    bir tek bu proje*
    yalniz buna
    yalnizca buna
    sadece buna
    bir tek buna
    bi tek buna
    """
)
_JUST_ONE = phrases(
    """
    tek
    sadece bu*
    yalniz* bu*
    bi tane
    bir tane
    bi bu
    bir bu
    sirf bu
    bununla
    baska yok
    ilk basvuru*
    """
)
#: "Hâlâ sürüyor, martta bitecek" is no project that is nearly finished.
_GOES_ON = re.compile(r"\b(?:hala|halen|daha|henuz)\b|\bsuruyo\w*|\bdevam ed\w*")
#: "Bitiremedik", "bitmemiş olsaydı", "kapanmasaydı"; not "bitmedi mi".
_NOT_ENDED = re.compile(
    r"\b(?:bit(?:ir)?|tamamla(?:n|t)?|kapa(?:n|t)|sonlan(?:dir)?)(?:[ae]?m[ae])"
    r"(?:d[iu]|m[iu]s|sa|se|y)\w*(?! m[iu]\b)"
)
_HALF = re.compile(r"\byar[iu](?:da\w*|land[iu]\w*|s[iu]nday\w*)|\bortas[iu]nda\w*|\bbas[iu]nda\w*")
#: Said to the assistant, not of the project.
_GO_ON = re.compile(
    r"(?:(?!proje|calis)\w+ ){0,3}devam (?:et|edelim|edin|edebiliriz|edebilirsin\w*)|"
    r"(?:tamam |hadi )?devam"
)
#: "Haziranda bitirip başvursam".
_ONCE_ENDED = re.compile(r"\bbit(?:ir)?(?:ip|ince|se|sem|sek|irsek|irsem|tiginde|tikten)\b")
_THE_LAST = re.compile(r"\ben son\w*|\bsonu?nc\w*|\bsondaki\b")
_THE_FIRST = re.compile(r"(?:en )?ilk(?:i|iydi|iyim)?(?: bu\w*)?|birincisi\w*")
_LAST_ONE = re.compile(r"\bson basvu?r\w*|\bsonu?nc\w*")
_PORTAL = re.compile(r"\b(?:portal|live)\w*")
#: "3'ünü çıkardık", "ikisi ayrıldı": done, and no what-if.
_TAKEN_OUT = re.compile(r"\b(?:cikar|sil|at|ayril|cik)(?:[dt][iu]|m[iu]s)\w*|\bsilind\w*")
#: "15 hocaydık": how many they were before somebody was taken out.
_WERE = re.compile(r"\w+(?:yd[iu]k?|vard[iu]k?)\b|\bidik\b|\bvardi\b")
#: "Sildiğimiz tek kişi olsaydı".
_ONE_REMOVED = re.compile(r"\b(?:sil|cikar|at)\w* (?:tek|bir|bi) kisi\b")
_TWINSPACE_ONLY = re.compile(r"twin ?space\w*|twin\w*|ts den|tsden")
_REMOVED = re.compile(r"\b(?:cikar\w*|sil\w*|at(?:tik|tim|mis\w*|ildi|ip)|cikti\w*)\b")
_WILL_END = re.compile(r"\bbit(?:ir)?(?:e?cek|i?cek|er|ece[gz])\w*|\btamamlan?acak\w*")
_ABOUT_IT = words("deger* basvur* basvr* etiket*")
MONTHS = 12
_STATES = {"bitti": "bitti", "bitmek-uzere": "bitmek üzere", "suruyor": "sürüyor"}


class Kalite(Flow):
    """Would this application be taken into evaluation?"""

    id = kalite.FLOW
    main = "members"
    of_a_year = True
    beside = frozenset({"removed_only_in_twinspace", "points", "collaboration", "order"})
    facts = (
        Fact(
            "members",
            "Projenizde Türkiye'den kaç üye var? Kurucuları ve kendinizi de sayın.",
            "Örneğin: 8.",
            "Türkiye'den üye",
            ("bilmiyorum",),
        ),
        Fact(
            "project_year",
            "Proje hangi yıl kaydedildi?",
            "Örneğin: 2025.",
            "projenin kayıt yılı",
            ("bilmiyorum",),
        ),
        Fact(
            "applications",
            "Bu yıl kaç proje için başvuruyorsunuz?",
            "Örneğin: 2.",
            "o yılki başvuru sayınız",
            ("1", "2", "3", "4", "bilmiyorum"),
        ),
        Fact(
            "order",
            "Bu başvuru, tarihe göre kaçıncı başvurunuz?",
            "Örneğin: 3.",
            "bu başvurunun sırası",
            ("bilmiyorum",),
        ),
        Fact(
            "state",
            "Proje bitti mi?",
            "Örneğin: bitmek üzere.",
            "projenin durumu",
            ("bitti", "bitmek üzere", "sürüyor", "bilmiyorum"),
            _STATES,
        ),
        Fact(
            "evaluation_year",
            "Hangi yılın değerlendirmesi?",
            "Örneğin: 2026.",
            "değerlendirme yılı",
        ),
        Fact(
            "missed_year",
            "Hangi yılın son başvuru tarihi kaçtı?",
            "Örneğin: 2025.",
            "son başvuru tarihi kaçan yıl",
        ),
        Fact(
            "removed_only_in_twinspace",
            "Yalnızca TwinSpace'ten çıkarılan üye var mı, kaç?",
            "Örneğin: 2.",
            "yalnızca TwinSpace'ten çıkarılan",
        ),
        Fact("points", "Kaç puan aldınız?", "Örneğin: 16.", "puan"),
        Fact("collaboration", "İş birliği puanı kaçtı?", "Örneğin: 3.", "iş birliği puanı"),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return members, years, applications, state and points that a message states."""
        facts = {
            **_points(reading, known),
            **_members(reading, known),
            **years_of(reading, known),
            **_applications(reading, known),
        }
        if state := _state(reading):
            facts["state"] = state
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.kalite`."""
        return kalite.judge(kalite.Facts(**facts), today, figures)


def _points(reading: Reading, known: Facts) -> Facts:
    """Return the points in all and those for collaboration, each by the words beside it."""
    found = [(m, m.value[0]) for m in reading.of("puan")]
    found += [(m, m.value["value"]) for m in reading.numbers("puan")]
    beside = f"{_TOGETHER}|{_POINTS}"  # "iş birliğinden 1 aldık": points without the word
    found += [(m, m.value["value"]) for m in reading.numbers(None) if reading.near(m, beside, 3, 1)]
    facts: Facts = {}
    together = [(away, m) for m, _ in found if (away := _from_collaboration(reading, m))]
    nearest = min(together, key=lambda pair: pair[0])[1] if together else None
    for mention, value in found:
        facts.setdefault("collaboration" if mention is nearest else "points", value)
    gets = "points" in known and reading.what_if and _GETS.search(reading.folded)
    if gets and not facts and (number := only_number(reading)) is not None:
        facts["points"] = number  # "16 alsaydım"
    if reading.asked in {"points", "collaboration"} and not facts:
        number = only_number(reading)
        if number is not None:
            facts[reading.asked] = number
    return facts


def _from_collaboration(reading: Reading, mention: Mention) -> float | None:
    """Return how far "iş birliği" is; a number beside "puan" is less likely its own."""
    away = reading.distance(mention, _TOGETHER, 4, 3)
    before = reading.words[mention.first - 1].text if mention.first else ""
    named = reading.words[mention.last].text.startswith("puan") or re.match(_POINTS, before)
    return away + _NAMED * bool(named) if away else None


def _members(reading: Reading, known: Facts) -> Facts:
    """Return the members counted, and those taken out of TwinSpace alone."""
    apart = bool(_TWINSPACE_ONLY.search(reading.folded))
    if left := left_of(reading):
        both = {"removed_only_in_twinspace": left[0], "members": left[1]}
        return both if apart else {"members": left[1]}
    if known.get("removed_only_in_twinspace") and reading.less and _PORTAL.search(reading.folded):
        return {"removed_only_in_twinspace": 0}
    if known.get("removed_only_in_twinspace") and _ONE_REMOVED.search(reading.folded):
        return {"removed_only_in_twinspace": 1}
    total, removed = members_of(reading), removed_of(reading)
    if removed is not None and (apart or reading.asked == "removed_only_in_twinspace"):
        return {"removed_only_in_twinspace": removed, **_others(reading, known, total, removed)}
    done = _TAKEN_OUT.search(reading.folded) or not reading.what_if
    if total is not None and removed is not None and removed < total and done:
        return {"members": total - removed}
    if total is None and reading.asked == "members" and not reading.alternatives:
        total = only_number(reading)
    return {} if total is None else {"members": total}


def _others(reading: Reading, known: Facts, total: int | None, removed: int) -> Facts:
    """Return the members besides those removed: what is left is often said after them."""
    if total is not None and total != removed:
        counts = [m for m in reading.numbers("kisi", "kurucu", None) if "to" not in m.value]
        first = counts[0].value["value"] if counts else None
        of_them = re.search(r"\d+ ?(?:s?[iu]n[iu])\b|\btanesini\b", reading.folded)
        were = of_them or _WERE.search(reading.folded)
        now = first == removed or total < removed or not were
        left = total if now else total - removed
        return {"members": left}
    if "members" in known and not known.get("removed_only_in_twinspace"):
        left = known["members"] - removed
        return {"members": left} if left > 0 else {}
    return {}


def _applications(reading: Reading, known: Facts) -> Facts:
    facts = _order(reading, known)
    levels = [m for m in reading.numbers(None) if reading.is_level(m)]
    if levels and "applications" in known and re.search(r"\bbasvu?r", reading.folded):
        facts["applications"] = levels[0].value["value"]  # "bir daha yapmışım, 5 olmuş"
    for mention in reading.numbers("basvuru", "proje"):
        sent = mention.value["unit"] == "basvuru" or reading.near(mention, _APPLIED, 4, 5)
        if sent:
            facts.setdefault("applications", mention.value["value"])
    asked = reading.asked if reading.asked in {"applications", "order"} else None
    if _ONLY_THIS.search(reading.folded) or (
        asked == "applications" and _JUST_ONE.search(reading.folded)
    ):
        facts.setdefault("applications", 1)
    if _LAST_ONE.search(reading.folded):
        both = {**dict.fromkeys(("order", "applications"), facts.get("order")), **facts}
        if both["applications"] and "applications" in facts:
            facts.setdefault("order", both["applications"])
        elif both["order"]:
            facts.setdefault("applications", both["order"])
    people = reading.numbers("kisi", "kurucu")
    number = only_number(reading) if asked and not facts and not people else None
    return {str(asked): number} if number is not None else facts


def _order(reading: Reading, known: Facts) -> Facts:
    """Return which application this is: "5. başvurum", "beşinci sırada"."""
    facts: Facts = {}
    for mention in reading.ordinals():
        of_them = mention.value["unit"] == "basvuru" or reading.asked in {"order", "applications"}
        of_them |= "order" in known and (reading.correction or reading.what_if)
        first = reading.words[mention.first].text.startswith("ilk")
        if first and _JUST_ONE.search(reading.folded):
            continue  # "ilk başvurum, başka yok"
        about = _APPLIED_OR_SENT if first else _ORDER
        if of_them or reading.near(mention, about, 6, 5):
            facts["order"] = mention.value["value"]
    for mention in reading.numbers("basvuru", "proje", None):
        told = mention.first and reading.words[mention.first - 1].text in {"sira", "sirasi"}
        if told or reading.near(mention, words("sirada* siram*"), 1, 2):
            facts["order"] = mention.value["value"]
    last = known.get("applications")
    if reading.asked == "order" and not facts and reading.short:
        if last and _THE_LAST.search(reading.folded):
            facts["order"] = last
        elif _THE_FIRST.fullmatch(reading.folded):
            facts["order"] = 1
    return facts


def _state(reading: Reading) -> str | None:
    if reading.what_if and _ONCE_ENDED.search(reading.folded):
        return "bitti"
    half = reading.asked == "state" and _HALF.search(reading.folded)
    if half or _NOT_ENDED.search(reading.folded):
        return "suruyor"
    values = [mention.value for mention in reading.of("durum")]
    if _GO_ON.fullmatch(reading.folded) and reading.asked != "state":
        return None
    if not values:
        if reading.asked == "state" and reading.yes:
            return "bitti"
        if reading.asked == "state" and reading.no:
            return "suruyor"
        return None
    if "suruyor" in values and _GOES_ON.search(reading.folded):
        return "suruyor"
    if values[-1] == "bitti" and all(
        mention.value == "bitti" or re.match(_BEGUN, reading.words[mention.last].text)
        for mention in reading.of("durum")
    ):
        return "bitti"
    if "bitmek-uzere" in values and _ends_late(reading):
        return "suruyor"
    return next((one for one in ("bitmek-uzere", "suruyor", "bitti") if one in values), None)


def _ends_late(reading: Reading) -> bool:
    """Tell "mayısta bitecek" said in November: a month to come that is not the next one."""
    if not _WILL_END.search(reading.folded):
        return False
    now = reading.today.year * MONTHS + reading.today.month
    for mention, date in reading.dates():
        if not date.month:
            if date.year > reading.today.year and not reading.near(mention, _ABOUT_IT):
                return True
            continue
        ahead = date.year * MONTHS + date.month - now
        if mention.value["assumed"]:
            ahead %= MONTHS  # the month that comes, not the one that was
        if ahead > 1:
            return True
    return False
