"""The desk for a production server: `gunicorn bot.desk.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from bot.knowledge import current

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.desk.configuration")

application = get_wsgi_application()
current()  # half a second that the first page would wait
