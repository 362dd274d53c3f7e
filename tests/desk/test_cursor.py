"""The cursor over rows that commit late and out of order."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.reading.cursor import LATE_SECONDS, Cursor, Gap


def visible(table: set[int], cursor: Cursor, most: int = 10**6) -> list[int]:
    """Return what the reader's query finds."""
    found = [
        number
        for number in sorted(table)
        if number > cursor.highest or any(gap.first <= number <= gap.last for gap in cursor.gaps)
    ]
    return found[:most]


def test_numbers_jumped_over_are_looked_for_again() -> None:
    cursor = Cursor().seen([1, 2, 6], now=0)
    assert (cursor.highest, cursor.gaps) == (6, (Gap(3, 5, 0),))
    cursor = cursor.seen([4, 7], now=1)
    assert (cursor.highest, cursor.gaps) == (7, (Gap(3, 3, 0), Gap(5, 5, 0)))


def test_a_number_that_never_comes_is_given_up() -> None:
    cursor = Cursor().seen([1, 3], now=0)
    assert cursor.seen([4], now=LATE_SECONDS - 1).gaps == (Gap(2, 2, 0),)
    assert cursor.seen([4], now=LATE_SECONDS).gaps == ()


def test_it_survives_being_stored() -> None:
    cursor = Cursor().seen([2, 9], now=5.5)
    assert Cursor.from_json(cursor.as_json()) == cursor
    assert Cursor.from_json({}) == Cursor()


@given(st.lists(st.integers(1, 8), min_size=1, max_size=40), st.randoms(), st.integers(1, 7))
def test_every_row_is_read_exactly_once_in_whatever_order_it_commits(
    sizes: list[int], chance: random.Random, batch: int
) -> None:
    """Transactions of several rows take their numbers in order and commit in any."""
    transactions, number = [], 0
    for size in sizes:
        transactions.append(list(range(number + 1, number + size + 1)))
        number += size
    chance.shuffle(transactions)
    table: set[int] = set()
    cursor, read = Cursor(), []
    for moment, transaction in enumerate(transactions):
        table.update(transaction)
        rows = visible(table, cursor, batch)
        read += rows
        cursor = cursor.seen(rows, now=moment)
    while rows := visible(table, cursor, batch):
        read += rows
        cursor = cursor.seen(rows, now=len(transactions))
    assert sorted(read) == list(range(1, number + 1))
    assert cursor.gaps == ()


@pytest.mark.parametrize("numbers", [[], [0], [5, 5, 5]])
def test_odd_batches_are_taken(numbers: list[int]) -> None:
    assert Cursor().seen(numbers, now=0).highest == max([0, *numbers])
