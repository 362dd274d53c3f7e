"""What `rasa run actions` loads: every action of the assistant."""

from actions.faq import (
    ActionAnswer,
    ActionCancel,
    ActionHandOver,
    ActionHelp,
    ActionHelpful,
    ActionNo,
    ActionNotHelpful,
    ActionOfferOrHandOver,
    ActionPerson,
    ActionPick,
    ActionYes,
)
from actions.flow_form import ValidateFlowForm
from actions.session import ActionSessionStart

__all__ = [
    "ActionAnswer",
    "ActionCancel",
    "ActionHandOver",
    "ActionHelp",
    "ActionHelpful",
    "ActionNo",
    "ActionNotHelpful",
    "ActionOfferOrHandOver",
    "ActionPerson",
    "ActionPick",
    "ActionSessionStart",
    "ActionYes",
    "ValidateFlowForm",
]
