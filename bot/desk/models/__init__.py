"""What the desk keeps. `cases` for the staff, `facts` for the reports, `log` for good."""

from bot.desk.models.cases import (
    CannedAnswer,
    Case,
    Note,
    QuestionGroup,
    Reply,
)
from bot.desk.models.facts import Conversation, Feedback, Question, Visit
from bot.desk.models.log import LogEntry
from bot.desk.models.lessons import Proposal
from bot.desk.models.office import NightlyRun, Office, ReadingState

__all__ = [
    "CannedAnswer",
    "Case",
    "Conversation",
    "Feedback",
    "LogEntry",
    "NightlyRun",
    "Note",
    "Office",
    "Proposal",
    "Question",
    "QuestionGroup",
    "ReadingState",
    "Reply",
    "Visit",
]
