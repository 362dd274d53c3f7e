"""The facts of akis-hizmet-puani: which document."""

import datetime

from actions.flows.base import Fact, Facts, Flow
from actions.flows.cues import phrases
from actions.flows.reading import Reading
from actions.rules import hizmet_puani
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures

_DOCUMENTS = {
    "ulusal-kalite-etiketi": "Ulusal Kalite Etiketi",
    "avrupa-kalite-etiketi": "Avrupa Kalite Etiketi",
    "proje-kayit-belgesi": "proje kayıt belgesi",
    "egitim-sertifikasi": "eğitim sertifikası",
    "baska": "başka bir belge",
}

_OTHER = phrases(
    """
    konferans*
    basari belge*
    tesekkur*
    plaket*
    odul*
    okul* etiket*
    etwinning okul*
    koordinatorluk*
    calistay*
    """
)


class HizmetPuani(Flow):
    """Does this document count for service points?"""

    id = hizmet_puani.FLOW
    main = "document"
    facts = (
        Fact(
            "document",
            "Hangi belge?",
            "Örneğin: Ulusal Kalite Etiketi.",
            "belge",
            tuple(_DOCUMENTS.values()),
            _DOCUMENTS,
        ),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return the document a message names."""
        if reading.asked == "document" and reading.unknown:
            return {}
        values = [mention.value for mention in reading.of("belge")]
        if not values:
            other = reading.asked == "document" and reading.matches(
                r"\bbask\w*|\bdiger\b|\bbelge\w*|\bsertifika\w*|\byazi\w*"
            )
            return {"document": "baska"} if other else {}
        if reading.what_if or reading.correction:
            return {"document": values[-1]}
        for value in ("avrupa-kalite-etiketi", "proje-kayit-belgesi"):
            if value in values:
                return {"document": value}
        if "baska" in values and _OTHER.search(reading.folded):
            return {"document": "baska"}
        for value in ("ulusal-kalite-etiketi", "egitim-sertifikasi"):
            if value in values:
                return {"document": value}
        return {"document": "baska"}

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.hizmet_puani`."""
        return hizmet_puani.judge(hizmet_puani.Facts(**facts))
