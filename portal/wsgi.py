import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from portal import checks, made_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

# A page makes thousands of objects and drops them all: looking through them each time costs a tenth of it.
gc.set_threshold(50_000, 20, 20)
application = get_wsgi_application()
checks.refuse_unsafe()
made_up.refuse_real()
resolve("/")  # every page's code is read before the server makes its processes, and not by the first who asks
