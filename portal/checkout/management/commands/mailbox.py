"""The demo's mail server: takes every message over real SMTP and puts it into a folder. It never forwards anything."""

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP
from django.conf import settings
from django.core.management.base import BaseCommand


class Folder:
    def __init__(self, path):
        self.path, self.count = Path(path), 0
        self.path.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 aiosmtpd's name
        self.count += 1
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{self.count:05}"
        draft = self.path / f"{name}.part"
        draft.write_bytes(envelope.original_content)
        draft.rename(draft.with_suffix(".eml"))
        return "250 Message accepted"


class Command(BaseCommand):
    help = "Receive the demo's mail on EMAIL_URL's port into STATE_DIR/mail."
    requires_system_checks = ()

    def handle(self, **options):
        asyncio.run(serve(Folder(settings.STATE_DIR / "mail"), settings.EMAIL_HOST, settings.EMAIL_PORT))


async def serve(folder, host, port):
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for sig in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sig, stopped.set)
    server = await loop.create_server(lambda: SMTP(folder, hostname="mailbox", enable_SMTPUTF8=True), host, port)
    async with server:
        await stopped.wait()
