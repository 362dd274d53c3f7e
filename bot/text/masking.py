"""Take personal data out of text that goes to a log."""

import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IBAN = re.compile(r"\bTR\s?\d{2}(?:\s?\d){22}\b", re.IGNORECASE)
# Seven or more digits, written together or in groups: phones, Turkish ID numbers, cards.
# A plus begins one even where another ends.
LONG_NUMBER = re.compile(r"(?:\+|(?<!\d))\d(?:[ ()./-]{0,3}\d){6,}(?!\d)")
# Runs of years, dates and small numbers ("2020 2021", "10 11 12 13 yaş") are no phone.
_HARMLESS = re.compile(r"(?:(?:19|20)\d\d|(?!0)\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})")


def mask(text: str) -> str:
    """Replace e-mail addresses, IBANs and long numbers by a word that names the kind.

    >>> mask("0505 111 22 33 ya da ali@okul.k12.tr, 12.03.2024")
    '[numara] ya da [e-posta], 12.03.2024'
    """
    text = _EMAIL.sub("[e-posta]", text)
    text = IBAN.sub("[iban]", text)

    def number(match: re.Match[str]) -> str:
        parts = re.split(r"\s+|(?<=\d{4})-", match[0])
        harmless = all(_HARMLESS.fullmatch(part) for part in parts)
        return match[0] if harmless else "[numara]"

    return LONG_NUMBER.sub(number, text)
