"""What a turn of a flow is made of."""

import datetime
from dataclasses import dataclass, field

from actions.flows.state import State
from actions.rules.verdict import Verdict
from bot.knowledge import KnowledgeBase
from bot.knowledge.figures import Figures

MAX_MISSES = 2


@dataclass
class Reply:
    """One message: text, quick replies (each is also a text the flow understands), a file.

    `links` are ids of entries and flows that are offered beside it.
    """

    text: str
    choices: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    file: dict[str, str] | None = None
    verdict: Verdict | None = None


@dataclass
class Turn:
    """What a turn brings: replies, the state after it (None: the flow is left)."""

    replies: list[Reply] = field(default_factory=list)
    state: State | None = None
    #: The message is not the flow's: the ordinary answer comes first, then `replies`.
    aside: bool = False


@dataclass(frozen=True)
class World:
    """What judging needs besides the facts."""

    base: KnowledgeBase
    figures: Figures
    today: datetime.date
    page: str = ""


@dataclass(frozen=True)
class Meaning:
    """What understanding says of the message besides its mentions.

    `entry`: a question the knowledge base surely answers; `flow`: a flow it surely means;
    `talk`: a small-talk intent; `picks`: titles were just offered and this may pick one;
    `leans`: a question that names nothing it could be about but what was spoken of.
    """

    entry: str | None = None
    flow: str | None = None
    talk: str | None = None
    picks: bool = False
    leans: bool = False
