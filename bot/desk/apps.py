"""The desk as Django sees it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The one application; the roles are written anew after each migration."""

    name = "bot.desk"
    label = "desk"
    verbose_name = "Destek masası"

    def ready(self) -> None:
        """Connect the signals."""
        from django.contrib.auth.signals import user_logged_in, user_logged_out
        from django.db.models.signals import post_migrate

        from bot.desk import audit, roles

        post_migrate.connect(roles.write_groups, sender=self)
        user_logged_in.connect(audit.came_in)
        user_logged_out.connect(audit.went_out)
