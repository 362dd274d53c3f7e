"""Rasa's own tracker store for tests. Nothing here needs Django."""

import asyncio
import json
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

PASSWORD = "kirmizi-bisiklet-42"


class Store:
    """Rasa's own tracker store, filled with events as Rasa writes them."""

    def __init__(self, folder: Path) -> None:
        from rasa.core.tracker_store import SQLTrackerStore
        from rasa.shared.core.domain import Domain

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Rasa's own call of SQLAlchemy
            self.rasa = SQLTrackerStore(
                Domain.empty(), dialect="sqlite", db=str(folder / "tracker.db")
            )

    def add(self, sender: str, events: list[dict[str, Any]], numbers: Any = None) -> None:
        """Store events; their numbers are the store's unless they are given."""
        with self.rasa.session_scope() as scope:
            for index, event in enumerate(events):
                scope.add(
                    self.rasa.SQLEvent(
                        id=numbers[index] if numbers else None,
                        sender_id=sender,
                        type_name=event["event"],
                        timestamp=event["timestamp"],
                        data=json.dumps(event),
                    )
                )
            scope.commit()

    def forget(self, sender: str) -> None:
        from bot.channels.conversations import forget

        forget(SimpleNamespace(tracker_store=self.rasa), sender)

    def events(self, sender: str) -> list[dict[str, Any]]:
        found = asyncio.run(self.rasa.retrieve_full_tracker(sender))
        return [event.as_dict() for event in found.events] if found else []
