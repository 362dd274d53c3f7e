"""The facts of akis-uyelik: who someone is and where they work."""

import datetime
import re

from actions.flows.base import Fact, Facts, Flow
from actions.flows.cues import words
from actions.flows.reading import Reading
from actions.flows.workplace import SCHOOLS, institution_of, school_beside
from actions.rules import uyelik
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures
from bot.nlu.mention import Mention

_ROLES = {
    "ogretmen": "öğretmen",
    "yonetici": "okul yöneticisi",
    "egitim-fakultesi-ogrencisi": "üniversite öğrencisi",
    "akademisyen": "akademisyen",
    "ogrenci": "okul öğrencisi",
    "okul-calisani": "okul çalışanı",
    "baska": "başka",
}
_INSTITUTIONS = {
    "meb-okulu": "devlet okulu",
    "ozel-okul": "özel okul",
    "egitim-fakultesi": "eğitim fakültesi",
    "baska-fakulte": "başka bir fakülte",
    "yetiskin-egitimi": "yetişkin eğitimi kurumu",
    "baska": "başka",
}
#: The role that is meant when several are named: "müdür yardımcısı … öğretmenler".
_FIRST = (
    "baska",
    "akademisyen",
    "egitim-fakultesi-ogrencisi",
    "okul-calisani",
    "yonetici",
    "ogrenci",
    "ogretmen",
)
#: What the role is plain from, before the ways of `data/patterns.yml`.
_PLAIN_ROLES = (
    (
        re.compile(
            r"\b(?:dr|doktor) (?:ogr\w*|ogretim|uyesi\w*)|\bogret\w* (?:uyes|gorevl|eleman)\w*|"
            r"\b(?:fakulte|universite)\w* (?:\w+ ){0,2}(?:hoca(?:s[iu])?y[iu]m|ders ver[iu]yo\w*)"
        ),
        "akademisyen",
    ),
    (
        re.compile(
            r"\bformasyon\w*|"
            r"\bogretmenlig\w* .*\b(?:okuyo\w*|ogrenci(?:y|s[iu]y)\w*|[1-4] sinif\w*)|"
            r"\b(?:fakulte|universite|bolum)\w* .*\b(?:okuyo|okumakta|[1-5] sinif|ogrenci[ys])\w*|"
            r"\b(?:[1-5]|son|birinci|ikinci|ucuncu|dorduncu) sinif\w* .*\b(?:fakulte|universite)\w*"
        ),
        "egitim-fakultesi-ogrencisi",
    ),
    (
        re.compile(
            r"\b(?:[5-9]|1[0-2])(?:y?[ae]|-?[a-h](?:y?[ae])?)? gidiyo(?:r?um|m)\b|\blise [1-4]\b|"
            r"\b\d{1,2} sinif(?:im|a gidiyo\w*|ta ?yim| ogrencis\w*)\b|"
            r"\bogrenci(?:ler)?(?:im|imiz|lerim)\w* (?:\w+ ){0,4}(?:hesa[bp]\w*|kayit|kaydol\w*)"
        ),
        "ogrenci",
    ),
)
#: Who speaks of a child of theirs, and is nothing else at the school.
_PARENT = re.compile(
    r"\b(?:kizim|oglum|cocugum|torunum|yegenim)(?!\w*(?:la|le)\b)\w*|"
    r"\bveli(?:si)?y(?:im|iz)\b|\bveli olarak\b|\bsinif annesi\w*|\b(?:anne|baba)siyim\b"
)
#: "Oğlum 10 yaşında, siteye hesap açabilir mi": asked for the child.
_FOR_A_CHILD = re.compile(
    r"\b(?:kizim|oglum|cocugum|yegenim)\b.*"
    r"\b(?:ac|ol|kaydol|gir)(?:abilir|ebilir|mas[iu]|urmu|ur) ?"
    r"(?!m[iu]y)(?:m[iu]\b|gerek|lazim|sart)"
)
#: "İngilizceciyim", "matematiğe giriyorum": teaching, without the word.
_TEACHES = re.compile(
    r"\b\w+c[iu](?:y[iu]m|y[iu]z)?\b|\b(?:giriyo\w*|veriyo\w*|ders\w*|okutuyo\w*|calistir\w*|atand\w*)"
)
_POSSIBLE = words("mumkun var yok olur uygun dogru gecerli gerekli sart yeterli olumlu soz konusu")
_PERMANENT = re.compile(r"\b(?:kadrolu|kadroya|kadro (?:aldim|gecsem|alsam)|atandim|atansam)\b")
_PERMANENT_NOW = re.compile(r"\b(?:kadrolu (?:ol|ogretmen)\w*|kadroya gec\w*|atan(?:sam|irsam)\w*)")
_WORKS = re.compile(
    r"\b(?:(?:tekrar|yeniden) basla\w*|calis[iu]yo(?:r(?!d)\w*|m)?|calissam|don(?:sem|dum|mus\w*)|"
    r"gorevdeyim|calismaya|devam ediyo\w*|ders (?:ver|anlat)[iu]yo\w*|derslere? gir[iu]yo\w*|"
    r"gorev yap[iu]yo\w*|\w*(?:okul|lise|ilkokul|ortaokul|kolej)\w*d[ae]y[iu]m)\b"
)
_NOT_TTI = re.compile(
    r"\bbiz degil\w*|\btti\w* (?:\w+ ){0,3}(?:al[iu]nma|kabul edilme|giremed)\w*|"
    r"\btti\w* (?:\w+ ){0,6}(?:degil|yok|almiyor|katilmiyor|girmemis|katilmamis|dahil degil)\w*"
)
#: "TTI ne ki": nothing is told of it.
_ASKS_WHAT = re.compile(
    r"\bne (?:ki|demek|oluyo\w*|o|imis)\b|\bne$|\bnedir\b|\bneymis\b|\bacikla\w*"
)
_IS_IN = re.compile(r"\bdahil(?:mis|iz)?\b|\b(?:katil|al[iu]n|gir)(?:iyor|m[iu]s|d[iu]|iyormus)\w*")
_NOT_IN = re.compile(
    r"\bayril\w*|\bcik(?:sa|mis|arsa|ti)\w*|\bdahil deg\w*l\w*|\b(?:katil|al[iu]n|gir)m[iu]yor\w*"
)
_NO_GROUP = re.compile(
    r"\b(?:grub|grup|sinif|ogrenci|ders)\w* (?:\w+ ){0,4}"
    r"(?:yok|olmadan|girmiyorum|calismiyorum|almadan|degil|katilmaya\w*)\b|"
    r"\bcocuk\w* olma\w*|\btek basima\b|\bogrencisiz\b"
)
_ALONE = re.compile(r"\b(?:olmadan|olmadn|tek basima|ogrencisiz)\b")
_WITH = re.compile(r"\b\w*(?:larla|lerle|grubuyla|grupla|kulubu\w*|ogrencilerimle)\b")
_CLASS = re.compile(r"\b\d{1,2}-?[a-h]\b")  # "7-B ile"


