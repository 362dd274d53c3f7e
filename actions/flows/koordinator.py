"""The facts of akis-koordinator: which province, and whether a phone is asked for."""

import datetime
import re

from actions.flows.base import Fact, Facts, Flow
from actions.flows.reading import Reading
from actions.rules import koordinator
from actions.rules.verdict import Verdict
from bot.knowledge.current import coordinators, current
from bot.knowledge.figures import Figures
from bot.knowledge.rendering import coordinators_page, support_address
from bot.nlu.places import places_in
from bot.text.fold import normalize
from bot.text.masking import LONG_NUMBER

#: "Benim numaram 0532…", "telefonumu yazayım": no question for the coordinator's.
_OWN_PHONE = re.compile(r"\b(?:numara|telefonu|cebi|cep telefonu)m(?:[iu]\w*|[ae])?\b")


#: "Koordinatör cevap vermiyor", "hocaya ulaşamıyorum", "telefonu açmıyor".
_NO_ANSWER = re.compile(
    r"\b(?:cevap|yanit|ses|donus)\w*(?: \w+)? (?:ver(?:mi|me|med)|gelm|yok|yapm|cikm|etm)\w*|"
    r"\bulasam\w*|\bacm[ia]\w*|\bdonm[eu]\w*|\bcevaplam[ai]\w*"
)


def _tells_own_phone(reading: Reading) -> bool:
    return bool(_OWN_PHONE.search(reading.folded) or LONG_NUMBER.search(reading.text))


def _people_named(reading: Reading) -> tuple[set[int], list[list[str]]]:
    """Return the places of the words that name a coordinator, and that one's province.

    A surname may be a district's name too: Bircan Keleş is asked about, not Keles.
    """
    texts = [word.text for word in reading.words]
    places: set[int] = set()
    provinces: list[list[str]] = []
    for record in coordinators():
        parts = normalize(record.name).split()
        for start in range(len(texts) - len(parts) + 1):
            pairs = zip(parts, texts[start:], strict=False)
            if len(parts) > 1 and all(text.startswith(part) for part, text in pairs):
                places.update(range(start, start + len(parts)))
                provinces.append([record.province])
    return places, provinces[:1]


class Koordinator(Flow):
    """How do I reach the coordinator of my province?"""

    id = koordinator.FLOW
    main = "province"
    asked_of_a_person = re.compile(
        r"\b(?:e ?posta|mail|ad[iu](?:n[iu])?\b|ism[iu]|isim|soyad|numara|telefon|adres|sayfa|"
        r"iletisim|ulas|bul[au]|guncel|yaz|kim\b|kimd|kimmis)\w*"
    )
    facts = (
        Fact(
            "province",
            "Hangi ilde görev yapıyorsunuz?",
            "Örneğin: Mersin; ilçe ya da plaka da yazabilirsiniz.",
            "il",
        ),
        Fact(
            "phone", "Telefon mu arıyorsunuz?", "Evet ya da hayır.", "telefon soruldu", silent=True
        ),
        Fact("unanswered", "Yanıt gelmedi mi?", "Evet ya da hayır.", "yanıt gelmedi", silent=True),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return the province; names of several narrow each other ("Ereğli, Konya")."""
        facts: Facts = {}
        named, own = _people_named(reading)
        found = [m.value for m in reading.of("il") if m.first not in named] or own
        if not found:
            found = [mention.value for mention in places_in(reading.words, alone=True)]
        if found:
            chosen, narrowed = found[0], False
            for names in found[1:]:
                both = [name for name in names if name in chosen]
                if both:
                    chosen, narrowed = both, True
                elif not narrowed:
                    chosen = names  # "Hatay'dan Kilis'e tayin oldum"
            earlier = known.get("provinces_offered") or []
            chosen = [name for name in chosen if name in earlier] or chosen
            if len(chosen) == 1:
                facts["province"] = chosen[0]
                facts["provinces_offered"] = None
            else:
                facts["provinces_offered"] = chosen
                facts["province"] = None
        if reading.sign("telefon") and not _tells_own_phone(reading):
            facts["phone"] = True
        if _NO_ANSWER.search(reading.folded):
            facts["unanswered"] = True
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.koordinator` and the directory as it is now."""
        page = coordinators_page(current())
        name = facts.get("province")
        asked = koordinator.Facts(
            (name,) if name else (), bool(facts.get("phone")), bool(facts.get("unanswered"))
        )
        return koordinator.judge(asked, coordinators(), page, support_address(current()), today)
