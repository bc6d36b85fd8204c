"""The engine of `DATABASES`: Django finds it by this file's name."""

import select

from django.contrib.gis.db.backends.postgis.base import DatabaseWrapper as PostGIS


class DatabaseWrapper(PostGIS):
    """A connection that is looked at, not asked, before each request, and plans what it prepared once."""

    def init_connection_state(self) -> None:
        """Let what is prepared be planned once; some of it the server would plan anew each time."""
        super().init_connection_state()
        with self.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan")

    def is_usable(self) -> bool:
        """Return whether the server still holds its end of the connection.

        A server that left has closed it, and that is seen here; Django would ask a question of each connection before
        each request, which takes a twentieth of an answer's time.
        """
        if self.connection is None or self.connection.closed:
            return False
        end = select.poll()
        end.register(self.connection.fileno(), select.POLLIN)
        return not end.poll(0)
