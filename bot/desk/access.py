"""Who may open a page. Signing in is asked for everywhere (Django's own middleware)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def needs(permission: str) -> Callable[[View], View]:
    """Open a page only to those who have a permission of the desk; others get 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def handle(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
            if not may(request, permission):
                raise PermissionDenied
            return view(request, *arguments, **named)

        return cast(View, handle)

    return guard


def open_to_all(view: View) -> View:
    """Open a page to those who have not signed in."""
    view.login_required = False  # type: ignore[attr-defined] # what Django's own decorator sets
    return view


def may(request: HttpRequest, permission: str) -> bool:
    """Tell whether the person of a request has a permission of the desk."""
    return request.user.has_perm(f"desk.{permission}")


def person(request: HttpRequest) -> User:
    """Return who is signed in; the middleware has seen to it that somebody is."""
    return cast(User, request.user)
