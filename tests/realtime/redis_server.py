"""A redis-server of the test's own, on a Unix socket, that can be stopped, killed and started again."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
import redis

PASSWORD = "s3cret-of-redis"
_OPTIONS = f"--port 0 --requirepass {PASSWORD} --save  --appendonly no --loglevel warning".split(" ")


class RedisServer:
    def __init__(self) -> None:
        binary = shutil.which("redis-server")
        if binary is None:
            pytest.skip("redis-server is not installed (Debian: apt-get install redis-server)")
        self._binary = binary
        self._folder = Path(tempfile.mkdtemp(prefix="talia-redis-"))
        self.socket = self._folder / "redis.sock"
        self.url = f"unix://:{PASSWORD}@{self.socket}?db=0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers. It keeps nothing on disk."""
        self._process = subprocess.Popen(
            [self._binary, *_OPTIONS, "--unixsocket", str(self.socket), "--dir", str(self._folder)],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 10
        while not self._answers():
            assert self._process.poll() is None, "redis-server did not start"
            assert time.monotonic() < deadline, "redis-server does not answer"
            time.sleep(0.01)

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
            self._process.wait()
            self._process = None
            self.socket.unlink(missing_ok=True)

    def freeze(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def destroy(self) -> None:
        self.kill()
        shutil.rmtree(self._folder)

    def client(self) -> redis.Redis:
        """A plain synchronous client: use it as a context manager."""
        return redis.Redis(unix_socket_path=str(self.socket), password=PASSWORD)

    def _answers(self) -> bool:
        with self.client() as client:
            try:
                return bool(client.ping())
            except (redis.ConnectionError, redis.BusyLoadingError):
                return False


class Wire:
    """A line to the server that can be cut for one process alone."""

    def __init__(self, server: RedisServer) -> None:
        self._server = server
        self._folder = Path(tempfile.mkdtemp(prefix="talia-wire-"))
        self.url = f"unix://:{PASSWORD}@{self._folder / 'wire.sock'}"
        self._listener: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self.deaf = False
        """What is published does not come through any more, while everything else does."""

    async def mend(self) -> None:
        self._listener = await asyncio.start_unix_server(self._connect, self._folder / "wire.sock")

    async def cut(self) -> None:
        assert self._listener is not None
        self._listener.close()
        for writer in self._writers:
            writer.transport.abort()
        await self._listener.wait_closed()
        (self._folder / "wire.sock").unlink(missing_ok=True)

    async def destroy(self) -> None:
        await self.cut()
        shutil.rmtree(self._folder)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(str(self._server.socket))
        self._writers |= {writer, back}
        await asyncio.gather(self._pump(reader, back, False), self._pump(there, writer, True))
        self._writers -= {writer, back}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, inward: bool) -> None:
        try:
            while data := await reader.read(65536):
                if inward and self.deaf and b"message" in data:
                    continue
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()
