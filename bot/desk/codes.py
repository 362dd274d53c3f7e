"""The codes the desk stores, each with the words people read."""

from django.db.models import TextChoices


class Reason(TextChoices):
    """Why a question went to the staff; the codes are the assistant's own."""

    NO_ANSWER = "no_answer", "Yanıt bulunamadı"
    NONE_FIT = "none_fit", "Seçenekler uymadı"
    NOT_HELPFUL = "not_helpful", "Yanıt işe yaramadı"
    PERSON_WANTED = "person_wanted", "Görevli istedi"
    FLOW_FAILED = "flow_failed", "Adımda takıldı"


class Status(TextChoices):
    """Where a case stands."""

    NEW = "new", "Yeni"
    OPEN = "open", "Üstlenildi"
    WAITING = "waiting", "Bekliyor"
    DONE = "done", "Bitti"


class Closing(TextChoices):
    """Why a case was closed."""

    ANSWERED = "answered", "Yanıtlandı"
    ELSEWHERE = "elsewhere", "Başka yoldan yanıtlandı"
    PASSED_ON = "passed_on", "Başka birime yönlendirildi"
    DUPLICATE = "duplicate", "Tekrar"
    OFF_TOPIC = "off_topic", "Konu dışı"
    SILENT = "silent", "Öğretmen dönmedi"
    ABUSE = "abuse", "Kötüye kullanım"


class Delivery(TextChoices):
    """What became of a reply; the codes are those of the staff channel."""

    SENDING = "sending", "Gönderiliyor"
    STORED = "stored", "Konuşmaya yazıldı"
    SENT = "sent", "İletildi"
    MAILED = "mailed", "E-postayla haber verildi"
    BLOCKED = "blocked", "Öğretmen iletileri engellemiş"
    FAILED = "failed", "İletilemedi"


class Outcome(TextChoices):
    """Where a question stands."""

    OFFERED = "offered", "Seçenek sunuldu, seçilmedi"
    STARTED = "started", "Adımlarda yarım kaldı"
    ANSWERED = "answered", "Yanıtlandı"
    HANDED = "handed", "Görevlilere iletildi"


class ProposalState(TextChoices):
    """Where something somebody wants taught stands."""

    OPEN = "open", "Onay bekliyor"
    APPROVED = "approved", "Onaylandı"
    REJECTED = "rejected", "Reddedildi"
    TAUGHT = "taught", "Eğitime girdi"


class Action(TextChoices):
    """What can be done here."""

    CAME_IN = "came_in", "Giriş yaptı"
    WENT_OUT = "went_out", "Çıkış yaptı"
    PASSWORD_SET = "password_set", "Parolasını değiştirdi"
    TAKEN = "taken", "Vakayı üstlendi"
    RELEASED = "released", "Vakayı bıraktı"
    ASSIGNED = "assigned", "Vakayı atadı"
    REPLIED = "replied", "Yanıtladı"
    DELIVERED = "delivered", "Yanıt iletimi"
    WAITING = "waiting", "Beklemeye aldı"
    NOTED = "noted", "Not yazdı"
    DUPLICATE = "duplicate", "Tekrar olarak işaretledi"
    CLOSED = "closed", "Vakayı kapattı"
    REOPENED = "reopened", "Vakayı yeniden açtı"
    TAKEN_OVER = "taken_over", "Konuşmayı devraldı"
    GIVEN_BACK = "given_back", "Konuşmayı asistana geri verdi"
    PERSONAL_SHOWN = "personal_shown", "Kişisel verileri görüntüledi"
    CANNED_ADDED = "canned_added", "Hazır yanıt ekledi"
    CANNED_CHANGED = "canned_changed", "Hazır yanıtı değiştirdi"
    CANNED_DELETED = "canned_deleted", "Hazır yanıtı sildi"
    PROPOSED = "proposed", "Öğretilmesini önerdi"
    APPROVED = "approved", "Öneriyi onayladı"
    REJECTED = "rejected", "Öneriyi reddetti"
    TEACHING_STARTED = "teaching_started", "Eğitimi başlattı"
    TEACHING_ENDED = "teaching_ended", "Eğitim bitti"
    PROPOSALS_BACK = "proposals_back", "Önerileri eğitimden geri aldı"
    TEACHING_UNDONE = "teaching_undone", "Öğretmeyi geri aldı"
    PATCH_TAKEN = "patch_taken", "Yamayı indirdi"
    FACT_CHANGED = "fact_changed", "Güncel bilgiyi değiştirdi"
    FOUND_RIGHT = "found_right", "Bilginin hâlâ doğru olduğunu yazdı"
    CHANGE_WANTED = "change_wanted", "Bilginin değişmesini istedi"
    LINKS_CHECKED = "links_checked", "Bağlantıları denetledi"
    USER_ADDED = "user_added", "Kullanıcı ekledi"
    USER_CHANGED = "user_changed", "Kullanıcıyı değiştirdi"
    LINK_MADE = "link_made", "Parola bağlantısı verdi"
    SETTINGS_CHANGED = "settings_changed", "Ayarları değiştirdi"
    REPORT_TAKEN = "report_taken", "Raporu indirdi"
    PERSON_EXPORTED = "person_exported", "Kişinin verilerini dışa aktardı"
    PERSON_ERASED = "person_erased", "Kişinin verilerini sildi"
    PURGED = "purged", "Süresi dolan kayıtlar silindi"
    SUMMARY_SENT = "summary_sent", "Günlük özet gönderildi"


class Role(TextChoices):
    """The roles, by the names of their groups."""

    STAFF = "gorevli", "Görevli"
    EDITOR = "editor", "Editör"
    LEAD = "yonetici", "Yönetici"
    OBSERVER = "gozlemci", "Gözlemci"
