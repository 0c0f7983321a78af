"""Files from people: no more of one is taken in than its page allows, and it leaves as a download that nothing runs."""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpResponse
from django.utils.http import content_disposition_header


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


def download(content, name, kind):
    """A download that no browser runs, displays inline or caches."""
    response = HttpResponse(bytes(content), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
