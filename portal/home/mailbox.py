"""The demo's mailbox: every e-mail the portal sent over SMTP, for anyone to read. Only where nobody is real."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.access import anyone, page

SHOWN = 50
AS_MAIL = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": [SELF, "data:"]}


@dataclass(frozen=True)
class Mail:
    name: str
    message: EmailMessage

    @property
    def to(self) -> str:
        """Decoded by hand: the parser of structured headers puts a space into a name that was folded in two."""
        raw = dict(self.message.raw_items())["To"]
        return str(make_header(decode_header(raw.replace("\n", ""))))

    @property
    def sent_at(self) -> datetime:
        at = parsedate_to_datetime(self.message["Date"])
        return at if at.tzinfo else at.replace(tzinfo=UTC)  # "-0000" means UTC with an unknown local zone


@never_cache
@page(open_to=anyone)
@require_safe
def mail_list(request):
    wanted = request.GET.get("to", "").strip()
    names = sorted(_folder().glob("*.eml"), reverse=True)
    mails = Paginator(names, SHOWN).get_page(request.GET.get("page")) if not wanted else None
    shown = [_read(path) for path in (mails or names)]
    if wanted:
        shown = [mail for mail in shown if wanted.lower() in mail.to.lower()][:SHOWN]
    return render(request, "home/mail_list.html", {"mails": shown, "page": mails, "wanted": wanted})


@never_cache
@csp_replace(AS_MAIL)
@page(open_to=anyone)
@require_safe
def mail_show(request, name):
    path = _folder() / f"{name}.eml"
    if not path.is_file():
        raise Http404
    message = _read(path).message
    html = message.get_body(("html",))
    if html:
        return HttpResponse(html.get_content())
    return HttpResponse(message.get_body(("plain",)).get_content(), content_type="text/plain; charset=utf-8")


def _folder():
    if not settings.DEMO:
        raise Http404
    return settings.STATE_DIR / "mail"


def _read(path):
    return Mail(name=path.stem, message=message_from_bytes(path.read_bytes(), policy=policy.default))
