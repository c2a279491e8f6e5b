"""The application: edge, routers, and what lives as long as the process."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from types import FrameType
from typing import Any

import structlog
from fastapi import FastAPI

from app.channels.console.routes import console_router
from app.channels.console.site_routes import site_router
from app.channels.demo.knowledge import demo_documents, demo_items
from app.channels.demo.routes import demo_router
from app.channels.health import health_router
from app.channels.reference import reference_router
from app.channels.services import Services
from app.channels.webchat.geolocation import Geolocation
from app.channels.webchat.limits import RateLimits
from app.channels.webchat.public_routes import public_router
from app.channels.webchat.routes import webchat_router
from app.channels.webchat.stream import farewell
from app.channels.widget.routes import widget_router
from app.conversations.routing import route_forever
from app.conversations.staff_routes import conversations_router
from app.conversations.staff_streams import StaffStreams
from app.conversations.task_routes import tasks_router
from app.conversations.view_routes import views_router
from app.edge.body import BodyLimit, StrictRoute
from app.edge.context import RequestContext
from app.edge.cors import Cors
from app.edge.problems import install_problem_handlers
from app.knowledge.actions import SiteKnowledge
from app.knowledge.actions import seed as seed_knowledge
from app.knowledge.embedding import embed_forever
from app.knowledge.staff_routes import BODY_LIMITS, knowledge_router
from app.leads.actions import start_reader
from app.leads.export_desk import ExportDesk
from app.leads.export_routes import exports_router
from app.leads.reading import prepare_reading
from app.leads.retention import RetentionJob
from app.leads.retention_routes import privacy_router
from app.leads.staff_routes import leads_router
from app.logs import configure_logging
from app.notifications.public_routes import mail_router
from app.notifications.staff_routes import notifications_router
from app.notifications.texts import load_texts
from app.notifications.worker import Postman, deliver_forever
from app.prompting.assistants import assistant_source, load_assistant
from app.prompting.consents import load_consents
from app.prompting.directory import PromptDirectory
from app.prompting.staff_routes import prompts_router
from app.replies import guided
from app.replies.actions import TurnRunner
from app.replies.compose import Composer
from app.replies.qualify import tell_of_lead
from app.replies.redact import Redactor
from app.replies.rehearsal import Stage
from app.replies.spending import give_back_forever
from app.replies.staff_routes import assist_router
from app.replies.tuning import TuningDesk
from app.replies.tuning_routes import tuning_router
from app.settings import Settings, load_settings, shares_metrics
from app.sites.actions import SiteDirectory, ensure_default_site
from app.staff.actions import StaffDesk
from app.staff.staff_routes import staff_router
from app.wiring import Wiring, load_secret, open_wiring

log = structlog.get_logger(__name__)

DEMO_KEY = "pk_demo"
"""The public key of an installation that nobody has set up yet: its site is the demonstration dealer's."""
WARM_AFTER_SECONDS = 0.3
"""After the start: whoever waits for readiness is answered first."""
DRAIN_SECONDS = 5.0
"""What running turns get after SIGTERM; the rest is given back and finished by another process."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Raises ConfigurationError when a setting or a prompt file is wrong."""
    settings = settings or load_settings()
    configure_logging(settings.log_format, settings.log_level)
    assistant = load_assistant(settings.openai_assistant_id)
    source = assistant_source(settings.openai_assistant_id)
    consents = load_consents()
    guided.prepare()
    limits = RateLimits(settings, load_secret(settings))
    postman = Postman(settings, load_texts(), lambda text, region: Redactor(region=region).redact(text))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        wiring = await open_wiring(settings)
        try:
            site = await ensure_default_site(
                wiring.rpc,
                settings.webchat_public_token,
                settings.default_site_origins,
                key_is_a_setting=settings.public_token_is_set,
            )
            sites = SiteDirectory(wiring.rpc)
            knowledge = SiteKnowledge(
                wiring.rpc, wiring.embeddings, least=settings.openai_embeddings_similarity
            )
            await _seed_demo(wiring, site.id)
            prompts = PromptDirectory(wiring.rpc, assistant, source)
            composer = Composer(wiring, prompts, knowledge, consents)
            stage = Stage(wiring, knowledge, consents)
            app.state.tuning = tuning = TuningDesk(wiring, sites, prompts, stage)
            turns = TurnRunner(wiring, sites, composer)
            geolocation = Geolocation(settings, wiring.rpc)
            app.state.services = Services(wiring, sites, turns, prompts, consents, geolocation, knowledge)
            app.state.staff_desk = desk = StaffDesk(wiring, postman.sealer)
            app.state.postman = postman
            app.state.staff_streams = streams = StaffStreams(wiring)
            app.state.lead_reader = leads = start_reader(wiring, sites, partial(tell_of_lead, wiring, sites))
            app.state.export_desk = exports = ExportDesk(wiring)
            retention = RetentionJob(wiring)
            forever = (
                turns.recover_forever(),
                turns.listen_forever(),
                streams.beat_forever(),
                route_forever(wiring, sites),
                deliver_forever(wiring, postman),
                give_back_forever(wiring),
                embed_forever(wiring, knowledge),
            )
            async with _living(wiring, turns, forever):
                log.info("started", worker=wiring.worker, guided=wiring.model is None)
                yield
            await tuning.close()
            await exports.close()
            await retention.close()
            await leads.close()
            await geolocation.close()
            await postman.close()
            await streams.close()
            await desk.close()
        finally:
            await wiring.close()

    app = FastAPI(
        title="TalIA webchat",
        version="0.1.0",
        summary="An AI webchat that never loses a message and hands good leads to a person.",
        lifespan=lifespan,
        # Ours instead: theirs runs a script of another host's on the origin where the staff's token is kept.
        docs_url=None,
        redoc_url=None,
        # A redirect would be built from the Host header, which is whatever a client says.
        redirect_slashes=False,
    )
    install_problem_handlers(app)
    _include_routers(app, limits)
    # The last one added is the outermost: a page may read every refusal, also that of a body.
    app.add_middleware(BodyLimit, larger=BODY_LIMITS)
    app.add_middleware(Cors)
    app.add_middleware(RequestContext, trusted=settings.trusted_networks)
    return app


