"""The running hub, put together: store, writer, link, web. The only place that builds them."""

import logging
import secrets
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from socket import gethostname

from kanban_hub import datadir
from kanban_hub.accounts.addresses import welcome_url
from kanban_hub.accounts.password import Hashing
from kanban_hub.accounts.register import Register
from kanban_hub.accounts.sessions import Sessions
from kanban_hub.accounts.tokens import Tokens
from kanban_hub.backup import Vault
from kanban_hub.changes import Changes
from kanban_hub.clock import SteadyClock
from kanban_hub.commands import Commands
from kanban_hub.errors import EndedError, NotLoadedError, StoreError
from kanban_hub.evidence import EvidenceReader
from kanban_hub.execution import role_of
from kanban_hub.identity import own
from kanban_hub.identity.keeper import KeeperParts
from kanban_hub.identity.office import Office
from kanban_hub.inbox import Delivery, Word
from kanban_hub.intake import Intake
from kanban_hub.ledger import Ledger
from kanban_hub.loading import change_plant
from kanban_hub.notices.announcer import Announcer
from kanban_hub.notices.build import sender_of
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.configfile import plant_faults
from kanban_hub.notices.silence import Silence
from kanban_hub.oidc.build import provider_of
from kanban_hub.oidc.config import OidcConfig
from kanban_hub.orders import ChangePlant, Order
from kanban_hub.outlet import Outlet
from kanban_hub.presence import Presence
from kanban_hub.printers.printer import Printer
from kanban_hub.reader import FloorReader
from kanban_hub.releases.handout import Handout
from kanban_hub.releases.rollouts import Rollouts
from kanban_hub.releases.shelf import Shelf
from kanban_hub.stationfile import stations_broker
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import url_of
from kanban_hub.suppliers.mailmarks import MailLinks
from kanban_hub.suppliers.signing import Signer
from kanban_hub.web.app import create_app, create_gate
from kanban_hub.web.parts import HubHealth, WebParts
from kanban_hub.web.server import THREADS_SPARE, serve
from kanban_hub.writer import Writer, WriterParts
from kanban_protocol.codec import encode
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.link import LinkEvent, MqttLink, Session, Will
from kanban_protocol.messages import Command, HubStatus
from kanban_protocol.topics import Hub as HubChannel
from kanban_protocol.topics import Topics

log = logging.getLogger(__name__)

PLANT_POLL_S = 0.5
_EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104  # to say a name instead


@dataclass(frozen=True)
class HubSettings:
    """`host` and `port` of the web are where it listens, `notices` who is told what; `None`: nobody.

    `gate` is where the suppliers' pages alone are, `public_url` where people outside reach them.
    `database` is a URL; `None`: the file in `data`. `is_private`: reading needs a log-in too.
    `trusted_proxy` is the address of the proxy that is believed who asks, and whether by HTTPS.
    `printers` are the label printers by id. `oidc` is the provider where people can log in too.
    `door` is where stations join, under `door_names`; `None`: nowhere. `stations_mqtt` is where they find the
    broker; `None`: where the hub finds it.
    """

    data: Path
    endpoint: Endpoint
    host: str
    port: int
    notices: NoticesConfig | None = None
    gate: tuple[str, int] | None = None
    public_url: str = ""
    database: str | None = None
    is_private: bool = False
    trusted_proxy: str | None = None
    printers: Mapping[str, Printer] = field(default_factory=dict)
    oidc: OidcConfig | None = None
    door: tuple[str, int] | None = None
    door_names: tuple[str, ...] = ()
    stations_mqtt: Endpoint | None = None


