"""An e-mail address for one answer: kept with the conversation until the answer is sent."""

import asyncio
import datetime
import re
from typing import Any, NamedTuple

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

from bot.channels.conversations import plain_store
from bot.mail import send_mail
from bot.stores.engine import scrub

ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[\w-]+(?:\.[\w-]+)+")
MAX_ADDRESS = 254

SUBJECT = "eTwinning yardım: sorunuz yanıtlandı"
TEXT = """Merhaba,

eTwinning yardım asistanında sorduğunuz soruya bir görevli yanıt yazdı:

{answer}

Konuşmanın tamamı (bu bağlantı size özeldir, paylaşmayın):
{link}

E-posta adresiniz bu iletiyle birlikte silindi.
"""

_TABLE = sa.Table(
    "web_email",
    sa.MetaData(),
    sa.Column("conversation", sa.String(128), primary_key=True),
    sa.Column("address", sa.String(MAX_ADDRESS), nullable=False),
    sa.Column("page", sa.String(2_000), nullable=False),
    sa.Column("asked", sa.Float, nullable=False),
)


class Wanted(NamedTuple):
    """Who wants an answer by e-mail, and the page the private link leads to."""

    address: str
    page: str


class Addresses:
    """The addresses, in the tracker store's own database."""

    def __init__(self, agent: Any) -> None:
        """Make the table if it is not there.

        Raises:
            TypeError: for a store without a database.
        """
        store = plain_store(agent)
        if not isinstance(store, SQLTrackerStore):
            raise TypeError(f"{type(store).__name__} keeps no e-mail addresses")
        self._engine = store.engine
        _TABLE.metadata.create_all(self._engine, checkfirst=True)

    def keep(self, conversation: str, wanted: Wanted) -> None:
        """Keep an address for a conversation instead of the one before."""
        now = datetime.datetime.now(datetime.timezone.utc).timestamp()
        with self._engine.begin() as database:
            database.execute(_TABLE.delete().where(_TABLE.c.conversation == conversation))
            database.execute(
                _TABLE.insert().values(conversation=conversation, asked=now, **wanted._asdict())
            )

    def of(self, conversation: str) -> Wanted | None:
        """Return the address kept for a conversation."""
        wanted = sa.select([_TABLE.c.address, _TABLE.c.page])
        with self._engine.connect() as database:
            row = database.execute(wanted.where(_TABLE.c.conversation == conversation)).first()
        return Wanted(*row) if row else None

    def forget(self, conversation: str) -> None:
        """Delete the address kept for a conversation."""
        with self._engine.begin() as database:
            gone = database.execute(_TABLE.delete().where(_TABLE.c.conversation == conversation))
        if gone.rowcount:
            scrub(self._engine)


async def forget_address(agent: Any, conversation: str) -> None:
    """Delete the address kept for a conversation, if any."""
    if isinstance(plain_store(agent), SQLTrackerStore):
        addresses = await asyncio.to_thread(Addresses, agent)
        await asyncio.to_thread(addresses.forget, conversation)


async def mail_answer(addresses: Addresses, conversation: str, text: str, link: str) -> bool:
    """Send an answer to whoever asked for it, then forget the address; False if nobody did.

    Raises:
        MailError: if it could not be sent; the address stays for another try.
    """
    wanted = await asyncio.to_thread(addresses.of, conversation)
    if wanted is None:
        return False
    body = TEXT.format(answer=text, link=f"{wanted.page}#yardim={link}")
    await asyncio.to_thread(send_mail, wanted.address, SUBJECT, body)
    await asyncio.to_thread(addresses.forget, conversation)
    return True
