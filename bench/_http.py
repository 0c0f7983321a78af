"""A small HTTP/1.1 client that keeps its connection: cheap enough that the server, not the client, is measured."""

import asyncio
from urllib.parse import urlencode


class Client:
    def __init__(self, port):
        self.port = port
        self.reader = self.writer = None

    async def post(self, path, fields, cookies, **headers):
        """(status, body); status 0 when the server hung up before it answered."""
        body = urlencode(fields).encode()
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        lines = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookies}\r\n{head}"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return await self._talk(lines.encode() + body)

    async def get(self, path, cookies):
        return await self._talk(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookies}\r\n\r\n".encode()
        )

    async def _talk(self, message):
        try:
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            self.writer.write(message)
            return await asyncio.wait_for(self._answer(), 60)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            self.close()
            return 0, b""

    async def _answer(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split(b" ", 2)[1])
        body = b""
        if b"transfer-encoding: chunked" in head:
            while size := int(await self.reader.readuntil(b"\r\n"), 16):
                body += await self.reader.readexactly(size)
                await self.reader.readexactly(2)
            await self.reader.readexactly(2)
        else:
            length = next((line for line in head.split(b"\r\n") if line.startswith(b"content-length:")), b": 0")
            body = await self.reader.readexactly(int(length.split(b":")[1]))
        if b"connection: close" in head:
            self.close()
        return status, body

    def close(self):
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None
