"""The addresses. Each is in the table of `tests/desk/test_access.py`."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.generic import RedirectView

from bot.desk.access import open_to_all
from bot.desk.views import (
    account,
    canned,
    case,
    errors,
    office,
    privacy,
    queue,
    replies,
    reports,
    steps,
    users,
)

handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken

_CASE = "vaka/<slug:reference>"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="queue"), name="home"),
    path("saglik/", account.health, name="health"),
    path("giris/", account.SignIn.as_view(), name="login"),
    # An ended session may be left, too.
    path("cikis/", open_to_all(LogoutView.as_view()), name="logout"),
    path("parola/", account.ChangePassword.as_view(), name="change-password"),
    path(
        "parola/belirle/<uidb64>/<token>/",
        account.ChoosePassword.as_view(),
        name="choose-password",
    ),
    path("kuyruk/", queue.queue, name="queue"),
    path("kuyruk/sayilar/", queue.queue_counts, name="queue-counts"),
    path(f"{_CASE}/", case.case, name="case"),
    path(f"{_CASE}/konusma/", case.transcript, name="transcript"),
    path(f"{_CASE}/goster/", case.show_personal, name="show-personal"),
    path(f"{_CASE}/onizle/", replies.preview, name="preview"),
    path(f"{_CASE}/yanit/", replies.reply, name="reply"),
    path(f"{_CASE}/yanit/<slug:reply_id>/yeniden/", replies.send_again, name="send-again"),
    path(f"{_CASE}/ustlen/", steps.take, name="take"),
    path(f"{_CASE}/birak/", steps.release, name="release"),
    path(f"{_CASE}/ata/", steps.assign, name="assign"),
    path(f"{_CASE}/not/", steps.note, name="note"),
    path(f"{_CASE}/beklet/", steps.wait, name="wait"),
    path(f"{_CASE}/tekrar/", steps.duplicate, name="duplicate"),
    path(f"{_CASE}/kapat/", steps.close, name="close"),
    path(f"{_CASE}/ac/", steps.reopen, name="reopen"),
    path(f"{_CASE}/devral/", steps.take_over, name="take-over"),
    path(f"{_CASE}/geri-ver/", steps.give_back, name="give-back"),
    path("hazir-yanitlar/", canned.canned, name="canned"),
    path("hazir-yanitlar/yeni/", canned.canned_new, name="canned-new"),
    path("hazir-yanitlar/<int:number>/", canned.canned_edit, name="canned-edit"),
    path("hazir-yanitlar/<int:number>/sil/", canned.canned_delete, name="canned-delete"),
    path("raporlar/", reports.reports, name="reports"),
    path("raporlar/<slug:name>.csv", reports.report_file, name="report-file"),
    path("gizlilik/", privacy.privacy, name="privacy"),
    path("gizlilik/disa-aktar/", privacy.privacy_export, name="privacy-export"),
    path("gizlilik/sil/", privacy.privacy_erase, name="privacy-erase"),
    path("kayit/", office.log, name="log"),
    path("kullanicilar/", users.users, name="users"),
    path("kullanicilar/yeni/", users.user_new, name="user-new"),
    path("kullanicilar/<int:number>/", users.user_edit, name="user-edit"),
    path("kullanicilar/<int:number>/baglanti/", users.user_link, name="user-link"),
    path("ayarlar/", office.office, name="office"),
]
