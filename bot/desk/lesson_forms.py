"""What people write into the pages of teaching, held to the rules of the training data."""

import datetime
from collections import defaultdict
from typing import Any

from django import forms
from django.contrib.auth.models import User

from bot.clock import today
from bot.desk.forms import LinesField
from bot.desk.labels import SMALL_TALK
from bot.desk.source_forms import SourceForm
from bot.knowledge import KnowledgeError, current
from bot.learning import LearningError
from bot.learning.entries import Draft, chapter_of
from bot.learning.health import REVIEW_AFTER
from bot.learning.proposals import LEAST_FOR_ENTRY, Proposal
from bot.learning.teaching import RefusedProposalsError, checked_teaching

MAX_PHRASES = 40
MAX_ANSWER = 4_000
TITLE_LENGTH = 40
MOVE = "Cümle başka bir kayıttaysa oradan buraya taşı"


def targets(likely: list[str] | None = None) -> list[tuple[str, Any]]:
    """Return what a phrase may belong to, by chapter; the likely ones first."""
    base = current()
    titles = {key: f"{entry.title} ({key})" for key, entry in base.entries.items()}
    titles |= {key: f"{flow.title} ({key})" for key, flow in base.flows.items()}
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key in base.entries:
        groups[chapter_of(key)].append((key, titles[key]))
    near = [(key, titles[key]) for key in likely or () if key in titles]
    return [
        ("", "Seçin"),
        *([("Asistanın tahmini", near)] if near else []),
        *((f"Bölüm: {chapter}", choices) for chapter, choices in groups.items()),
        ("Adım adım hesaplar", [(key, titles[key]) for key in base.flows]),
        ("Kayda bağlı olmayanlar", list(SMALL_TALK.items())),
    ]


class LessonForm(forms.Form):
    """What is common to phrases and new entries; `case` is where they come from."""

    phrases = LinesField(
        label="Öğretmenlerin cümleleri",
        help_text="Her satıra bir cümle: öğretmenlerin yazdığı gibi, birbirine benzemeyen. "
        "Ad, numara, e-posta yazmayın.",
        max_length=8_000,
    )
    move = forms.BooleanField(label=MOVE, required=False)

    def __init__(self, *args: Any, author: User, **kwargs: Any) -> None:
        """Take who writes it."""
        super().__init__(*args, **kwargs)
        self._author = author

    def clean_phrases(self) -> list[str]:
        """Refuse too many at once."""
        found: list[str] = self.cleaned_data["phrases"]
        if len(found) > MAX_PHRASES:
            self.add_error("phrases", f"Bir seferde en çok {MAX_PHRASES} cümle yazın.")
        return found

    def clean(self) -> dict[str, Any]:
        """Hold it to every rule that needs no training."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            checked_teaching(self._author.get_username(), self.proposals(), self.drafts())
        except RefusedProposalsError as error:
            for finding in error.findings:
                self.add_error("phrases", f"“{finding.text}”: {finding.message}.")
        except (KnowledgeError, LearningError) as error:
            self.add_error(None, str(error))
        return cleaned

    def proposals(self) -> list[Proposal]:
        """Return the phrases of a valid form."""
        return []

    def drafts(self) -> list[Draft]:
        """Return the new entry of a valid form."""
        return []


class PhraseForm(LessonForm):
    """Phrases that belong to an entry there is."""

    target = forms.ChoiceField(label="Hangi kayda ait", choices=targets)
    field_order = ("phrases", "target", "move")

    def __init__(self, *args: Any, likely: list[str] | None = None, **kwargs: Any) -> None:
        """Offer the likely entries first."""
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = targets(likely)

    def proposals(self) -> list[Proposal]:
        """Return each phrase with its entry."""
        found = self.cleaned_data
        return [Proposal(text, found["target"], found["move"]) for text in found["phrases"]]


class EntryForm(LessonForm, SourceForm):
    """A new entry."""

    chapter = forms.ChoiceField(label="Bölüm")
    title = forms.CharField(
        label="Başlık",
        max_length=TITLE_LENGTH,
        help_text=f"Düğmede görünür; en çok {TITLE_LENGTH} karakter.",
    )
    answer = forms.CharField(
        label="Yanıt",
        max_length=MAX_ANSWER,
        widget=forms.Textarea({"rows": 8}),
        help_text="**kalın**, - liste, [bağlantı](https://…) yazabilirsiniz.",
    )
    review_by = forms.DateField(
        label="Gözden geçirme günü",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text="Bu günden sonra “Bilginin sağlığı” sayfasında görünür.",
    )
    field_order = ("chapter", "title", "answer", *SourceForm.base_fields, "review_by", "phrases")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the chapters there are; a review in a year."""
        super().__init__(*args, **kwargs)
        chapter, phrases = self.fields["chapter"], self.fields["phrases"]
        assert isinstance(chapter, forms.ChoiceField)
        chapter.choices = _chapters()
        phrases.help_text = f"En az {LEAST_FOR_ENTRY} satır. {phrases.help_text}"
        self.fields["review_by"].initial = _in_a_year

    def drafts(self) -> list[Draft]:
        """Return the entry."""
        found = self.cleaned_data
        return [
            Draft(
                found["chapter"],
                found["title"],
                found["answer"].replace("\r\n", "\n"),
                (self.citation(),),
                found["review_by"].isoformat(),
                tuple(found["phrases"]),
                move=found["move"],
            )
        ]


def _chapters() -> list[tuple[str, str]]:
    """Return the chapters, each with an example of what it holds."""
    first: dict[str, str] = {}
    for key, entry in current().entries.items():
        first.setdefault(chapter_of(key), entry.title)
    return [("", "Seçin"), *((key, f"{key} ({title} …)") for key, title in first.items())]


def _in_a_year() -> datetime.date:
    return today() + REVIEW_AFTER
