"""What `rasa run actions` loads: every action of the assistant."""

from actions.faq import (
    ActionAnswer,
    ActionCancel,
    ActionHandOver,
    ActionHelpful,
    ActionNo,
    ActionNotHelpful,
    ActionOfferOrHandOver,
    ActionPerson,
    ActionPick,
    ActionYes,
)

__all__ = [
    "ActionAnswer",
    "ActionCancel",
    "ActionHandOver",
    "ActionHelpful",
    "ActionNo",
    "ActionNotHelpful",
    "ActionOfferOrHandOver",
    "ActionPerson",
    "ActionPick",
    "ActionYes",
]
