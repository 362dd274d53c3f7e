"""Name the kinds of personal data in a text; numbers by their check digits.

`masking` hides by shape, which is safer; this tells people what was hidden.
"""

import re

from bot.text.masking import IBAN as IBAN_SHAPE
from bot.text.masking import LONG_NUMBER, mask

_PHONE = re.compile(r"(?:(?:00)?90)?0?[2-5]\d{9}")

TCKN, PHONE, EMAIL, IBAN = "T.C. kimlik numarası", "telefon", "e-posta", "IBAN"
OTHER = "uzun numara"


def kinds(text: str) -> list[str]:
    """Return the kinds of personal data in a text, each once, in a fixed order.

    >>> kinds("10000000146, 0505 111 22 33")
    ['T.C. kimlik numarası', 'telefon']
    """
    found = set()
    hidden = mask(text)
    if "[e-posta]" in hidden:
        found.add(EMAIL)
    if "[iban]" in hidden:
        real = any(is_iban(match[0]) for match in IBAN_SHAPE.finditer(text))
        found.add(IBAN if real else OTHER)
    if "[numara]" in hidden:
        numbers = [match[0] for match in LONG_NUMBER.finditer(IBAN_SHAPE.sub(" ", text))]
        found |= {_kind(number) for number in numbers if mask(number) != number}
    return [kind for kind in (TCKN, PHONE, EMAIL, IBAN, OTHER) if kind in found]


def _kind(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    if is_tckn(digits):
        return TCKN
    return PHONE if _PHONE.fullmatch(digits) else OTHER


def is_tckn(digits: str) -> bool:
    """Tell whether eleven digits are a Turkish identity number, by its check digits.

    The tenth digit is (7 × sum of the odd places − sum of the even ones) mod 10, the
    eleventh the sum of the first ten mod 10.

    >>> is_tckn("10000000146"), is_tckn("12345678901")
    (True, False)
    """
    if not re.fullmatch(r"[1-9][0-9]{10}", digits):
        return False
    values = [int(digit) for digit in digits]
    tenth = (7 * sum(values[0:9:2]) - sum(values[1:8:2])) % 10
    return values[9] == tenth and values[10] == sum(values[:10]) % 10


def is_iban(text: str) -> bool:
    """Tell whether a text is a Turkish IBAN, by its check digits (ISO 13616, mod 97).

    >>> is_iban("TR33 0006 1005 1978 6457 8413 26"), is_iban("TR34 0006 1005 1978 6457 8413 26")
    (True, False)
    """
    signs = re.sub(r"\s", "", text.upper())
    if not re.fullmatch(r"TR[0-9]{24}", signs):
        return False
    turned = signs[4:] + signs[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
