"""The gateways of this installation by name, in order of preference, with failover between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from duecourse.connectors.gateways.breaker import Breaker
from duecourse.connectors.gateways.errors import GatewayError, Refused, Unreachable, Unsure
from duecourse.connectors.gateways.port import Charge, Gateway, Started
from duecourse.connectors.gateways.sandbox.client import SandboxGateway
from duecourse.connectors.gateways.stripe_ import StripeCheckout


class NoSuchGateway(GatewayError):
    """A name that is not in the settings."""


class Registry:
    """`Registry([first, second])`: the first is used while it works."""

    def __init__(self, gateways: list[Gateway]) -> None:
        self._gateways = {gateway.name: gateway for gateway in gateways}
        self._breakers = {gateway.name: Breaker() for gateway in gateways}

    def __iter__(self) -> Iterator[Gateway]:
        return iter(self._gateways.values())

    def __getitem__(self, name: str) -> Gateway:
        try:
            return self._gateways[name]
        except KeyError:
            raise NoSuchGateway("No gateway of that name is set up") from None

    @property
    def first(self) -> str:
        """The name of the preferred gateway. Raises NoSuchGateway when none is set up."""
        for name in self._gateways:
            return name
        raise NoSuchGateway("No gateway is set up")

    def states(self, now: datetime) -> dict[str, str]:
        """The breaker of each gateway: closed (in use), open (resting) or trying."""
        return {name: breaker.state(now) for name, breaker in self._breakers.items()}

    @contextmanager
    def through(self, name: str, *, now: datetime, patient: bool = False) -> Iterator[Gateway]:
        """A call to one gateway, that its breaker learns from. Raises Unreachable while it rests, unless `patient`."""
        gateway, breaker = self[name], self._breakers[name]
        if not breaker.lets_through(now) and not patient:
            raise Unreachable("The gateway rests after several failures")
        try:
            yield gateway
        except (Unreachable, Unsure):
            breaker.failed(now)
            raise
        except Refused:
            breaker.worked()
            raise
        breaker.worked()

    def charge(self, charge: Charge, *, now: datetime) -> tuple[str, Started]:
        """Start the payment at the first gateway that works; says which one took it.

        An answer that was lost also moves on to the next: a payment is paid on the gateway's page only, and nobody
        was sent to the page of the lost one. Raises Refused at once, and Unreachable or Unsure when all are down.
        """
        last: GatewayError = NoSuchGateway("No gateway is set up")
        for name in self._gateways:
            try:
                with self.through(name, now=now) as gateway:
                    return name, gateway.charge(charge)
            except (Unreachable, Unsure) as error:
                last = error
        raise last


def from_settings(settings: Mapping[str, Mapping[str, Any]]) -> Registry:
    """`{"sandbox": {"kind": "sandbox", "url": ..., "secret_file": ...}, "stripe": {"kind": "stripe", ...}}`.

    Raises ValueError for settings that make no sense, and for a sandbox beside a live gateway: a failover to it would
    tell a payer that money moved when none did.
    """
    if any(one.get("kind") == "sandbox" for one in settings.values()) and any(map(_is_live, settings.values())):
        raise ValueError("The sandbox takes no money. Remove it, or use a test key for the other gateway.")
    return Registry([_gateway(name, dict(one)) for name, one in settings.items()])


def _is_live(one: Mapping[str, Any]) -> bool:
    return one.get("kind") == "stripe" and not str(one.get("secret_key")).startswith(("sk_test_", "rk_test_"))


def _gateway(name: str, one: dict[str, Any]) -> Gateway:
    try:
        kind = one.pop("kind")
        if kind == "sandbox":
            secret = Path(one.pop("secret_file")).read_text(encoding="ascii").strip()
            return SandboxGateway(name=name, secret=secret, **one)
        if kind == "stripe":
            return StripeCheckout(name=name, **one)
    except KeyError as missing:
        raise ValueError(f"Gateway {name} lacks the setting {missing}.") from None
    except TypeError:
        raise ValueError(f"Gateway {name} lacks a setting, or has one that is not known.") from None
    except OSError as error:
        raise ValueError(f"The secret of gateway {name} cannot be read: {error.strerror}.") from None
    raise ValueError(f"Gateway {name} has the unknown kind {kind}. Known kinds: sandbox, stripe.")
