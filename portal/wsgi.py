import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from portal import checks, made_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

# A page creates thousands of objects and drops them all: collecting garbage so often takes a tenth of the time.
gc.set_threshold(50_000, 20, 20)
application = get_wsgi_application()
checks.refuse_unsafe()
made_up.refuse_real()
resolve("/")  # every page's code is loaded before the server forks, not by the first request
