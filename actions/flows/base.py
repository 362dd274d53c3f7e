"""A flow: the facts it needs, how it reads them, and the rule that judges them."""

import datetime
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.flows.reading import Reading
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures

Facts = dict[str, Any]


@dataclass(frozen=True)
class Fact:
    """A fact a flow can ask for.

    `label` names it where what was understood is said back; `choices` are quick replies,
    each of which is also a text the flow understands; `words` say a value in Turkish.
    """

    name: str
    question: str
    example: str
    label: str
    choices: tuple[str, ...] = ()
    words: Mapping[Any, str] | None = None
    #: Not said back: what was asked for, no fact of the case.
    silent: bool = False


class Flow(ABC):
    """What every calculated flow offers to the dialogue."""

    #: The flow's fixed id.
    id: str
    #: The fact that a number alone changes after the verdict.
    main: str
    #: The facts in the order they are asked for.
    facts: tuple[Fact, ...]
    #: The facts whose number is never the main one's: "portaldan da çıkardım üçünü".
    beside: frozenset[str] = frozenset()
    #: It is judged for a year: "seneye olur mu" asks it of the next one.
    of_a_year = False
    #: What a message names, in folded words, to begin this in the middle of another, of which it
    #: tells a fact too: both may know a year of registration.
    named: re.Pattern[str] | None = None
    #: What is asked of the case, in folded words, that its first entry says and no verdict does.
    asked_beside: re.Pattern[str] | None = None
    #: What is asked of the person a verdict names.
    asked_of_a_person: re.Pattern[str] | None = None
    #: A main count stated whole, with what ends of it: "25 projem var, 3'ünü kapatırsam".
    stated_whole: re.Pattern[str] | None = None

    @abstractmethod
    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return the facts a message states (JSON values), given those known."""

    @abstractmethod
    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Return the verdict; `missing` names the facts it still depends on.

        Raises:
            FactError: for a fact that cannot be.
        """


def fact_of(flow: Flow, name: str) -> Fact | None:
    """Return the flow's fact of a name."""
    return next((fact for fact in flow.facts if fact.name == name), None)


def shown_fact(fact: Fact, value: Any) -> str:
    """Return "Türkiye'den üye: 14" as it is said back."""
    return f"{fact.label}: {shown_value(fact, value)}"


def shown_value(fact: Fact, value: Any) -> str:
    """Return a value in Turkish."""
    if fact.words and not isinstance(value, list) and value in fact.words:
        return fact.words[value]
    if isinstance(value, bool):
        return "evet" if value else "hayır"
    if isinstance(value, list):
        items = [fact.words.get(item, str(item)) if fact.words else str(item) for item in value]
        return ", ".join(items) if items else "yok"
    return str(value)