#: What somebody wants to do; the one named last is asked about.
_WISHES = re.compile(
    r"\b(?:(?P<etiket>etiket|odul)|(?P<proje>pro?je|projm|porje)|"
    r"(?P<hesap>kayit|kaydol|kaydi|uye|uyelik|hesa[bp]))\w*"
)
_TAKES_PUPILS = re.compile(
    r"\byanima al\w*|\b(?:sinif|ogrenci|cocuk|grup|grub|koro|kulub|takim|ekip)\w* (?:\w+ ){0,2}"
    r"(?:al(?:sam|irsam|ip)|yanima|kur(?:sam|arsam)|kat\w*)\b"
)


class Uyelik(Flow):
    """May this person register, run projects, apply for the label?"""

    id = uyelik.FLOW
    main = "role"
    facts = (
        Fact(
            "role",
            "Göreviniz nedir?",
            "Örneğin: öğretmen, okul yöneticisi, üniversite öğrencisi.",
            "göreviniz",
            ("öğretmen", "okul yöneticisi", "üniversite öğrencisi", "akademisyen", "başka"),
            _ROLES,
        ),
        Fact(
            "institution",
            "Hangi kurumda çalışıyorsunuz?",
            "Örneğin: devlet okulu, özel okul, halk eğitim merkezi.",
            "kurumunuz",
            ("devlet okulu", "özel okul", "halk eğitim merkezi", "başka"),
            _INSTITUTIONS,
        ),
        Fact(
            "tti",
            "Eğitim fakülteniz eTwinning TTI (Öğretmen Eğitimi Akademisi) sürecine katılıyor mu?",
            "Evet ya da hayır.",
            "fakülte TTI sürecinde",
            ("evet", "hayır", "bilmiyorum"),
        ),
        Fact(
            "pupil_group",
            "Projeye okulunuzdaki bir sınıf ya da öğrenci grubuyla mı katılacaksınız?",
            "Evet ya da hayır.",
            "öğrenci grubuyla",
            ("evet", "hayır", "bilmiyorum"),
        ),
        Fact("wants", "Ne yapmak istiyorsunuz?", "Örneğin: kayıt.", "istenen", silent=True),
        Fact("parent", "Veli misiniz?", "Evet ya da hayır.", "veli", silent=True),
        Fact("working", "Şu anda bir okulda çalışıyor musunuz?", "Evet ya da hayır.", "çalışıyor"),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return role, institution and what matters about them."""
        facts = _person(reading, known)
        other = re.search(r"\bbask\w*|\bdiger\b|\bhicbiri\b", reading.folded)
        for name in ("role", "institution"):
            if reading.asked == name and name not in facts and reading.short and other:
                facts[name] = "baska"
        working = _working(reading, known, facts)
        if working is not None:
            facts["working"] = working
            facts.setdefault("role", known.get("role", "ogretmen"))
        elif reading.what_if and known.get("working") is False and facts:
            facts["working"] = None  # another what-if takes the place of "emekli olsam"
        tti = _tti(reading, known)
        if tti is not None:
            facts["tti"] = tti
        wishes = [match.lastgroup for match in _WISHES.finditer(reading.folded)]
        if wishes and not known:
            facts["wants"] = wishes[-1]
        if facts.get("role", known.get("role")) == "yonetici":
            group = _pupil_group(reading)
            if group is not None:
                facts["pupil_group"] = group
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.uyelik`."""
        return uyelik.judge(uyelik.Facts(**facts))


def _person(reading: Reading, known: Facts) -> Facts:
    """Return role and institution; a parent names the child's school, not their own."""
    facts: Facts = {}
    if role := _role(reading):
        facts["role"] = role
    parent = role == "baska" and bool(_PARENT.search(reading.folded))
    if parent or (role and known.get("parent")):
        facts["parent"] = parent
    if (institution := institution_of(reading)) and not parent:
        facts["institution"] = institution
    return facts


def _working(reading: Reading, known: Facts, found: Facts) -> bool | None:
    """Tell whether somebody still works at a school, None if nothing is said of it."""
    role = found.get("role", known.get("role", "ogretmen"))
    if known.get("working") is False and _WORKS.search(reading.folded):
        return True
    if reading.of("kurum") and _WORKS.search(reading.folded):
        return None  # "emekliyim ama özel okulda çalışıyorum"
    with_pupils = reading.matches(r"\b(?:ogrenci|cocuk|sinif)\w* (?:\w+ ){0,2}calismi")
    left = (reading.sign("calismiyor") and not with_pupils) or (
        reading.asked == "working" and reading.no
    )
    return False if left and role in {"ogretmen", "yonetici"} else None


def _tti(reading: Reading, known: Facts) -> bool | None:
    asked = reading.asked == "tti"
    if ("tti" in known or reading.matches(r"\bfakulte")) and _NOT_IN.search(reading.folded):
        return False
    if "role" in known and reading.matches(r"\bfakulte") and _IS_IN.search(reading.folded):
        return True
    if not asked and not re.search(r"\btti\w{0,3}\b|\bfakulte\w* .*\bbiz degil", reading.folded):
        return None
    if reading.unknown or _ASKS_WHAT.search(reading.folded):
        return None
    if _NOT_TTI.search(reading.folded) or (asked and reading.no):
        return False
    return True if reading.yes or not asked or reading.sign("tti") else None


def _pupil_group(reading: Reading) -> bool | None:
    asked = reading.asked == "pupil_group"
    taken = reading.what_if and _TAKES_PUPILS.search(reading.folded)
    if taken and not reading.matches(r"\byok\b"):
        return True
    if reading.matches(r"\bhicbir\b.*\b(?:calism|girm|alm|yok)\w*"):
        return False
    if reading.sign("grup") and not _ALONE.search(reading.folded) and _WITH.search(reading.folded):
        return True
    if _NO_GROUP.search(reading.folded) or (asked and reading.no):
        return False
    if reading.sign("grup") or (asked and reading.yes) or _CLASS.search(reading.folded):
        return True
    return None


def _role(reading: Reading) -> str | None:
    """Return the role somebody speaks of; of several, the one said of themselves."""
    text = reading.folded
    parent = _PARENT.search(text)
    if plain := _plain_role(text, bool(parent)):
        return plain
    if reading.what_if and _PERMANENT_NOW.search(text):
        return "ogretmen"
    found = _roles_named(reading)
    if parent and not any(_said_of_self(reading, m) for m in found):
        return "baska"
    if reading.what_if and re.search(r"\bucretli\b(?! deg\w*l)", text):
        return "baska"
    if not found:
        if reading.of("kurum") and _TEACHES.search(text):
            return "ogretmen"
        return None
    values = {"ogretmen" if _is_new(reading, m) else m.value for m in found}
    own = {m.value for m in found if _said_of_self(reading, m) and m.value in values}
    if reading.what_if and not own and len(values) > 1:
        own = {found[-1].value}
    chosen = own or values
    if "ogretmen" in chosen and "baska" in values and not _PERMANENT.search(text):
        chosen = chosen | {"baska"}
    if _PERMANENT.search(text) and reading.correction | reading.what_if:
        chosen = {"ogretmen"}
    return next((role for role in _FIRST if role in chosen), None)


def _is_new(reading: Reading, mention: Mention) -> bool:
    """Tell a teacher in their first year at a school, "aday öğretmen", from a student."""
    named = " ".join(word.text for word in reading.words[mention.first : mention.last + 1])
    school = any(place.value in SCHOOLS for place in reading.of("kurum"))
    return school and bool(re.match(r"aday|stajyer|ogretmen aday", named))


def _roles_named(reading: Reading) -> list[Mention]:
    """Return the roles somebody names, neither asked for nor denied."""
    found = [
        m
        for m in reading.of("gorev")
        if not _asks(reading, m) and not (_denied(reading, m) and not reading.what_if)
    ]
    if school_beside(reading):
        # What somebody is at the other place, "usta öğretici", is not what they are here.
        found = [m for m in found if not reading.words[m.first].text.startswith("usta")]
    return found


def _plain_role(text: str, parent: bool) -> str | None:
    """Return the role a text shows by itself; a parent's child is not the parent."""
    if _FOR_A_CHILD.search(text):
        return "ogrenci"
    roles = () if parent else _PLAIN_ROLES
    return next((role for pattern, role in roles if pattern.search(text)), None)


def _denied(reading: Reading, mention: Mention) -> bool:
    """Tell "öğretmen değilim" from a role somebody has."""
    after = reading.words[mention.last + 1 : mention.last + 2]
    return bool(after) and bool(re.match(r"deg[iu]?l", after[0].text))


def _asks(reading: Reading, mention: Mention) -> bool:
    """Tell the question "mümkün müdür" from a "müdür"."""
    before = reading.words[mention.first - 1].text if mention.first else ""
    return reading.words[mention.first].text == "mudur" and bool(re.match(_POSSIBLE, before))


def _said_of_self(reading: Reading, mention: Mention) -> bool:
    """Tell a role somebody has ("müdür yardımcısıyım") from one they speak of."""
    named = reading.words[mention.first : mention.last + 2]
    return any(re.search(r"(?:y?[iu]m|m|[iu]m[iu]z|y[iu]z|sym|ysym|ym)$", w.text) for w in named)
