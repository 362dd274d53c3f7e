"""The names that understanding and dialogue share."""

FAQ = "faq"
OOS = "oos"
#: The intent of a message that names a place in a list.
PICK = "secim"
#: Property of a training message: the whole label, `faq/ke-01` or an intent.
LABEL = "label"
#: Message property: `[label, probability]` pairs, the likeliest first. Not stored.
SCORES = "scores"
#: Message property: what the gate decided; stored with the user's message.
DECISION = "decision"


def entry_id(label: str) -> str | None:
    """Return the knowledge id of a `faq/…` label, None for any other label.

    >>> entry_id("faq/ke-01")
    'ke-01'
    """
    return label.removeprefix(f"{FAQ}/") if label.startswith(f"{FAQ}/") else None


def intent_of(label: str) -> str:
    """Return the intent of a label: `faq` for `faq/ke-01`."""
    return label.partition("/")[0]
