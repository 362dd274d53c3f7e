"""Cases: questions that wait for the staff, and what the staff did with them."""

from django.conf import settings
from django.db import models

from bot.desk.codes import Closing, Delivery, Reason, Status
from bot.desk.models.facts import Conversation


class QuestionGroup(models.Model):
    """Questions that mean the same: the first one, and what the assistant believed of it.

    `text` is empty for a question that is grouped with no other.
    """

    text = models.TextField(blank=True)
    ranking = models.JSONField(default=list)

    class Meta:
        default_permissions = ()


class Case(models.Model):
    """A question for the staff.

    `message` is the key of the message that asked it, `ranking` what the assistant
    believed, `about` the entry or flow it had come to.
    `version` counts the changes, so that two people do not answer over each other.
    """

    reference = models.CharField(max_length=9, unique=True)
    conversation = models.ForeignKey(Conversation, models.PROTECT)
    group = models.ForeignKey(QuestionGroup, models.PROTECT)
    message = models.CharField(max_length=64, blank=True)
    text = models.TextField()
    folded = models.TextField()
    reason = models.CharField(max_length=20, choices=Reason.choices)
    ranking = models.JSONField(default=list)
    about = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    province = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEW)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="cases"
    )
    closing = models.CharField(max_length=20, choices=Closing.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    duplicate_of = models.ForeignKey("self", models.SET_NULL, null=True)
    answered_at = models.DateTimeField(null=True)
    #: When the teacher last wrote in a conversation that the staff has taken over.
    wrote_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        permissions = (
            ("read_cases", "Kuyruğu ve vakaları görür"),
            ("answer_cases", "Vakaları yanıtlar"),
            ("see_personal", "Maskelenmiş kişisel verileri görür"),
            ("propose_changes", "Öğretilecek ve düzeltilecek bilgiyi önerir"),
            ("edit_knowledge", "Hazır yanıtları ve bilgi bankasını düzenler"),
            ("see_reports", "Raporları görür"),
            ("manage_users", "Kullanıcıları yönetir"),
            ("change_settings", "Ayarları değiştirir"),
            ("handle_privacy", "Kişisel verileri dışa aktarır ve siler"),
            ("read_log", "İşlem kaydını görür"),
        )
        indexes = (
            models.Index(fields=("status", "group", "due_at"), name="case_by_status"),
            models.Index(fields=("assignee", "status"), name="case_by_assignee"),
            models.Index(fields=("group", "conversation"), name="case_by_group"),
            models.Index(fields=("asked_at",), name="case_by_day"),
        )

    def __str__(self) -> str:
        return self.reference


class Reply(models.Model):
    """An answer of the staff on its way to the teacher; `id` makes it arrive once.

    `closes` tells that the case is done when it has arrived.
    """

    id = models.CharField(max_length=32, primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    closes = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.SENDING)
    #: Why it failed, in a sentence for the staff.
    trouble = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ("written_at",)
        indexes = (models.Index(fields=("state", "tried_at"), name="reply_to_send"),)


class Note(models.Model):
    """A note among the staff."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField("Not", max_length=4_000)
    written_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ("written_at",)


class CannedAnswer(models.Model):
    """A text the staff often send."""

    title = models.CharField(
        "Başlık",
        max_length=60,
        unique=True,
        error_messages={"unique": "Bu başlıkta bir hazır yanıt var."},
    )
    text = models.TextField("Yanıt", max_length=4_000)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title
