"""The facts of akis-avrupa: whose countries, and before or after the move to ESEP."""

import datetime
import itertools
import re
from collections.abc import Sequence

from actions.flows.avrupa_labels import (
    GOT,
    LABEL_CLAUSE,
    REFUSED,
    THEY_TOO,
    is_label,
    label_change,
    labels_of,
    with_theirs,
)
from actions.flows.base import Fact, Facts, Flow
from actions.flows.cues import phrases, words
from actions.flows.reading import Reading
from actions.rules import avrupa
from actions.rules.verdict import Verdict, source
from bot.knowledge import current
from bot.knowledge.figures import Figures
from bot.nlu.mention import Mention
from bot.text.partial_date import PartialDate

HOME = avrupa.HOME
#: Where the month of the move is listed.
_MOVE = source("esep-2022", "Giriş")
_MOMENTS = {
    "once": "ESEP'e geçişten önce",
    "sonra": "ESEP'e geçişten sonra",
    "haziran-2022": "Haziran 2022",
}
_FOUND = words(
    "kurucu* kuran* kurd* kurm* kurulu* kurulus* kurulmus* kuruldu* kuruyo* kurarsak kurduk "
    "actik acti* actim acmis* acildi* acilmis* acilan basladi* basladik baslamis* baslat* "
    "kayit* kaydet* kurarken"
)
_FOUNDING = words("kurd* kurm* actik actig* acmis*")
_JOIN = words(
    "katil* uye* ekl* geldi* gelen gelmis* dahil* girdi* girmis* aldik davet* alin* sonradan "
    "katti* cagir* ekip* variz"
)
_MEMBER = words(
    "katil* uye* uyl* ekl* geldi* gelen gelmis* dahil* girdi* girmis* davet* sonradan katti* "
    "cagir* ekip* variz var varlar"
)
_LABEL = words("etiket* odul* aldi* almis* aldik alan alanlar sertifika* verildi* verilmis* cikti*")
_KIND = re.compile(r"\b(?:ulusal|avrupa)\w*")
_MOMENT_OF_GETTING = words("aldi* almis* aldik verildi*")
_FOUNDERS_HOME = phrases(
    """
    ikimiz {2} turk*
    ikimiz de {1} turk*
    iki turk*
    2 turk*
    iki ogretmen* olarak {1} basla*
    iki kurucu* {2} turk*
    2 kurucu* {2} turk*
    iki kurucu* {2} bizden
    iki kurucu* {2} buradan
    kurucular* {2} turk*
    kurucular* {2} bizden
    kurucu* {1} ikisi {1} turk*
    kurucular* {1} yerli
    kurucular* dahil
    kurucu* dahil
    """
)
_ALL_HOME = phrases(
    """
    yabanci {2} yok
    yurtdisi* {2} yok
    hepsi {1} turk*
    hpsi {1} turk*
    herkes {1} turk*
    hepimiz {2} turk*
    tamami {1} turk*
    kalanlar* turk*
    hepsi bizden
    baska ulke {2} yok
    baska ulkeden {2} yok
    yabancimiz yok
    baska yabanci yok
    baska ulkeden kimse* {1} olma*
    baska ulkeden kimse yok
    yurt disindan kimse yok
    yurtdisindan kimse yok
    """
)
#: "Kurucularımız Türkiye ve Fransa'dan".
_AND_ANOTHER = re.compile(
    r"\bkurucu\w* (?:\w+ ){0,2}turkiye (?:ve|ile|bir)\b|\bkurucu\w* .*\bve turkiye"
)
#: What may stand between two countries of one phrase.
_JOINED = {"ve", "ile", "bir", "biri", "da", "de", "bi", "digeri", "oteki", "obur", "hem"}
_EVERYBODY = re.compile(r"\b(?:herkes|hepimiz|kurucular|kurucu\w* da|kurucu\w* dahil)\b")
_TOGETHER = phrases(
    """
    ikimiz
    ben ve
    ben ile
    iki arkadas
    iki ogretmen*
    iki hoca*
    2 ogretmen*
    2 hoca*
    arkadasim*
    birlikte
    beraber
    zumre*
    esim*
    """
)
_COLLEAGUES = re.compile(
    r"\b(?:okul|zumre|meslektas|arkadas|esim|komsu|ilce|sehir|hoca|ogretmen)\w*"
)
_I_FOUNDED = re.compile(
    r"\b(?:biz|ben|benim|kurucuyuz|kurucuyum|kurduk|kurdugumuz|kurmustuk|actik|acmistik|"
    r"ortagim|ortagimla|ile|ikimiz|bizimle|birlikte|beraber|hocayla|\w+(?:yla|yle))\b"
)
_EVERYBODY_TOO = re.compile(r"\b(?:dahil|hep|herkes|tamam|ikisi|iki)\w*")
_SUBJECTS = {
    "founder": re.compile(r"\bkurucular"),
    "member": re.compile(r"\b(?:uyeler|uyelerimiz)\b"),
}
#: "Projeye Finlandiya'dan birini aldık".
_OTHERS = re.compile(
    r"\b(?:diger|oteki|obur|kalan|geri kalan) (?:\w+ )?(?:ortak(?!lar\w* (?:da )?al)|ortag|uye)"
)
_MEMBER_OBJECT = re.compile(r"\bproje\w*|\buye\w*|\bbirini\b|\bogretmen al|\bhoca al")
_PROJECT_DATIVE = re.compile(r"proje(?:ye|mize|nize)")
_BROUGHT = words("ald* alin* kat* ekle* davet* cagir* dahil*")
_TWO = re.compile(r"\b(?:iki|2|ikisi|ikisinin)\b")


