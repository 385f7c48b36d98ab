"""Several servers in order of preference: who gets the next page."""

from __future__ import annotations

from collections.abc import Callable, Collection

from glmocr_desktop.core.errors import ServerUnavailable
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.health import Health
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.remote import ServerEngine


class Servers:
    """The servers of the settings, each with its own pool, breaker and health.

    Args:
        settings: Their addresses, the preferred one first.
        transport: Runs the requests.
        on_health: Told when the health of any of them changed, on any thread.
    """

    def __init__(self, settings: Settings, transport: Transport, on_health: Callable[[Health], None]) -> None:
        self._all = tuple(
            ServerEngine(url, settings, transport, lambda _health: on_health(self.health)) for url in settings.servers
        )

    @property
    def all(self) -> tuple[ServerEngine, ...]:
        """Every server, the preferred one first."""
        return self._all

    @property
    def health(self) -> Health:
        """The health of the first server that is up; of the preferred one when none is."""
        return next((each.health for each in self._all if each.health.up), self._all[0].health)

    @property
    def lanes(self) -> int:
        """How many pages all servers that are up read at once."""
        return sum(each.pool.lanes for each in self._all if each.health.up)

    def pick(self, tried: Collection[str] = ()) -> ServerEngine | None:
        """The server for the next page: one that is usable, where the fewest pages wait; the preferred one of equals.

        Args:
            tried: Addresses of those that failed at this page already.

        Returns:
            None when no server is left.
        """
        usable = [each for each in self._all if each.usable and each.url not in tried]
        return min(usable, key=lambda each: each.crowd, default=None)

    def refusal(self) -> ServerUnavailable:
        """Why no server can be asked now, in the words of the preferred one."""
        return self._all[0].refusal()

    def watch(self) -> None:
        """Look after the health of all until `close`."""
        for each in self._all:
            each.watch()

    def close(self) -> None:
        """Stop looking after them; pages that are being read go on."""
        for each in self._all:
            each.close()
