"""The rubric that a site's leads are scored by: `settings.leads.rubric` names one of prompts/rubrics."""

from __future__ import annotations

import re
from functools import cache

import structlog

from app.errors import ConfigurationError
from app.leads.rubric import load_rubric
from app.leads.types import Rubric
from app.sites.types import Site

log = structlog.get_logger(__name__)

DEFAULT = "default"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def rubric_of(site: Site) -> Rubric:
    """A rubric that is not there or wrong leaves the site with the default one, and the log says so."""
    settings = site.settings.get("leads")
    name = settings.get("rubric", DEFAULT) if isinstance(settings, dict) else DEFAULT
    return _named(name if isinstance(name, str) else "")


@cache
def _named(name: str) -> Rubric:
    try:
        if _NAME.fullmatch(name):
            return load_rubric(name)
        log.error("rubric_name_invalid")
    except ConfigurationError as error:
        log.error("rubric_not_loaded", rubric=name, problem=str(error))  # noqa: TRY400 - no trace is needed
    return load_rubric(DEFAULT)
