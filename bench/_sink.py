"""A mail server that accepts everything at once and remembers Message-IDs; EXPN says how many came, and how many
differ."""

import asyncio
import re

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
ANSWERS = {b"QUIT": b"221 Bye\r\n", b"DATA": b"354 Go on\r\n"}


class Sink(asyncio.Protocol):
    seen: list[bytes] = []

    def connection_made(self, transport):
        self.transport, self.rest, self.in_data = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, data):
        self.rest += data
        while True:
            end = self.rest.find(b"\r\n.\r\n" if self.in_data else b"\r\n")
            if end < 0:
                return
            if self.in_data:
                self.seen.append(MESSAGE_ID.search(self.rest[:end]).group(1))
                self.rest, self.in_data = self.rest[end + 5 :], False
                self.transport.write(b"250 OK\r\n")
            else:
                line, self.rest = self.rest[:end], self.rest[end + 2 :]
                self.answer(line[:4].upper())

    def answer(self, word):
        self.in_data = word == b"DATA"
        if word == b"EXPN":
            self.transport.write(b"250 %d %d\r\n" % (len(self.seen), len(set(self.seen))))
        else:
            self.transport.write(ANSWERS.get(word, b"250 OK\r\n"))
        if word == b"QUIT":
            self.transport.close()


async def serve():
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
