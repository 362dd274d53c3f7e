"""The facts of akis-uyelik: who someone is and where they work."""

import datetime

from actions.flows.base import Fact, Facts
from actions.flows.reading import Reading
from actions.rules import uyelik
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures

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
_I_AM = r"(?:im|yim|um|yum|iyim)$"


class Uyelik:
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
            "Eğitim fakülteniz eTwinning TTI sürecine katılıyor mu?",
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
        Fact("working", "Şu anda bir okulda çalışıyor musunuz?", "Evet ya da hayır.", "çalışıyor"),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return role, institution and what matters about them."""
        facts: Facts = {}
        if role := _role(reading):
            facts["role"] = role
        if institution := _institution(reading):
            facts["institution"] = institution
        if (
            reading.asked == "role"
            and not facts
            and reading.short
            and reading.matches(r"\bbask\w*|diger")
        ):
            facts["role"] = "baska"
        if (
            reading.asked == "institution"
            and "institution" not in facts
            and reading.matches(r"\bbask\w*|diger")
        ):
            facts["institution"] = "baska"
        if reading.asked == "institution" and reading.matches(r"^devlet\w*$|^meb\w*$"):
            facts["institution"] = "meb-okulu"
        works = reading.matches(r"\b(?:calisiyor\w*|calissam|donsem|gorevdeyim)\b")
        if known.get("working") is False and works:
            facts["working"] = True
        elif reading.sign("calismiyor") and facts.get("role", known.get("role", "ogretmen")) in {
            "ogretmen",
            "yonetici",
        }:
            facts["working"] = False
            facts.setdefault("role", known.get("role", "ogretmen"))
        elif reading.asked == "working" and reading.no:
            facts["working"] = False
        if reading.asked == "tti" or reading.sign("tti"):
            denied = reading.matches(
                r"tti\w* (?:\w+ ){0,6}(?:degil|yok|almiyor|katilmiyor|girmemis|katilmamis)\w*"
            ) or (reading.asked == "tti" and reading.no)
            if denied:
                facts["tti"] = False
            elif reading.sign("tti") or reading.yes:
                facts["tti"] = True
        role = facts.get("role", known.get("role"))
        if role == "yonetici" and (reading.sign("grup") or reading.asked == "pupil_group"):
            denied = (
                (reading.asked == "pupil_group"
                and reading.no)
                or reading.matches(
                    r"(?:grub|grup|sinif|ogrenci|ders)\w* (?:\w+ ){0,2}(?:yok|olmadan|girmiyorum|almadan|degil|katilmaya\w*)\b"
                )
            )
            if denied:
                facts["pupil_group"] = False
            elif reading.sign("grup") or reading.yes:
                facts["pupil_group"] = True
        elif role == "yonetici" and reading.matches(r"\b\d{1,2}-?[a-h]\b"):
            facts["pupil_group"] = True  # "7-B ile"
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.uyelik`."""
        return uyelik.judge(uyelik.Facts(**facts))


def _role(reading: Reading) -> str | None:
    found = reading.of("gorev")
    if not found:
        if reading.matches(r"\bfakultes\w* (?:\w+ ){0,3}(?:okuyo\w*|sinif\w*)"):
            return "egitim-fakultesi-ogrencisi"
        if reading.of("kurum") and reading.matches(
            r"\b(?:giriyor\w*|veriyor\w*|ders\w*|calistir\w*)"
        ):
            return "ogretmen"
        return None
    if reading.matches(r"\bokuyorum\b|\bokumaktayim\b") and reading.of("kurum"):
        return "egitim-fakultesi-ogrencisi"
    if reading.matches(
        r"\bogrenci(?:ler)?(?:im|imiz|lerim)\w* (?:\w+ ){0,4}(?:hesa[bp]\w*|kayit|kaydol\w*)"
    ):
        return "ogrenci"
    values = {mention.value for mention in found}
    # Who says "…im" speaks of themselves: "ücretli öğretmenim", "müdür yardımcısıyım".
    own = [
        mention.value
        for mention in found
        if any(
            reading.words[i].text.endswith(("im", "yim", "um", "yum", "imiz"))
            for i in range(mention.first, mention.last + 1)
        )
    ]
    if reading.what_if and own == [] and len(values) > 1:
        own = [found[-1].value]
    chosen = set(own) or values
    if "ogretmen" in chosen and "baska" in values:
        chosen.add("baska")
    if "ogrenci" in chosen and "egitim-fakultesi-ogrencisi" in values:
        chosen.add("egitim-fakultesi-ogrencisi")
    if reading.matches(r"\bogretmenlig\w*\b") and reading.matches(
        r"\bokuyo\w*|\bogrenci\w*|\b[1-4] sinif\w*"
    ):
        return "egitim-fakultesi-ogrencisi"
    return next((role for role in _FIRST if role in chosen), None)


def _institution(reading: Reading) -> str | None:
    found = [mention.value for mention in reading.of("kurum")]
    if not found:
        return None
    for value in ("yetiskin-egitimi", "baska-fakulte", "egitim-fakultesi", "ozel-okul"):
        if value in found:
            return value
    if "baska" in found:
        # "Üniversite" alone says nothing of the faculty.
        others = [m for m in reading.of("kurum") if m.value == "baska"]
        if all(reading.words[m.first].text.startswith("universite") for m in others):
            rest = [value for value in found if value != "baska"]
            return rest[0] if rest else None
        return "baska"
    return str(found[0])
