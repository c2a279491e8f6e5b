"""Built files as they are served: read once, zipped once, with the tag of their content."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

from fastapi import Request, Response


@dataclass(frozen=True, slots=True)
class Asset:
    """A file in both encodings, with the tag of its content."""

    plain: bytes
    zipped: bytes
    etag: str
    media_type: str

    @classmethod
    def of(cls, content: bytes, media_type: str) -> Asset:
        tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        return cls(content, gzip.compress(content, 9, mtime=0), tag, media_type)

    def response(self, request: Request, headers: dict[str, str]) -> Response:
        headers = {**headers, "ETag": self.etag, "Vary": "Accept-Encoding"}
        if self.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(self.zipped, media_type=self.media_type, headers=headers)
        return Response(self.plain, media_type=self.media_type, headers=headers)
