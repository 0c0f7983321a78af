import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

gc.set_threshold(
    50_000, 20, 20
)  # a page makes thousands of objects and drops them all; looking each time costs a tenth
application = get_wsgi_application()
