"""The durable record of updates and of the messages not sent yet.

Two tables beside Rasa's events. An update is WAITING until the assistant has answered it,
ANSWERED until its messages are sent, then DONE: of a done update only the id stays, so that
a repeat is known; a message is gone when it is sent. Whoever works on an update has it for
a time only: after the worker's death another one goes on where it stopped. The next update
of a chat is taken when all before it are done.
"""

import contextlib
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.channels.telegram.incoming import Incoming, Kind
from bot.channels.telegram.order import Order
from bot.channels.telegram.outgoing import Outgoing

WAITING, ANSWERED, DONE = "waiting", "answered", "done"
#: How long an update belongs to a worker that does not say it still works on it.
LEASE_SECONDS = 10.0
#: How long the ids of done updates are known; Telegram repeats for a day at most.
KEEP_SECONDS = 7 * 86_400.0
MOST_AT_ONCE = 1_000

_TABLES = sa.MetaData()
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UPDATES = sa.Table(
    "telegram_updates",
    _TABLES,
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat", sa.BigInteger, nullable=False, index=True),
    sa.Column("state", sa.String(10), nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("album", sa.String(64), nullable=False),
    sa.Column("received", sa.Float, nullable=False),
    sa.Column("due", sa.Float, nullable=False),
    sa.Column("lease", sa.Float, nullable=False),
    sa.Column("owner", sa.String(40), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
)
_MESSAGES = sa.Table(
    "telegram_messages",
    _TABLES,
    sa.Column("id", _BIG, primary_key=True),
    sa.Column("update_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("chat", sa.BigInteger, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
_BLOCKED = sa.Table(
    "telegram_blocked",
    _TABLES,
    sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("since", sa.Float, nullable=False),
)
_U = _UPDATES.c


class Claimed(NamedTuple):
    """An update that a worker has for now, and how often it was begun or put off."""

    incoming: Incoming
    state: str
    received: float
    tries: int


class Updates:
    """The record, in the database of the tracker store; several workers may share it."""

    def __init__(self, engine: sa.engine.Engine, owner: str, ordered: bool = False) -> None:
        """Make the tables. `ordered` says that updates come in the order of their ids."""
        self._engine, self._owner, self._ordered = engine, owner, ordered
        self._create_tables()
        with engine.connect() as connection:
            last = connection.execute(sa.select(sa.func.max(_U.update_id)).where(_U.state == DONE))
            self._order = Order(last.scalar(), time.time())

    def _create_tables(self) -> None:
        # Of two workers that start at once on PostgreSQL one may fail to create what the
        # other is creating; the second look finds it there.
        with contextlib.suppress(sa.exc.DBAPIError):
            _TABLES.create_all(self._engine)
        _TABLES.create_all(self._engine)

    def record(self, incomings: Sequence[Incoming]) -> None:
        """Record updates; one that is known already changes nothing."""
        now = time.time()
        rows = [
            {
                "update_id": incoming.update_id,
                "chat": incoming.chat,
                "state": DONE if incoming.kind is Kind.IGNORED else WAITING,
                "body": "" if incoming.kind is Kind.IGNORED else incoming.to_json(),
                "album": incoming.album[:64],
                "received": now,
                "due": now,
                "lease": 0.0,
                "owner": "",
                "tries": 0,
            }
            for incoming in incomings
        ]
        if not rows:
            return
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        with self._engine.begin() as connection:
            connection.execute(dialect.insert(_UPDATES).on_conflict_do_nothing(), rows)

    def claim(self, most: int) -> tuple[list[Claimed], float]:
        """Take up to `most` updates that can be worked on; return them and when to look again.

        Of each chat the first one that is not done, unless it was put off, somebody has it,
        or an update before it may still come.
        """
        now = time.time()
        with self._engine.connect() as connection:
            free_at = self._settle(connection, now)
            first = sa.select(sa.func.min(_U.update_id)).where(_U.state != DONE).group_by(_U.chat)
            heads = connection.execute(
                sa.select(_UPDATES)
                .where(_U.update_id.in_(first))
                .order_by(_U.update_id)
                .limit(MOST_AT_ONCE)
            ).all()
        settled = self._order.settled
        times = [free_at] if free_at else []
        found: list[Claimed] = []
        for row in heads:
            if not self._ordered and (settled is None or row.update_id > settled):
                continue
            begins = max(row.due, row.lease)
            if begins > now or len(found) == most:
                times.append(begins)
            elif self._take(row, now):
                incoming = Incoming.from_json(row.body)
                found.append(Claimed(incoming, row.state, row.received, row.tries + 1))
        return found, min(times, default=now + LEASE_SECONDS)

    def _settle(self, connection: Any, now: float) -> float | None:
        if self._ordered:
            return None
        after = -1 if self._order.settled is None else self._order.settled
        rows = connection.execute(
            sa.select(_U.update_id, _U.received)
            .where(_U.update_id > after)
            .order_by(_U.update_id)
            .limit(MOST_AT_ONCE)
        )
        return self._order.settle(((row.update_id, row.received) for row in rows), now)

    def _take(self, row: Any, now: float) -> bool:
        """Take one update; False if another worker was faster."""
        earlier = _UPDATES.alias()
        before = sa.exists().where(
            sa.and_(
                earlier.c.chat == row.chat,
                earlier.c.update_id < row.update_id,
                earlier.c.state != DONE,
            )
        )
        change = (
            sa.update(_UPDATES)
            .where(_U.update_id == row.update_id, _U.state == row.state)
            .where(_U.lease == row.lease, _U.due == row.due, ~before)
            .values(lease=now + LEASE_SECONDS, owner=self._owner, tries=_U.tries + 1)
        )
        with self._engine.begin() as connection:
            return bool(connection.execute(change).rowcount)

    def renew(self, update_ids: Sequence[int]) -> None:
        """Say that this worker still works on updates it took."""
        mine = (_U.update_id.in_(update_ids), _U.owner == self._owner)
        self._change(mine, lease=time.time() + LEASE_SECONDS)

    def release(self) -> None:
        """Give back what this worker has."""
        self._change((_U.owner == self._owner, _U.state != DONE), lease=0.0, owner="")

    def answer(self, update_id: int, messages: Sequence[Outgoing]) -> bool:
        """Record the answer before it is sent; False if the update is another's meanwhile."""
        mine = (_U.update_id == update_id, _U.owner == self._owner, _U.state == WAITING)
        with self._engine.begin() as connection:
            change = sa.update(_UPDATES).where(*mine).values(state=ANSWERED, tries=0)
            if not connection.execute(change).rowcount:
                return False
            chat = sa.select(_U.chat).where(_U.update_id == update_id).scalar_subquery()
            for message in messages:
                row = {"update_id": update_id, "chat": chat, "body": message.to_json()}
                connection.execute(sa.insert(_MESSAGES).values(**row))
            return True

    def unsent(self, update_id: int) -> list[tuple[int, Outgoing]]:
        """Return the messages of an update that are not sent yet, by their ids."""
        query = sa.select(_MESSAGES.c.id, _MESSAGES.c.body)
        query = query.where(_MESSAGES.c.update_id == update_id).order_by(_MESSAGES.c.id)
        with self._engine.connect() as connection:
            return [(row.id, Outgoing.from_json(row.body)) for row in connection.execute(query)]

    def sent(self, message_id: int) -> None:
        """Forget a message that Telegram has, or will never take."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_MESSAGES).where(_MESSAGES.c.id == message_id))

    def put_off(self, update_id: int, seconds: float) -> None:
        """Go on with an update later; any worker may."""
        due = time.time() + seconds
        mine = (_U.update_id == update_id, _U.owner == self._owner)
        self._change(mine, due=due, lease=0.0, owner="")

    def done(self, update_id: int) -> None:
        """Close an update: nothing of it stays but its id."""
        with self._engine.begin() as connection:
            mine = _U.update_id == update_id
            empty = {"state": DONE, "chat": 0, "body": "", "lease": 0.0, "owner": ""}
            connection.execute(sa.update(_UPDATES).where(mine).values(**empty))
            connection.execute(sa.delete(_MESSAGES).where(_MESSAGES.c.update_id == update_id))

    def album_begun(self, album: str, update_id: int) -> bool:
        """Tell whether another photo of an album came before an update."""
        query = sa.select(_U.update_id).where(_U.album == album[:64], _U.update_id < update_id)
        with self._engine.connect() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def block(self, chat: int) -> None:
        """Record that a chat takes no messages."""
        self.unblock(chat)
        with self._engine.begin() as connection, contextlib.suppress(sa.exc.IntegrityError):
            connection.execute(sa.insert(_BLOCKED).values(chat=chat, since=time.time()))

    def unblock(self, chat: int) -> None:
        """Record that a chat takes messages again."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_BLOCKED).where(_BLOCKED.c.chat == chat))

    def is_blocked(self, chat: int) -> bool:
        """Tell whether a chat takes no messages."""
        query = sa.select(_BLOCKED.c.since).where(_BLOCKED.c.chat == chat)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def forget(self, chat: int) -> None:
        """Forget what is known of a chat, and what was to be sent to it."""
        self.unblock(chat)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_MESSAGES).where(_MESSAGES.c.chat == chat))

    def clear_old(self) -> None:
        """Delete the ids of updates that Telegram cannot repeat any more."""
        old = (_U.state == DONE, _U.received < time.time() - KEEP_SECONDS)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_UPDATES).where(*old))

    def _change(self, where: Sequence[Any], **values: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.update(_UPDATES).where(*where).values(**values))
