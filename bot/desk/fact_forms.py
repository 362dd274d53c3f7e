"""What people write into the pages of dated facts."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from bot.desk.source_forms import SourceForm
from bot.knowledge.banner import TEXT_MAX
from bot.knowledge.coordinators import MAX_BYTES
from bot.learning.edits import Edit
from bot.learning.facts import import_coordinators, set_banner, set_day, set_figure

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOMENT = "2026-11-20 ya da 2026-11-20 14:30; boş bırakılabilir."


class NoteForm(forms.Form):
    """Why something is changed."""

    note = forms.CharField(label="Neden", max_length=300, required=False)


class DayForm(SourceForm, NoteForm):
    """An event's day of a year."""

    year = forms.IntegerField(label="Yıl", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    day = forms.DateField(label="Gün", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    field_order = ("year", "day")

    def save(self, by: str, event: str) -> Edit:
        """Make it live.

        Raises:
            LearningError, KnowledgeError: as `set_day` does.
        """
        found = self.cleaned_data
        return set_day(by, event, found["year"], found["day"], self.citation(), found["note"])


class FigureForm(SourceForm, NoteForm):
    """A rule's figure for the years its source speaks of."""

    value = forms.IntegerField(label="Değer", min_value=0, max_value=1_000_000)
    first = forms.IntegerField(label="İlk yıl", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    until = forms.IntegerField(label="Son yıl", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    field_order = ("value", "first", "until")

    def clean(self) -> dict[str, Any]:
        """Refuse years that end before they begin."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, until = cleaned.get("first"), cleaned.get("until")
        if first and until and until < first:
            self.add_error("until", "Son yıl ilk yıldan önce olamaz.")
        return cleaned

    def save(self, by: str, rule: str, name: str) -> Edit:
        """Make it live.

        Raises:
            LearningError, KnowledgeError: as `set_figure` does.
        """
        found = self.cleaned_data
        years = found["value"], found["first"], found["until"]
        return set_figure(by, rule, name, *years, self.citation(), found["note"])


class BannerForm(NoteForm):
    """The outage notice; without a text there is none."""

    text = forms.CharField(
        label="Duyuru",
        max_length=TEXT_MAX,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Sitedeki pencerede görünür. Kaldırmak için boşaltın.",
    )
    first = forms.CharField(label="Başlangıç", max_length=16, required=False, help_text=MOMENT)
    until = forms.CharField(label="Bitiş", max_length=16, required=False, help_text=MOMENT)
    field_order = ("text", "first", "until")

    def save(self, by: str) -> Edit:
        """Make it live.

        Raises:
            LearningError, KnowledgeError: as `set_banner` does.
        """
        found = self.cleaned_data
        return set_banner(by, found["text"], found["first"], found["until"], found["note"])


class ImportForm(NoteForm):
    """A file of coordinators."""

    file = forms.FileField(
        label="CSV dosyası",
        help_text="Sütunlar: il, ad, telefon, e-posta, kaynak, tarih, gizli. Dosyadaki illerin "
        "eski kayıtları silinir, öteki iller kalır.",
    )
    field_order = ("file", "note")

    def clean_file(self) -> UploadedFile:
        """Refuse what is no directory by its size."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MAX_BYTES:
            self.add_error("file", "Dosya çok büyük.")
        return file

    def save(self, by: str) -> Edit:
        """Make it live.

        Raises:
            LearningError, KnowledgeError: as `import_coordinators` does.
        """
        with tempfile.TemporaryDirectory() as folder:
            # Faults name the file as its owner knows it, without the path.
            path = Path(folder) / Path(self.cleaned_data["file"].name).name
            path.write_bytes(self.cleaned_data["file"].read())
            return import_coordinators(by, path, self.cleaned_data["note"])
