"""Signing in, and one's own password."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import (
    LoginView,
    PasswordChangeView,
    PasswordResetConfirmView,
)
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from bot.desk.access import open_to_all, person
from bot.desk.audit import record
from bot.desk.codes import Action
from bot.desk.models import ReadingState


class SignIn(LoginView):
    """The first page."""

    template_name = "desk/login.html"
    redirect_authenticated_user = True


class ChangePassword(PasswordChangeView):
    """One's own password."""

    template_name = "desk/password.html"
    success_url = reverse_lazy("queue")

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        """Log it and say so."""
        answer = super().form_valid(form)
        record(person(self.request), Action.PASSWORD_SET)
        messages.success(self.request, "Parolanız değişti.")
        return answer


class ChoosePassword(PasswordResetConfirmView):
    """A new colleague's first password, behind the link that a lead hands over."""

    template_name = "desk/password.html"
    success_url = reverse_lazy("login")

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        """Log it and say so."""
        answer = super().form_valid(form)
        record(cast(User, form.user), Action.PASSWORD_SET)
        messages.success(self.request, "Parolanız hazır. Şimdi giriş yapabilirsiniz.")
        return answer


@open_to_all
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Tell the supervisor that pages and database answer."""
    ReadingState.objects.exists()
    return HttpResponse("tamam", content_type="text/plain; charset=utf-8")
