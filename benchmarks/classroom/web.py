"""HTTP as a browser speaks it to one server: a connection that is kept, and packed answers."""

import asyncio
import ipaddress
import zlib
from contextlib import suppress
from urllib.parse import urlsplit

PATIENCE = 60.0


def loopback(url: str) -> tuple[str, int]:
    """Host and port of an address on this machine; a load test has no business elsewhere.

    Raises:
        ValueError: the address is another machine's, or is a name.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if not _is_loopback(host):
        raise ValueError(f"Only a loopback address of this machine may be loaded, not {host!r}.")
    return host, parts.port or 80


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False  # a name


class Connection:
    """One kept connection; the next request waits until the one before is answered."""

    def __init__(self, url: str) -> None:
        self.host, self.port = loopback(url)
        self._lock = asyncio.Lock()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> tuple[int, bytes]:
        """Status and unpacked body."""
        async with self._lock:
            for attempt in range(2):  # the server may have closed a connection that lay idle
                try:
                    async with asyncio.timeout(PATIENCE):
                        return await self._ask(path)
                except (OSError, asyncio.IncompleteReadError):
                    await self.close()
                    if attempt:
                        raise
        raise AssertionError("unreachable")

    async def close(self) -> None:
        """Give the connection up."""
        streams, self._streams = self._streams, None
        if streams:
            streams[1].close()
            with suppress(OSError):
                await streams[1].wait_closed()

    async def _ask(self, path: str) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        request = f"GET {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
        writer.write((request + "Accept-Encoding: gzip\r\n\r\n").encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        body = await _body(reader, fields)
        if fields.get("content-encoding") == "gzip":
            body = zlib.decompress(body, wbits=31)
        return int(head[0].split()[1]), body


async def _body(reader: asyncio.StreamReader, fields: dict[str, str]) -> bytes:
    if fields.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(fields.get("content-length", 0)))
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)
