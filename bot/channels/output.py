"""Collect a turn's replies as they were said."""

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel


class WholeMessages(CollectingOutputChannel):
    """Keep each reply in one piece; Rasa cuts a text without buttons at empty lines."""

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Collect one text."""
        await self._persist_message(self._message(recipient_id, text=text))
