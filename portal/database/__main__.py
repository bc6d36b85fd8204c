"""`python -m portal.database {start,stop,status,psql,url}`: the embedded cluster by hand."""

import signal
import subprocess
import sys
from contextlib import suppress

from portal.database import ClusterError, own_cluster
from portal.database.server import SUPERUSER

USAGE = """python -m portal.database VERB
  start   start the cluster and keep it until Ctrl-C
  stop    stop it now, whoever uses it
  status  say whether it runs, and where
  psql    a psql session on the database of the city; further arguments go to psql
  url     the address of the database, for DATABASE_URL; starts nothing"""


def main(verb: str, *arguments: str) -> int:
    """Do what the verb says; the exit code."""
    cluster = own_cluster()
    if verb == "start":
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            cluster.start()
            print(cluster.url("city"), flush=True)
            signal.pause()
    elif verb == "stop":
        cluster.stop()
    elif verb == "status":
        pid = cluster.server.pid()
        print(f"{'stopped' if pid is None else f'running (process {pid})'}, {cluster.place.base}")
    elif verb == "psql":
        cluster.start()
        program = cluster.server.programs() / "psql"
        session = [f"--host={cluster.place.socket}", f"--username={SUPERUSER}", "--dbname=city"]
        return subprocess.run([program, *session, *arguments]).returncode
    elif verb == "url":
        print(cluster.url("city"))
    else:
        print(USAGE, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(*(sys.argv[1:] or ["help"])))
    except ClusterError as error:
        sys.exit(str(error))
