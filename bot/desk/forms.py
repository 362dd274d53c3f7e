"""What people write into the desk, checked."""

import datetime
import re
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from bot.desk.codes import Closing, Role
from bot.desk.models import CannedAnswer, Note, Office
from bot.desk.reports.figures import Period
from bot.desk.roles import DUTIES, display_name, who_may

MAX_REPLY = 4_000
MAX_REPORT_DAYS = 400
WEEKDAYS = tuple(
    enumerate(("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"))
)


class ReplyForm(forms.Form):
    """An answer to the teacher. `reply_id` makes it arrive once, `version` guards it."""

    reply_id = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Yanıt",
        max_length=MAX_REPLY,
        widget=forms.Textarea({"rows": 8}),
        help_text="**kalın**, - liste, [bağlantı](https://…) yazabilirsiniz.",
    )
    waits = forms.BooleanField(label="Vakayı kapatma, öğretmenin yazmasını bekle", required=False)
    also = forms.MultipleChoiceField(
        label="Bu yanıtı aynı soruyu soranlara da gönder",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class NoteForm(forms.ModelForm):
    """A note for the staff."""

    class Meta:
        model = Note
        fields = ("text",)
        widgets = {"text": forms.Textarea({"rows": 3})}


class CloseForm(forms.Form):
    """Why a case is closed; a duplicate has a form of its own."""

    closing = forms.ChoiceField(
        label="Kapatma nedeni",
        choices=[choice for choice in Closing.choices if choice[0] != Closing.DUPLICATE],
    )


class DuplicateForm(forms.Form):
    """Which case this one repeats."""

    of = forms.CharField(label="Asıl vakanın takip kodu", max_length=20)


class AssignForm(forms.Form):
    """To whom a case goes."""

    to = forms.ModelChoiceField(User.objects.none(), label="Kime", empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer those who may answer."""
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=[user.pk for user in who_may("answer_cases")])
        field.label_from_instance = display_name  # type: ignore[method-assign,assignment]


class CannedForm(forms.ModelForm):
    """A text the staff often send."""

    class Meta:
        model = CannedAnswer
        fields = ("title", "text")


class UserForm(forms.ModelForm):
    """Somebody who works here, and what they may do."""

    roles = forms.MultipleChoiceField(
        label="Roller",
        choices=[(role.value, f"{role.label}: {DUTIES[role]}") for role in Role],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "is_active")
        labels = {"is_active": "Hesap açık"}
        help_texts = {
            "username": "Harf, rakam ve @ . + - _ içerebilir.",
            "is_active": "Kapatılan hesapla giriş yapılamaz; geçmişi kalır.",
        }


class LinesField(forms.CharField):
    """Several values, one a line."""

    widget = forms.Textarea({"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Return the lines that hold something."""
        text = super().clean(value) or ""
        return [line.strip() for line in str(text).splitlines() if line.strip()]


class OfficeForm(forms.ModelForm):
    """How the office works."""

    weekdays = forms.TypedMultipleChoiceField(
        label="Çalışma günleri",
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    closed_days = LinesField(
        label="Ek tatil günleri",
        required=False,
        help_text="Her satıra bir gün: 2026-12-31. Resmî tatiller kendiliğinden sayılır.",
    )
    summary_to = LinesField(
        label="Günlük özeti alacak e-posta adresleri",
        required=False,
        help_text="Her satıra bir adres. BOT_SMTP_URL ayarlıysa her gece gönderilir.",
    )

    class Meta:
        model = Office
        fields = (
            "opens_at",
            "closes_at",
            "weekdays",
            "answer_hours",
            "closed_days",
            "silence_hours",
            "summary_to",
        )
        widgets = {
            "opens_at": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "closes_at": forms.TimeInput({"type": "time"}, format="%H:%M"),
        }

    def clean_closed_days(self) -> list[str]:
        """Refuse what is no day."""
        return sorted({_day(line) for line in self.cleaned_data["closed_days"]})

    def clean_summary_to(self) -> list[str]:
        """Refuse what is no address."""
        address = EmailValidator("Bu satırlardan biri e-posta adresi değil.")
        for line in self.cleaned_data["summary_to"]:
            address(line)
        return list(self.cleaned_data["summary_to"])

    def clean(self) -> dict[str, Any]:
        """Refuse hours that end before they begin."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", "Mesai bitişi başlangıcından sonra olmalı.")
        for name in ("answer_hours", "silence_hours"):
            if cleaned.get(name) is not None and not 1 <= cleaned[name] <= 500:
                self.add_error(name, "1 ile 500 arasında bir sayı yazın.")
        return cleaned


class PeriodForm(forms.Form):
    """Which days, and which channel, a report counts."""

    first = forms.DateField(label="İlk gün", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    last = forms.DateField(label="Son gün", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    channel = forms.ChoiceField(label="Kanal", required=False)

    def __init__(self, *args: Any, channels: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the channels there are."""
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Hepsi"), *channels]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, or is too long."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not 0 <= (last - first).days < MAX_REPORT_DAYS:
            self.add_error(
                "last", f"Son gün ilk günden sonra, en çok {MAX_REPORT_DAYS} gün içinde olmalı."
            )
        return cleaned

    def period(self) -> Period:
        """Return the period of a valid form."""
        found = self.cleaned_data
        return Period(found["first"], found["last"], found["channel"])


class PersonForm(forms.Form):
    """Whose data are meant."""

    who = forms.CharField(
        label="Takip kodu, oturum ya da sohbet kimliği",
        max_length=2_000,
        help_text="Takip kodu K7F2-9QXM gibidir. Sayfanın oturumu ya da Telegram sohbet "
        "kimliği de olur.",
    )

    def clean_who(self) -> str:
        """Take the spaces away that copying brings."""
        return re.sub(r"\s+", " ", self.cleaned_data["who"]).strip()


def _day(line: str) -> str:
    try:
        return datetime.date.fromisoformat(line).isoformat()
    except ValueError:
        raise ValidationError(f"“{line}” bir gün değil. 2026-12-31 gibi yazın.") from None