class Avrupa(Flow):
    """National or European, and can it be nominated?"""

    id = avrupa.FLOW
    main = "founder_countries"
    facts = (
        Fact(
            "founder_countries",
            "Projenin 2 kurucusu hangi ülkelerden?",
            "Örneğin: Türkiye ve İtalya; ya da: ikisi de Türkiye.",
            "kurucuların ülkeleri",
            ("ikisi de Türkiye", "bilmiyorum"),
        ),
        Fact(
            "member_countries",
            "Öteki üyeler hangi ülkelerden?",
            "Örneğin: Türkiye ve Polonya; ya da: hepsi Türkiye.",
            "öteki üyelerin ülkeleri",
            ("hepsi Türkiye", "bilmiyorum"),
        ),
        Fact(
            "joined",
            "İlk yabancı üye projeye ne zaman katıldı?",
            "Örneğin: Mart 2022; ya da: ESEP'e geçişten sonra.",
            "ilk yabancı üyenin katılışı",
            ("ESEP'e geçişten önce", "ESEP'e geçişten sonra", "bilmiyorum"),
            _MOMENTS,
        ),
        Fact(
            "founded",
            "Proje ne zaman kuruldu?",
            "Örneğin: 2023.",
            "projenin kuruluşu",
            ("ESEP'e geçişten önce", "ESEP'e geçişten sonra", "bilmiyorum"),
            _MOMENTS,
        ),
        Fact(
            "label_countries",
            "Hangi ülkelerden ortaklar bu projeyle Ulusal Kalite Etiketi aldı?",
            "Örneğin: Türkiye ve İtalya; ya da: yalnız Türkiye.",
            "Ulusal Kalite Etiketi olan ülkeler",
            ("yalnız Türkiye", "hiçbiri", "bilmiyorum"),
        ),
        Fact("wants", "Ne soruyorsunuz?", "Örneğin: projenin türü.", "sorulan", silent=True),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return countries by what they did, and moments by the move to ESEP."""
        facts = _countries(reading, known)
        facts.update(_moments(reading, known))
        asks_kind = _KIND.search(reading.folded) and not LABEL_CLAUSE.search(reading.folded)
        if asks_kind and not known:
            facts["wants"] = "tur"
        both = {**known, **facts}
        foreign = [name for name in both.get("member_countries") or [] if name != HOME]
        one_country = len({*(both.get("founder_countries") or ())}) == 1
        if both.get("founded") == "sonra" and foreign and one_country and "joined" not in both:
            facts["joined"] = "sonra"  # nobody joins before the founding
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.avrupa`."""
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
        return avrupa.judge(avrupa.Facts(**values), today, figures)


def _countries(reading: Reading, known: Facts) -> Facts:
    groups = _grouped(reading, known)
    if subject := _subject(reading):
        listed = list(dict.fromkeys(mention.value for mention in groups[subject]))
        countries = _founders(reading, groups[subject]) if subject == "founder" else listed
        return {f"{subject}_countries": countries} if countries else {}
    facts: Facts = {}
    if founders := _founders(reading, groups["founder"]):
        facts["founder_countries"] = founders
    if members := _members(reading, groups["member"]):
        facts["member_countries"] = members
        everybody = bool(_EVERYBODY.search(reading.folded)) and members == [HOME]
        abroad = reading.asked or any(m.value != HOME for m in reading.of("ulke"))
        all_home = bool(_ALL_HOME.search(reading.folded))
        everybody = everybody or (members == [HOME] and not abroad and all_home)
        if everybody and "founder_countries" not in {**known, **facts}:
            facts["founder_countries"] = [HOME, HOME]
    if known.get("label_countries") is not None and (changed := label_change(reading, known)):
        return {"label_countries": changed}
    labels = labels_of(reading, groups["label"], {**known, **facts})
    if THEY_TOO.search(reading.folded) and reading.what_if and "label_countries" in known:
        return {"label_countries": with_theirs(reading, known)}
    if labels is not None:
        facts["label_countries"] = labels
    return facts


def _grouped(reading: Reading, known: Facts) -> dict[str, list[Mention]]:
    """Sort the countries named by what they did: found, join, hold the label."""
    groups: dict[str, list[Mention]] = {"founder": [], "member": [], "label": [], "none": []}
    asked = _subject(reading) or (reading.asked or "").removesuffix("_countries")
    loose: list[Mention] = []
    last: tuple[Mention, str] | None = None
    pair = _founder_pair(reading)
    for mention in reading.of("ulke"):
        kind = "founder" if mention in pair else _kind_of(reading, mention, asked)
        if kind is None and last and mention.first - last[0].last <= 2:
            kind = last[1]  # "Litvanya, Estonya": a list
        if kind == "label" and reading.near(mention, words("kurucu*"), 0, 1):
            groups["founder"].append(mention)  # "etiketi Ukraynalı kurucu ortağım aldı"
        if kind:
            groups[kind].append(mention)
            last = (mention, kind)
        else:
            loose.append(mention)
    _place(groups, loose, asked, reading.short, "founder_countries" in known)
    return groups


def _subject(reading: Reading) -> str | None:
    """Return whose countries a short message lists: "kurucular Türkiye ve Azerbaycan"."""
    named = [name for name, pattern in _SUBJECTS.items() if pattern.search(reading.folded)]
    others = (GOT, LABEL_CLAUSE, _EVERYBODY_TOO)
    told = any(pattern.search(reading.folded) for pattern in others)
    listed = reading.short and bool(reading.of("ulke")) and not told
    return named[0] if len(named) == 1 and listed else None


def _place(
    groups: dict[str, list[Mention]], loose: list[Mention], asked: str, short: bool, founded: bool
) -> None:
    """Put countries of which nothing is said where they belong: what was asked, or last."""
    if asked in groups and (short or not groups[asked]):
        groups[asked] += loose
        for other in ("founder", "member", "label"):
            if short and other != asked:
                groups[asked] += groups[other]
                groups[other] = []
        return
    named = [kind for kind in ("label", "member", "founder") if groups[kind]]
    if named:
        groups[named[0]] += loose
    elif not founded:
        groups["founder"] += loose


def _kind_of(reading: Reading, mention: Mention, asked: str) -> str | None:
    clause = reading.clause(mention)
    if _goes_on_about_label(reading, clause):
        return "label"
    if reading.near(mention, REFUSED, 0, 3) and not reading.near(mention, _MOMENT_OF_GETTING, 0, 2):
        return "none"
    before = [word.text for word in reading.words[max(0, mention.first - 3) : mention.first]]
    foreign = any(text.startswith("yabanci") for text in before)
    if foreign or _is_brought(reading, mention) or _OTHERS.search(clause):
        return "member"
    if re.search(r"\bkurucu orta|\bkurucular\w*(?: da| de)? ", clause) and not is_label(clause):
        return "founder"
    about = {"founder": _FOUND, "member": _MEMBER}
    if is_label(clause) or asked == "label":
        about = {"label": _LABEL, **about}
    labelled = is_label(clause) and (asked == "label" or GOT.search(clause))
    close = reading.nearest(mention, about, 2, forward_only=True)
    deed = {"founder": _FOUNDING, "label": _LABEL}
    founding = reading.nearest(mention, deed, 5, forward_only=True) == "founder"
    if labelled and not founding:
        return "label"
    if close:
        return close
    if found := reading.nearest(mention, about):
        return found
    if reading.near(mention, words("ortag* ortak*"), 0, 3):
        return "member"
    return reading.nearest(mention, about, 5, across=True)


def _is_brought(reading: Reading, mention: Mention) -> bool:
    """Read "projeye Finlandiya'dan birini aldık"."""
    first = reading.words[max(0, mention.first - 2) : mention.first]
    into = any(_PROJECT_DATIVE.fullmatch(word.text) for word in first)
    return into and reading.near(mention, _BROUGHT, 0, 4)


def _goes_on_about_label(reading: Reading, clause: str) -> bool:
    """Tell whether a clause tells who else got the label: "biz alamadık, Çekya almış"."""
    clauses = reading.clauses()
    at = clauses.index(clause) if clause in clauses else 0
    got = re.search(r"\b(?:alm[iu]s|ald[iu]|verilm[iu]s|verildi|kazanm[iu]s)\w*$", clause)
    labelled = any(map(is_label, clauses[max(0, at - 2) : at]))
    return bool(got and labelled and not _MEMBER_OBJECT.search(clause))


def _founder_pair(reading: Reading) -> tuple[Mention, ...]:
    """Return two countries side by side that are said of the founders: "Türkiye-Romanya"."""
    for one, other in itertools.pairwise(reading.of("ulke")):
        between = [word.text for word in reading.words[one.last + 1 : other.first]]
        if one.value == other.value or not _JOINED.issuperset(between):
            continue
        before = [word.text for word in reading.words[max(0, one.first - 4) : one.first]]
        said = [text for text in before if text.startswith("kurucu") or re.match(_MEMBER, text)]
        after = [] if reading.words[other.last].tail else reading.words[other.last + 1 :][:1]
        if any(re.match(_MEMBER, word.text) for word in after) or is_label(reading.clause(one)):
            continue
        if said and said[-1].startswith("kurucu"):
            return one, other
    return ()


def _founders(reading: Reading, mentions: Sequence[Mention]) -> list[str] | None:
    distinct = list(dict.fromkeys(mention.value for mention in mentions))
    foreign = [name for name in distinct if name != HOME]
    asked = reading.asked == "founder_countries"
    if _both_at_home(reading):
        return [HOME, HOME]
    if len(distinct) >= 2:
        return [*([HOME] if HOME in distinct else []), *foreign][:2]
    if foreign:
        clause = reading.clause(mentions[0])
        apart = _TWO.search(clause) and not _I_FOUNDED.search(clause)
        return [foreign[0], foreign[0]] if apart else [HOME, foreign[0]]
    if distinct:
        both = (
            asked or _TWO.search(reading.clause(mentions[0])) or _EVERYBODY.search(reading.folded)
        )
        return [HOME, HOME] if both else None
    return [HOME, HOME] if _founded_at_home(reading, asked) else None


def _both_at_home(reading: Reading) -> bool:
    """Tell "kurucular Türkiye'den", of no second country."""
    home = _FOUNDERS_HOME.search(reading.folded) and not _AND_ANOTHER.search(reading.folded)
    return bool(home) and not _founder_pair(reading)


def _founded_at_home(reading: Reading, asked: bool) -> bool:
    """Read "Sivas'tan bir hocayla kurduk", "ikimiz de Ankaralıyız", "zümremle açtık"."""
    about = {"founder": _FOUND, "member": _JOIN}
    if any(reading.nearest(place, about) == "founder" for place in reading.of("il")):
        return True
    if asked and re.search(r"\bikimiz de\b|\bturk\w*|\bbiz\w*\b|\bburadan\b", reading.folded):
        return True
    founding = any(re.match(_FOUND, word.text) for word in reading.words)
    if reading.of("il") and any(re.match(_FOUNDING, word.text) for word in reading.words):
        return True
    near = reading.of("il") or _COLLEAGUES.search(reading.folded)
    return bool(founding and near and _TOGETHER.search(reading.folded))


def _members(reading: Reading, mentions: Sequence[Mention]) -> list[str]:
    members = list(dict.fromkeys(mention.value for mention in mentions))
    if _both_at_home(reading) and len(members) > 1 and HOME in members:
        members.remove(HOME)  # it was said of the founders
    about = {"founder": _FOUND, "member": _MEMBER}
    if any(reading.nearest(place, about) == "member" for place in reading.of("il")):
        members = list(dict.fromkeys([*members, HOME]))
    if members:
        return members
    asked = reading.asked == "member_countries"
    nobody = asked and re.search(r"\byok\b|\bhicbiri\b|\bbiz\w*\b|\bturk\w*", reading.folded)
    return [HOME] if _ALL_HOME.search(reading.folded) or nobody else []


def _latest_moment(known: Facts) -> str:
    """Return the moment talked about last; of a founding alone known the joining is open."""
    told = [name for name in known if name in {"founded", "joined"}]
    if told == ["founded"] and set(known.get("member_countries") or ()) - {HOME}:
        return "joined"
    return told[-1] if told else "founded"


def _moments(reading: Reading, known: Facts) -> Facts:
    facts: Facts = {}
    latest = _latest_moment(known)
    asked = reading.asked if reading.asked in {"founded", "joined"} else None
    for mention, date in reading.dates():
        moment = moment_of(date)
        if moment is None:
            continue
        deeds = {"founded": _FOUND, "joined": _JOIN}
        about = reading.nearest(mention, deeds)
        about = about or reading.nearest(mention, deeds, 3, across=True)  # "katıldı 2022 mayısta"
        if asked and (reading.short or not about):
            return {asked: moment}
        loose = "joined" if "founded" in facts else latest
        facts.setdefault(about or loose, moment)
    for sign, moment in (("eski-portal", "once"), ("esep", "sonra")):
        for mention in (m for m in reading.of("isaret") if m.value == sign):
            about = reading.nearest(mention, {"founded": _FOUND, "joined": _JOIN})
            name = asked if asked and reading.short else about
            if name:
                facts.setdefault(name, moment)
    if asked and asked not in facts and reading.short:
        if re.search(r"\bsonra\w*", reading.folded):
            facts[asked] = "sonra"
        elif re.search(r"\bonce\w*", reading.folded):
            facts[asked] = "once"
    return facts


def moment_of(date: PartialDate) -> str | None:
    """Say whether a date lies before or after the move; None if its year alone is known."""
    (move,) = current().place(_MOVE).dates
    if date.year != move.year:
        return "once" if date.year < move.year else "sonra"
    if not date.month:
        return None
    if date.month == move.month:
        return "haziran-2022"
    return "once" if date.month < move.month else "sonra"
