"""What happened in the conversations, without what was said: the reports count it."""

from django.conf import settings
from django.db import models

from bot.desk.codes import Outcome


class Conversation(models.Model):
    """A conversation of the tracker store.

    `key` is Rasa's sender id, empty once the person's data were deleted: the row stays
    so that the figures stay. `state` is what the reader remembers of it.
    """

    key = models.CharField(max_length=255, unique=True, null=True)  # noqa: DJ001 - many are empty
    channel = models.CharField(max_length=40, blank=True)
    state = models.JSONField(default=dict)
    last_message_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()


class Visit(models.Model):
    """One session of a conversation, from its first message."""

    conversation = models.ForeignKey(Conversation, models.CASCADE)
    began_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("conversation", "began_at"), name="visit_once"),
        )


class Question(models.Model):
    """A question somebody asked and what became of it.

    `entry` is the id of the entry or flow it was answered from, or was last tried with;
    `handed_at` when it went to the staff, `staff_at` when they answered it first.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE)
    message = models.CharField(max_length=64)
    asked_at = models.DateTimeField(db_index=True)
    entry = models.CharField(max_length=64, blank=True)
    by_offer = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    handed_at = models.DateTimeField(null=True)
    staff_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("conversation", "message"), name="question_once"),
        )


class Feedback(models.Model):
    """A judgement of an answer: the thumb."""

    conversation = models.ForeignKey(Conversation, models.CASCADE)
    given_at = models.DateTimeField(db_index=True)
    entry = models.CharField(max_length=64, blank=True)
    helpful = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("conversation", "given_at"), name="feedback_once"),
        )
