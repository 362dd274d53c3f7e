"""What is shown when a page cannot be."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bot.desk.access import open_to_all


@open_to_all
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell that a form was too old, or came from elsewhere."""
    return _error(
        request,
        403,
        "Form gönderilemedi",
        "Bu form eskimiş ya da başka bir siteden gelmiş. Sayfayı yenileyip yeniden deneyin.",
    )


@open_to_all
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that somebody's role does not open this page."""
    return _error(
        request,
        403,
        "Bu sayfaya yetkiniz yok",
        "Rolünüz bu işleme izin vermiyor. Gerekiyorsa yöneticinizden rol isteyin.",
    )


@open_to_all
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that there is no such page."""
    return _error(
        request, 404, "Sayfa bulunamadı", "Adres yanlış olabilir ya da kayıt silinmiş olabilir."
    )


@open_to_all
def broken(request: HttpRequest) -> HttpResponse:
    """Tell that the mistake is ours."""
    return _error(
        request,
        500,
        "Bir sorun oluştu",
        "Sorun bizde; ayrıntısı kayıtlarda. Birazdan yeniden deneyin.",
    )


def _error(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "desk/error.html", {"title": title, "text": text}, status=status)
