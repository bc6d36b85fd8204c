"""The embedded PostGIS cluster of this checkout, used when DATABASE_URL is not set.

Private and socket only. It runs exactly as long as a process uses it: every user holds a shared lock, and a
detached keeper that waits for the exclusive one stops the server, so that not even SIGKILL leaves it behind.
"""

from pathlib import Path
from typing import Any

from portal.database.cluster import Cluster
from portal.database.errors import ClusterError

__all__ = ["Cluster", "ClusterError", "own_cluster", "serves", "start", "stop", "url"]

CHECKOUT = Path(__file__).resolve().parents[2]


def own_cluster() -> Cluster:
    """The cluster of this checkout; touches nothing."""
    return Cluster(CHECKOUT)


def serves(connection_settings: dict[str, Any]) -> bool:
    """Whether Django's settings of a connection lead to the cluster of this checkout."""
    return bool(connection_settings.get("OPTIONS", {}).get("host") == str(own_cluster().place.socket))


def start() -> None:
    """Make and start the cluster as needed and stay its user until this process ends (ms when it runs)."""
    own_cluster().start()


def stop() -> None:
    """Stop the server now, whoever uses it."""
    own_cluster().stop()


def url(database: str = "city") -> str:
    """The postgis:// address of a database of the cluster, started and joined; ClusterError has a way out."""
    start()
    return own_cluster().url(database)
