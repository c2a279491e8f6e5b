"""Regular expressions that somebody typed, tried where they can do no harm: in a process that is ended when it takes
too long. Python's engine backtracks, holds the whole process while it does, and cannot be interrupted."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Sequence

PATIENCE_SECONDS = 5.0
"""For all patterns of one reply together. What is honest takes microseconds; the rest is for a busy machine."""

_PROGRAM = """
import json, re, sys
given = json.load(sys.stdin)
for pattern in given["patterns"]:
    found = re.search(pattern, given["text"], re.IGNORECASE) is not None
    sys.stdout.write("1" if found else "0")
    sys.stdout.flush()
"""


async def matching(
    patterns: Sequence[str], text: str, *, patience: float = PATIENCE_SECONDS
) -> list[bool | None]:
    """Of each pattern whether it is found in the text, whatever the letters' case; None: not within the time."""
    if not patterns:
        return []
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", "-c", _PROGRAM),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    answers = b""
    ended = False
    try:
        async with asyncio.timeout(patience):
            process.stdin.write(json.dumps({"patterns": list(patterns), "text": text}).encode())
            process.stdin.close()
            while piece := await process.stdout.read(64):
                answers += piece
            ended = True
    except TimeoutError:
        # What was answered by then counts.
        pass
    finally:
        # One that has ended must be left to whoever waits for it: killing it would collect it from under them.
        if not ended:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()
    told: list[bool | None] = [answer == ord("1") for answer in answers]
    return told + [None] * (len(patterns) - len(told))
