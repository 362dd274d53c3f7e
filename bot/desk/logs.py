"""What every log line goes through."""

import logging

from bot.text.masking import mask


class Masked(logging.Filter):
    """Takes personal data out of a log line; what it was made from is dropped."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the message in place."""
        record.msg, record.args = mask(record.getMessage()), ()
        return True