class RunningHub:
    """One hub on one data directory, from `run` until `stop` is set."""

    def __init__(self, settings: HubSettings) -> None:
        self._settings = settings
        self._provider = provider_of(settings.oidc, time.time) if settings.oidc is not None else None
        self._boot = secrets.token_hex(4)
        self._store = DatabaseStore(url_of(settings.data, settings.database), alone=True)
        with self._store.view() as view:
            self._clock = SteadyClock(view.latest_ms())
        self._presence = Presence()
        self._changes = Changes()
        self._started_ms = self._clock.now_ms()
        self._fault: str | None = None
        self._intake: Intake | None = None
        self._writer: Writer | None = None
        self._outlet: Outlet | None = None
        self._commands = Commands(self._send_command)
        self._shelf = Shelf(settings.data)
        self._rollouts = Rollouts(
            self._store, self._shelf, self._presence, self._send_command, self._clock.now_ms
        )
        self._notices = settings.notices or NoticesConfig()
        silence = Silence(self._presence, self._presence.now_s())
        self._hashing = Hashing()
        self._register = Register(self._store, self._hashing, self._clock.now_ms)
        self._signer = Signer(datadir.link_key(settings.data))
        links = MailLinks(self._store, self._clock, self._signer, settings.public_url)
        self._sender = sender_of(self._notices, links, silence)
        self._office = self._opened_office()

    def run(self, stop: threading.Event) -> None:
        """Serve until `stop`. Without a plant the pages say so, and the link waits for it.

        Raises `EndedError` when it cannot go on.
        """
        self._invite_first()
        self._open_door(stop)
        webs = self._webs(stop)
        for web in webs:
            web.start()
        site = self._site(stop)
        if site is not None:
            self._run_site(site, stop)
        stop.set()
        self._office.keeper.close()
        for web in webs:
            web.join(timeout=5)
        self._store.close()
        if self._fault is not None:
            raise EndedError(self._fault)

    def _opened_office(self) -> Office:
        settings = self._settings
        names = own.names_of(settings.door[0], settings.door_names) if settings.door is not None else []
        kept = KeeperParts(
            settings.data,
            self._store,
            self._clock.now_ms,
            settings.endpoint,
            address=settings.door,
            names=tuple(names),
            stations=settings.stations_mqtt,
        )
        broker = partial(stations_broker, settings.stations_mqtt or settings.endpoint)
        return Office(kept, broker, {"releases": Handout(self._shelf)})

    def _open_door(self, stop: threading.Event) -> None:
        """Raises `EndedError` when its port is taken."""
        try:
            self._office.keeper.start(self._office.door, stop)
        except OSError as error:
            where = ":".join(map(str, self._settings.door or ()))
            raise EndedError(f"the stations' door cannot listen on {where}: {error}") from None

    def _invite_first(self) -> None:
        """Say how the first account is made. Not by the log: what is logged is kept and sent around."""
        link = self._register.invite_first()
        if link is None:
            return
        host = gethostname() if self._settings.host in _EVERYWHERE else self._settings.host
        address = welcome_url(f"http://{host}:{self._settings.port}", link)
        sys.stderr.write(f"There is no account yet. Make the first, once, within an hour:\n  {address}\n")
        sys.stderr.flush()

    def _run_site(self, site: str, stop: threading.Event) -> None:
        topics = Topics(site)
        ledger = Ledger(self._store, self._clock, Announcer(self._notices))
        will = encode(HubStatus(v=1, online=False, epoch=ledger.epoch, boot=self._boot))
        session = Session(
            client_id=f"kanban-hub-{site}",
            filters=topics.for_hub(),
            will=lambda _: Will(topics.hub(HubChannel.STATUS), will),
        )

        def take(event: LinkEvent) -> None:
            intake.take(event)

        link = MqttLink(self._office.keeper.endpoint, session, take)
        outlet = Outlet(link, topics, self._boot)
        writer = Writer(WriterParts(self._store, ledger, outlet, self._changes, self._presence))
        intake = Intake(topics, writer, self._presence, self._clock, self._office.keeper.is_barred)
        self._writer, self._intake, self._outlet = writer, intake, outlet
        writer.start()
        link.start()
        self._start_sender()
        while not stop.wait(1.0):
            self._roll_on()
            if not writer.is_alive():
                self._fault = "the writer has ended: nothing can be taken any more"
                break
        self._sender.stop()
        writer.stop()
        outlet.status(ledger.epoch, is_online=False)
        link.close()

    def _roll_on(self) -> None:
        """Updates can wait for the database; nothing else may for them."""
        try:
            self._rollouts.tick()
        except StoreError as error:
            log.warning("updates of stations: %s", error)

    def _start_sender(self) -> None:
        """Only with a notices file: without it, what waits goes on waiting."""
        if self._settings.notices is None:
            return
        with self._store.view() as view:
            plant = view.plant()
        for fault in plant_faults(self._settings.notices, plant) if plant is not None else ():
            log.warning("notices file: %s: %s (%s)", fault.where, fault.text, fault.hint)
        if not self._settings.public_url and any(one.supplier for one in self._settings.notices.people):
            log.warning("mails to suppliers bear no links: start with --public-url")
        self._sender.start()

    def _site(self, stop: threading.Event) -> str | None:
        has_told = False
        while not stop.is_set():
            with self._store.view() as view:
                plant = view.plant()
            if plant is not None:
                return plant.site
            if not has_told:
                log.warning("no plant is loaded yet: open /start, or run `kanban-hub load PLANT.toml`")
                has_told = True
            stop.wait(PLANT_POLL_S)
        return None

    def _webs(self, stop: threading.Event) -> list[threading.Thread]:
        """The whole web, and where it is wanted the suppliers' pages alone, for the way to the internet."""
        settings, parts = self._settings, self._parts()
        serving = [partial(serve, create_app(parts), settings.host, settings.port, stop)]
        if settings.gate is not None:
            serving.append(partial(serve, create_gate(parts), *settings.gate, stop, THREADS_SPARE))
        return [
            threading.Thread(target=self._guard, args=(one, stop), name="web", daemon=True) for one in serving
        ]

    def _parts(self) -> WebParts:
        return WebParts(
            store=self._store,
            reader=FloorReader(self._store),
            evidence=EvidenceReader(self._store),
            presence=self._presence,
            changes=self._changes,
            clock=self._clock,
            ask=self._ask,
            hand=self._hand,
            commands=self._commands,
            rollouts=self._rollouts,
            broker=self._settings.endpoint,
            token=datadir.token(self._settings.data),
            hub=self._health,
            signer=self._signer,
            sessions=Sessions(self._store, self._hashing, self._clock.now_ms, time.monotonic),
            register=self._register,
            tokens=Tokens(self._store, self._clock.now_ms),
            notices=self._settings.notices,
            vault=Vault(self._settings.data) if self._settings.database is None else None,
            is_private=self._settings.is_private,
            trusted_proxy=self._settings.trusted_proxy,
            printers=self._settings.printers,
            public_url=self._settings.public_url,
            provider=self._provider,
            office=self._office,
        )

    def _guard(self, serving: "partial[None]", stop: threading.Event) -> None:
        try:
            serving()
        except OSError as error:
            where = ":".join(map(str, serving.args[1:3]))
            self._fault = f"the web cannot listen on {where}: {error.strerror or error}"
            stop.set()

    def _ask(self, order: Order, role: str | None = None) -> None:
        if self._writer is not None:
            self._writer.ask(order, role)
        elif isinstance(order, ChangePlant):  # the first plant: the writer begins with it
            change_plant(self._store, order, role or role_of(order))
        else:
            raise NotLoadedError

    def _hand(self, deliveries: Sequence[Delivery]) -> list[Word]:
        if self._writer is None:
            raise NotLoadedError
        return self._writer.hand(deliveries)

    def _send_command(self, station: str, command: Command) -> bool:
        return self._outlet is not None and self._outlet.command(station, command)

    def _health(self) -> HubHealth:
        writer, intake = self._writer, self._intake
        return HubHealth(
            is_connected=intake is not None and intake.is_connected,
            commit_age_s=time.monotonic() - writer.committed_s if writer else 0.0,
            queue_depth=writer.depth() if writer else 0,
            dropped=writer.dropped if writer else 0,
            boot=self._boot,
            started_ms=self._started_ms,
            notices=self._sender.counts,
        )
