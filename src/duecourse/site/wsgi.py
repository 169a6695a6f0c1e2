"""WSGI entry point: `granian --interface wsgi duecourse.site.wsgi:application`."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from duecourse.site.lifeline import tie

if server := os.environ.get("DUECOURSE_TIED"):  # set by site.web: no worker outlives the server that started it
    tie(signal.SIGKILL, int(server))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duecourse.site.settings")
application = get_wsgi_application()
