"""What Django's password rules say, where its own Turkish is hard to understand."""

from django.contrib.auth.password_validation import CommonPasswordValidator


class CommonPassword(CommonPasswordValidator):
    """Refuses the passwords that are tried first."""

    def get_error_message(self) -> str:
        """Return the refusal."""
        return "Bu parola çok yaygın; kolayca tahmin edilir."
