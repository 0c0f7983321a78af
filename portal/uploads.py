"""Files from people: no more of one is taken in than its page allows, and it leaves as a download that nothing runs."""

from functools import wraps
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect


class Cap(FileUploadHandler):
    """Passes on no more of an upload than `most_bytes`; the rest is counted and discarded as it arrives, so that a huge
    file fills neither memory nor disk."""

    def __init__(self, request, most_bytes):
        super().__init__(request)
        self.most_bytes = most_bytes

    def receive_data_chunk(self, raw_data, start):
        return raw_data if start + len(raw_data) <= self.most_bytes else None

    def file_complete(self, file_size):
        if file_size <= self.most_bytes:
            return None
        return UploadedFile(BytesIO(), name=self.file_name, content_type=self.content_type, size=file_size)


def takes_files(most_bytes):
    """A page whose form has files of no more than this, each named beside its field when it has more."""

    def taking(view):
        protected = csrf_protect(view)

        @csrf_exempt  # csrf_protect reads what is sent, and so comes once the cap is in place
        @wraps(view)
        def opened(request, *args, **kwargs):
            request.upload_handlers.insert(0, Cap(request, most_bytes))
            return protected(request, *args, **kwargs)

        return opened

    return taking


def download(content, name, kind):
    """A download that no browser runs, displays inline or caches."""
    response = HttpResponse(bytes(content), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
