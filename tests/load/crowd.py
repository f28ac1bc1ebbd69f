"""Readers that never come to the point: `python -m tests.load.crowd PORT COUNT` keeps so many connections open.

A third says nothing, a third half a request, and a third sends it octet by octet. They come one after the other, and
whoever is sent away comes back. As they would be on other machines, they leave the processor to the server.
A line is written when all are there, and each second how many times somebody was sent away.
"""

import asyncio
import contextlib
import os
import random
import resource
import sys

HALF = b"GET /feeds/example/north.ics HTTP/1.1\r\nHost: a\r\n"
EACH_SECOND = 1.0
#: Seconds in which all of them arrive.
ARRIVING = 10.0


class Crowd:
    """So many connections to a port."""

    def __init__(self, port: int, count: int) -> None:
        self._port = port
        self._count = count
        self._open = 0
        self._sent_away = 0

    async def _one(self, number: int) -> None:
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(0.2)
                continue
            self._open += 1
            dripping = asyncio.create_task(self._drip(writer)) if number % 3 == 2 else None
            try:
                if number % 3 == 1:
                    writer.write(HALF)
                await reader.read()
            except OSError:
                pass
            finally:
                self._open -= 1
                self._sent_away += 1
                if dripping:
                    dripping.cancel()
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
            await asyncio.sleep(random.uniform(0, 0.5))

    async def _drip(self, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            for octet in HALF * 1000:
                writer.write(bytes([octet]))
                await writer.drain()
                await asyncio.sleep(EACH_SECOND)

    async def gather(self) -> None:
        """Come, and stay."""
        async with asyncio.TaskGroup() as group:
            for number in range(self._count):
                group.create_task(self._one(number))
                if number % 20 == 19:
                    await asyncio.sleep(ARRIVING / self._count * 20)
            while True:
                # Some are always on their way back.
                state = "there" if self._open > self._count * 0.9 else "coming"
                sys.stdout.write(f"{state} {self._open} {self._sent_away}\n")
                sys.stdout.flush()
                await asyncio.sleep(EACH_SECOND)


if __name__ == "__main__":
    os.nice(5)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(Crowd(int(sys.argv[1]), int(sys.argv[2])).gather())
