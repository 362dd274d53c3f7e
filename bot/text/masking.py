"""Take personal data out of text that goes to a log."""

import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\bTR\s?\d{2}(?:\s?\d){22}\b", re.IGNORECASE)
# Seven or more digits, written together or in groups: phones, Turkish ID numbers, cards.
# Dates (12.03.2024) and pairs of years (2018-2019) have eight digits and stay readable.
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|(?:19|20)\d\d-(?:19|20)\d\d")
_NUMBER = re.compile(r"(?<!\w)\+?\d(?:[ ()./-]{0,2}\d){6,}(?!\w)")


def mask(text: str) -> str:
    """Replace e-mail addresses, IBANs and long numbers by a word that names the kind.

    >>> mask("0505 111 22 33 ya da ali@okul.k12.tr, 12.03.2024")
    '[numara] ya da [e-posta], 12.03.2024'
    """
    text = _EMAIL.sub("[e-posta]", text)
    text = _IBAN.sub("[iban]", text)

    def number(match: re.Match[str]) -> str:
        return match[0] if _DATE.fullmatch(match[0]) else "[numara]"

    return _NUMBER.sub(number, text)