async def _seed_demo(wiring: Wiring, site_id: str) -> None:
    """What the demonstration dealer knows, at the first start of an installation that nobody has set up."""
    if wiring.settings.webchat_public_token == DEMO_KEY:
        items = demo_items(wiring.settings.public_url)
        await seed_knowledge(wiring.rpc, site_id, items=items, documents=demo_documents())


def _include_routers(app: FastAPI, limits: RateLimits) -> None:
    app.include_router(webchat_router(limits))
    app.include_router(public_router(limits))
    app.include_router(widget_router())
    app.include_router(console_router())
    app.include_router(staff_router(StrictRoute))
    app.include_router(site_router(StrictRoute))
    app.include_router(conversations_router(StrictRoute))
    app.include_router(tasks_router(StrictRoute))
    app.include_router(assist_router(StrictRoute))
    app.include_router(views_router(StrictRoute))
    # Before what else is below /leads: there a lead's id follows.
    app.include_router(exports_router(StrictRoute))
    app.include_router(privacy_router(StrictRoute))
    app.include_router(leads_router(StrictRoute))
    app.include_router(knowledge_router(StrictRoute))
    app.include_router(prompts_router(StrictRoute))
    app.include_router(tuning_router(StrictRoute))
    app.include_router(notifications_router(StrictRoute))
    app.include_router(mail_router())
    app.include_router(health_router(multiprocess_metrics=shares_metrics()))
    app.include_router(reference_router())
    app.include_router(demo_router())


async def _warm() -> None:
    """Once the server serves, what its first turn would wait for."""
    await asyncio.sleep(WARM_AFTER_SECONDS)
    await asyncio.to_thread(prepare_reading)
    await asyncio.to_thread(guided.prepare_phrases)


@asynccontextmanager
async def _living(
    wiring: Wiring, turns: TurnRunner, forever: tuple[Coroutine[Any, Any, None], ...]
) -> AsyncIterator[None]:
    """Recovers abandoned turns meanwhile; at the end lets running ones finish."""
    loop = asyncio.get_running_loop()
    jobs = [loop.create_task(job) for job in (*forever, _warm())]
    draining: list[asyncio.Task[None]] = []

    def begin_drain() -> None:
        if not draining:
            log.info("draining", running=turns.running)
            draining.append(loop.create_task(turns.drain(DRAIN_SECONDS)))
            wiring.bus.farewell(farewell)

    restore = _chain_signals(loop, begin_drain)
    try:
        yield
    finally:
        restore()
        begin_drain()
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)
        await draining[0]


def _chain_signals(loop: asyncio.AbstractEventLoop, begin_drain: Callable[[], None]) -> Callable[[], None]:
    """Start draining at once on SIGTERM or SIGINT, then let the server's own handler go on.

    The server waits for open streams before it ends the lifespan: told any later, they would hold it up.
    """
    previous: dict[int, Any] = {}

    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(begin_drain)
        if callable(previous[number]):
            previous[number](number, frame)

    def restore() -> None:
        for number, handler in previous.items():
            signal.signal(number, handler)

    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            previous[number] = signal.getsignal(number)
            signal.signal(number, handle)
    except ValueError:
        # Not the main thread, as in tests: whoever stops the server ends the lifespan.
        previous.clear()
    return restore
