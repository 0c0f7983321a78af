"""What somebody typed for something that is not there any more is shown to them, and saved nowhere."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render


def gives_back(*names):
    """The fields of a page's form that hold text. Without any in them, what is not found is not found."""

    def decorate(view):
        @wraps(view)
        def answered(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except Http404:
                typed = [
                    text for name, text in request.POST.items() if name.partition("-")[0] in names and text.strip()
                ]
                if not typed:
                    raise
                return render(request, "principles/too_late.html", {"typed": typed}, status=404)

        return answered

    return decorate
