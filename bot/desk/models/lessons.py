"""What somebody wants the assistant to learn, until a teaching takes it."""

from django.conf import settings
from django.db import models

from bot.desk.codes import ProposalState
from bot.desk.models.cases import Case


class Proposal(models.Model):
    """A phrase for an entry (`target`), or a new entry (`draft`), for an editor to approve.

    `teaching` names the teaching it went into. It goes with the case it came from: what the
    assistant has learnt by then stays, and holds no personal data.
    """

    text = models.TextField()
    target = models.CharField(max_length=64, blank=True)
    move = models.BooleanField(default=False)
    draft = models.JSONField(null=True)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="proposals")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    teaching = models.CharField(max_length=40, blank=True, db_index=True)

    class Meta:
        default_permissions = ()
        ordering = ("id",)
        indexes = (models.Index(fields=("state",), name="proposal_by_state"),)

    def __str__(self) -> str:
        return self.text
