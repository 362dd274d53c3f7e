"""Where a fact comes from, as a part of the forms that state one."""

from typing import Any

from django import forms

from bot.knowledge import current
from bot.learning.sources import Citation, document_key

NEW = "yeni"


class SourceForm(forms.Form):
    """A place of a document; a new document is described."""

    document = forms.ChoiceField(label="Kaynak belge")
    document_title = forms.CharField(
        label="Yeni belgenin adı",
        max_length=200,
        required=False,
        help_text="Belge listede yoksa ya da belgenin yeni bir yerini yazıyorsanız.",
    )
    document_short = forms.CharField(label="Yeni belgenin kısa adı", max_length=40, required=False)
    document_date = forms.DateField(
        label="Yeni belgenin tarihi",
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    place = forms.CharField(
        label="Belgenin neresinde", max_length=100, help_text="Bölüm, madde ya da sayfa."
    )
    stated = forms.BooleanField(
        label="Bu bilginin orada yazdığını gördüm; listede yoksa eklensin", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the documents there are."""
        super().__init__(*args, **kwargs)
        field = self.fields["document"]
        assert isinstance(field, forms.ChoiceField)
        known = [(key, found.title) for key, found in current().documents.items()]
        field.choices = [("", "Seçin"), (NEW, "Yeni belge"), *known]

    def clean(self) -> dict[str, Any]:
        """Want a new document described."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("document") == NEW:
            for name in ("document_title", "document_short", "document_date"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "Yeni bir belge için yazın.")
        return cleaned

    def citation(self) -> Citation:
        """Return the source of a valid form."""
        found = self.cleaned_data
        title, key = found["document_title"], found["document"]
        date = found["document_date"].isoformat() if found["document_date"] else ""
        if key == NEW:
            key = document_key(title, date)
        short, place = found["document_short"], found["place"]
        return Citation(key, place, title, short, date, stated=found["stated"])
