"""What every request and every log line goes through."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bot.text.masking import mask

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

Answer = Callable[[HttpRequest], HttpResponse]


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


def address_of(request: HttpRequest) -> str:
    """Return the address a request comes from: the proxy's word, if one stands before us."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE else ""
    # The last part is the proxy's own; the ones before it anybody can write.
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


class Masked(logging.Filter):
    """Takes personal data out of a log line; what it was made from is dropped."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the message in place."""
        record.msg, record.args = mask(record.getMessage()), ()
        return True
