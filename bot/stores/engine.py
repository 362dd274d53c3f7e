"""Connections to the conversations' database, for whoever reads or writes there."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

#: A turn must end before its lock does; a database that takes longer is as good as away.
STATEMENT_SECONDS = 4
CONNECT_SECONDS = 3
#: A process takes one turn after the other through its loop; more connections only wait.
POOL = 4
#: Option of a connection to SQLite: takes the right to write when its transaction begins.
TO_WRITE = "to_write"


def connected(address: str) -> Engine:
    """Return an engine that finds dead connections and does not wait for ever."""
    if address.startswith("sqlite"):
        # Connections are kept, as SQLAlchemy 2 does: with the last one of the process SQLite
        # would write its journal back, after each turn anew.
        engine = sa.create_engine(
            address,
            poolclass=sa.pool.QueuePool,
            pool_size=POOL,
            max_overflow=POOL,
            connect_args={"timeout": STATEMENT_SECONDS, "check_same_thread": False},
        )
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    return sa.create_engine(
        address,
        pool_pre_ping=True,
        pool_size=POOL,
        max_overflow=POOL,
        pool_timeout=CONNECT_SECONDS,
        pool_recycle=1_800,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": f"-c statement_timeout={STATEMENT_SECONDS}s",
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            "tcp_user_timeout": STATEMENT_SECONDS * 1_000,
        },
    )


def scrub(engine: Engine) -> None:
    """Take what was deleted out of SQLite's journal too, where it would stay for a while."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_up_sqlite(connection: Any, record: Any) -> None:
    # Readers do not wait for a writer, and what is committed outlives a loss of power.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    # What is deleted is overwritten.
    connection.execute("PRAGMA secure_delete=ON")
    # The driver would begin a transaction only at the first change, after what was read.
    connection.isolation_level = None


def _begin_sqlite(connection: Any) -> None:
    to_write = connection.get_execution_options().get(TO_WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if to_write else "BEGIN")
