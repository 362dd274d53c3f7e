"""Which updates may be taken although one with a smaller id may still be on its way."""

from collections.abc import Iterable

#: How long an update waits for one that should have come before it. Telegram numbers a
#: bot's updates without gaps and sends those of a chat one after another, but presses and
#: messages apart; what it repeats after a failure may come later than what it sent next.
HOLD_SECONDS = 3.0


class Order:
    """How far the updates have come in without a gap, or waited for the missing ones."""

    def __init__(self, settled: int | None, started: float, hold: float = HOLD_SECONDS) -> None:
        """Begin after an update that is done, None if there is none."""
        self.settled = settled
        self._started = started
        self._hold = hold

    def settle(self, arrived: Iterable[tuple[int, float]], now: float) -> float | None:
        """Take the ids above `settled` with their times of arrival, in the order of the ids.

        Returns when the first that has to wait need not wait any longer.

        >>> order = Order(5, started=0.0, hold=3.0)
        >>> order.settle([(6, 1.0), (8, 1.0), (9, 1.5)], now=2.0), order.settled
        (4.0, 6)
        >>> order.settle([(8, 1.0), (9, 1.5)], now=4.0), order.settled
        (None, 9)
        """
        for update_id, time in arrived:
            # A start counts as an arrival: what failed while nobody listened is on its way.
            free_at = max(time, self._started) + self._hold
            if update_id - 1 != self.settled and free_at > now:
                return free_at
            self.settled = update_id
        return None
