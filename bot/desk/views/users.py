"""Who works here, and with which roles."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.http import require_POST, require_safe

from bot.desk.access import needs, person
from bot.desk.audit import record
from bot.desk.codes import Action, Role
from bot.desk.forms import UserForm
from bot.desk.roles import give_roles, roles_of

OWN_LEAD = "Kendi hesabınızı kapatamaz, kendi yöneticiliğinizi kaldıramazsınız."


@require_safe
@needs("manage_users")
def users(request: HttpRequest) -> HttpResponse:
    """List the users."""
    everybody = User.objects.prefetch_related("groups").order_by("-is_active", "username")
    rows = [(user, [role.label for role in roles_of(user)]) for user in everybody]
    return render(request, "desk/users.html", {"rows": rows})


@needs("manage_users")
def user_new(request: HttpRequest) -> HttpResponse:
    """Add a user; the password is chosen by themselves, behind a link."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save(commit=False)
        user.set_unusable_password()
        user.save()
        roles = _give(user, form)
        record(person(request), Action.USER_ADDED, subject=f"{user.username}: {roles}")
        return _show_link(request, user)
    return _form(request, form, "Yeni kullanıcı")


@needs("manage_users")
def user_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a user; nobody shuts themselves out."""
    user = get_object_or_404(User, pk=number)
    first = {"roles": [role.value for role in roles_of(user)]}
    form = UserForm(request.POST or None, instance=user, initial=first)
    if request.method == "POST" and form.is_valid():
        stays = form.cleaned_data["is_active"] and Role.LEAD in form.cleaned_data["roles"]
        if user == person(request) and not stays:
            form.add_error(None, OWN_LEAD)
        else:
            form.save()
            roles = _give(user, form)
            state = "" if user.is_active else ", hesap kapalı"
            subject = f"{user.username}: {roles}{state}"
            record(person(request), Action.USER_CHANGED, subject=subject)
            messages.success(request, "Kullanıcı saklandı.")
            return redirect("users")
    return _form(request, form, user.get_username(), user)


@require_POST
@needs("manage_users")
def user_link(request: HttpRequest, number: int) -> HttpResponse:
    """Make a link by which a user chooses a new password."""
    return _show_link(request, get_object_or_404(User, pk=number, is_active=True))


def _show_link(request: HttpRequest, user: User) -> HttpResponse:
    record(person(request), Action.LINK_MADE, subject=user.get_username())
    number = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("choose-password", args=[number, default_token_generator.make_token(user)])
    context = {"user_of_link": user, "link": request.build_absolute_uri(path)}
    return render(request, "desk/user_link.html", context)


def _give(user: User, form: UserForm) -> str:
    roles = [Role(value) for value in form.cleaned_data["roles"]]
    give_roles(user, roles)
    return ", ".join(role.label for role in roles)


def _form(
    request: HttpRequest, form: UserForm, title: str, user: User | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "button": "Sakla",
        "back": "users",
        "link_for": user if user and user.is_active else None,
    }
    return render(request, "desk/form.html", context)
