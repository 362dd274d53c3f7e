"""A mention: something a message names that a fact can be made of."""

from typing import Any, NamedTuple

#: The key of an entity that holds the indices of its first and last word.
WORDS = "words"
#: The kinds of mentions; each is an entity of the domain.
KINDS = (
    "sayi",
    "yas",
    "puan",
    "tarih",
    "il",
    "ulke",
    "gorev",
    "kurum",
    "belge",
    "gerekce",
    "durum",
    "katilim",
    "sorun",
    "ekleme",
    "isaret",
)


class Mention(NamedTuple):
    """What is named (`kind`, `value`) and the words it stands in, both ends inclusive.

    Values by kind: `sayi` {"value", "unit", "of", "ordinal"}; `yas` [youngest, oldest];
    `puan` points of 25; `tarih` {"date": ISO with its precision or None for a day that
    never was, "assumed"}; `il` names of the provinces that can be meant; `ulke` a
    country's name; the others a word of `data/patterns.yml`.
    """

    kind: str
    value: Any
    first: int
    last: int
