import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from portal.desk.limits import TooManyError
from portal.desk.models import Report
from tests.portal.desk.make import hand_in


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Changes are really committed, as several processes need it; the desk's reports are emptied afterwards."""
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE desk_report, desk_allowance CASCADE")
        connection.close()


def test_a_form_sent_eight_times_at_once_is_one_report(committed):
    def send(_: int) -> str:
        try:
            return hand_in(key="pressed-eight-times", sender="203.0.113.9").code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        codes = set(people.map(send, range(8)))
    assert codes == {Report.objects.get().code}


def test_the_limit_holds_when_all_come_at_once(committed):
    def send(_: int) -> bool:
        try:
            hand_in(key=uuid.uuid4().hex, sender="203.0.113.9")
        except TooManyError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(send, range(16))) == 10
    assert Report.objects.count() == 10
