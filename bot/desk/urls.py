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
    facts,
    health,
    office,
    privacy,
    queue,
    replies,
    reports,
    steps,
    teaching,
    users,
)

handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken

_CASE = "vaka/<slug:reference>"
_TEACHING = "ogretme/gecmis/<slug:teaching>"

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
    path("ogretme/", teaching.teaching, name="teaching"),
    path("ogretme/cumle/", teaching.teach_phrase, name="teach-phrase"),
    path("ogretme/kayit/", teaching.teach_entry, name="teach-entry"),
    path("ogretme/oneri/<int:number>/onayla/", teaching.proposal_approve, name="proposal-approve"),
    path("ogretme/oneri/<int:number>/reddet/", teaching.proposal_reject, name="proposal-reject"),
    path("ogretme/baslat/", teaching.teaching_start, name="teaching-start"),
    path("ogretme/geri-al/", teaching.teaching_undo, name="teaching-undo"),
    path("ogretme/masadan.patch", teaching.teaching_patch, name="teaching-patch"),
    path(f"{_TEACHING}/", teaching.teaching_one, name="teaching-one"),
    path(f"{_TEACHING}/yeniden/", teaching.teaching_again, name="teaching-again"),
    path(f"{_TEACHING}/onerileri-al/", teaching.teaching_take_back, name="teaching-take-back"),
    path("bilgiler/", facts.facts, name="facts"),
    path("bilgiler/duyuru/", facts.fact_banner, name="fact-banner"),
    path("bilgiler/duyuru/kaldir/", facts.fact_banner_clear, name="fact-banner-clear"),
    path("bilgiler/takvim/<slug:event>/", facts.fact_day, name="fact-day"),
    path(
        "bilgiler/takvim/<slug:event>/<int:year>/kaldir/",
        facts.fact_day_clear,
        name="fact-day-clear",
    ),
    path("bilgiler/sayi/<slug:rule>/<slug:figure>/", facts.fact_figure, name="fact-figure"),
    path(
        "bilgiler/sayi/<slug:rule>/<slug:figure>/<int:year>/kaldir/",
        facts.fact_figure_clear,
        name="fact-figure-clear",
    ),
    path("bilgiler/koordinatorler/", facts.coordinators, name="coordinators"),
    path("bilgiler/koordinatorler/al/", facts.coordinators_import, name="coordinators-import"),
    path("bilgiler/koordinatorler/gizle/", facts.coordinators_hide, name="coordinators-hide"),
    path("bilginin-sagligi/", health.knowledge_health, name="knowledge-health"),
    path("bilginin-sagligi/dogru/", health.health_right, name="health-right"),
    path("bilginin-sagligi/degissin/", health.health_change, name="health-change"),
    path("bilginin-sagligi/baglantilar/", health.health_links, name="health-links"),
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
