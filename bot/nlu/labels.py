"""The names that understanding and dialogue share."""

import json
from functools import lru_cache

FAQ = "faq"
#: The intent of a concrete case; its retrieval keys are the flows: `akis/kalite`.
CASE = "akis"
OOS = "oos"
#: The intent of a message that asks how to use the assistant.
HELP = "yardim"
#: The intent of a message that names a place in a list.
PICK = "secim"
#: Property of a training message: the whole label, `faq/ke-01` or an intent.
LABEL = "label"
#: Message property: `[label, probability]` pairs, the likeliest first. Not stored.
SCORES = "scores"
#: Message property: for each way to read a message as two questions, both rankings.
PARTS = "parts"
#: Message property: what the gate decided; stored with the user's message.
DECISION = "decision"


def entry_id(label: str) -> str | None:
    """Return the knowledge id of a `faq/…` label, None for any other label.

    >>> entry_id("faq/ke-01")
    'ke-01'
    """
    return label.removeprefix(f"{FAQ}/") if label.startswith(f"{FAQ}/") else None


def flow_id(label: str) -> str | None:
    """Return the flow's id of an `akis/…` label, None for any other label.

    >>> flow_id("akis/okul-etiketi")
    'akis-okul-etiketi'
    """
    return label.replace("/", "-", 1) if label.startswith(f"{CASE}/") else None


def case_label(flow: str) -> str:
    """Return the label of a flow's id.

    >>> case_label("akis-okul-etiketi")
    'akis/okul-etiketi'
    """
    return flow.replace("-", "/", 1)


@lru_cache(maxsize=1_000)
def target_id(label: str) -> str | None:
    """Return the id of the entry or flow of a label, None for small talk and off-topic."""
    return entry_id(label) or flow_id(label)


def payload_of(target: str) -> str:
    """Return what a button sends that opens an entry or a flow.

    >>> payload_of("ke-01"), payload_of("akis-kalite")
    ('/faq{"entry": "ke-01"}', '/akis{"entry": "akis-kalite"}')
    """
    intent = CASE if target.startswith(f"{CASE}-") else FAQ
    return f"/{intent}{json.dumps({'entry': target})}"


@lru_cache(maxsize=1_000)
def public_id(label: str) -> str:
    """Return the id of a label as people read it: `ke-01`, `akis-kalite`, `selamlama`."""
    return target_id(label) or label


@lru_cache(maxsize=1_000)
def intent_of(label: str) -> str:
    """Return the intent of a label: `faq` for `faq/ke-01`."""
    return label.partition("/")[0]
