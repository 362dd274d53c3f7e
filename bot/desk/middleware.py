"""What every request goes through."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import middleware as sign_in
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.desk.metrics import REGISTRY

#: Nothing but our own files; no inline script, no inline style.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

METRICS = "/metrics"

Answer = Callable[[HttpRequest], HttpResponse]


def metrics(answer: Answer) -> Answer:
    """Answer Prometheus, which asks a process by its own address and not by the desk's name.

    For inside only: the server in front does not pass it on.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path != METRICS:
            return answer(request)
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)

    return handle


def strict_headers(answer: Answer) -> Answer:
    """Add the headers that no page here needs an exception from."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        if not request.path.startswith(settings.STATIC_URL):
            # Pages hold personal data: nobody on the way keeps them.
            response.setdefault("Cache-Control", "no-store")
        return response

    return handle


def stay_signed_in(answer: Answer) -> Answer:
    """Let a session live on with each page that a person opens, not with what pages ask."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.user.is_authenticated and not _asked_by_itself(request):
            request.session.modified = True
        return response

    return handle


def _asked_by_itself(request: HttpRequest) -> bool:
    """Tell whether a page asks for news of its own accord."""
    return request.method == "GET" and "HX-Request" in request.headers


class SignedIn(sign_in.LoginRequiredMiddleware):  # type: ignore[name-defined] # newer than the stubs
    """Asks whoever has not signed in to do so, and leads back to a page that can be opened."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:
        """Send to the first page; a page that only asks for news keeps what it shows."""
        if _asked_by_itself(request):
            return HttpResponse(status=204)
        if request.method == "POST":
            # The form is lost, its page is not; the browser has kept the reply's draft.
            back = request.headers.get("Referer", "")
            known = url_has_allowed_host_and_scheme(back, {request.get_host()})
            return redirect_to_login(back if known else reverse("home"))
        return redirect_to_login(request.get_full_path())


def address_of(request: HttpRequest) -> str:
    """Return the address a request comes from: the proxy's word, if one stands before us."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE else ""
    # The last part is the proxy's own; the ones before it anybody can write.
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
