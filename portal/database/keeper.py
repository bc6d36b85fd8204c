"""`python -m portal.database.keeper CHECKOUT LOCK VERDICT`: start the server, stop it after its last user.

Detached, so that whoever asked for the server may be killed at any moment and leaves nothing half done.
LOCK: the descriptor that holds the start lock until the server is ready. VERDICT: a pipe for what went wrong.
"""

import os
import sys
from pathlib import Path

from portal.database.cluster import Cluster
from portal.database.errors import ClusterError


def keep(cluster: Cluster, *, lock: int, verdict: int) -> None:
    """Bring the server up, report, wait for the end of the last user, stop it."""
    try:
        cluster.bring_up()
    except (ClusterError, OSError) as error:
        os.write(verdict, str(error).encode())
    finally:
        os.close(lock)
        os.close(verdict)
    cluster.stop_when_unused()


if __name__ == "__main__":
    keep(Cluster(Path(sys.argv[1])), lock=int(sys.argv[2]), verdict=int(sys.argv[3]))
