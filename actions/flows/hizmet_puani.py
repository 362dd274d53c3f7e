"""The facts of akis-hizmet-puani: which document, or which."""

import datetime
import re

from actions.flows.base import Fact, Facts, Flow
from actions.flows.cues import phrases
from actions.flows.reading import Reading
from actions.rules import hizmet_puani
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures
from bot.nlu.mention import Mention

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


#: What tells that two documents are meant, and not one by two names.
_BOTH = re.compile(r"\b(?:ve|ile|ya da|veya|yoksa|hem|ikisi\w*|hepsi\w*|bi?r? de|bide|arti)\b|,")


def _several(reading: Reading, named: list[Mention]) -> list[str]:
    """Return the documents of a message that asks about more than one."""
    known = [m for m in named if m.value != "baska"]
    values = list(dict.fromkeys(m.value for m in known))
    if len(values) < 2 or reading.what_if or reading.correction:
        return []
    between = reading.words[known[0].last : known[-1].first + 1]
    text = " ".join(word.text + ("," if "," in word.tail else "") for word in between)
    return values if _BOTH.search(text) or reading.matches(r"\bhangi\w*") else []


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
        Fact("also", "", "", "öteki belgeler", words=_DOCUMENTS, silent=True),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return the document a message names."""
        if reading.asked == "document" and reading.unknown:
            return {}
        named = reading.of("belge")
        values = [mention.value for mention in named]
        if several := _several(reading, named):
            return {"document": several[0], "also": several[1:]}
        document = self._document(reading, values)
        return {**document, "also": None} if document and known.get("also") else document

    def _document(self, reading: Reading, values: list[str]) -> Facts:
        """Return the one document that a message means."""
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
