"""A statement is prepared once a connection, and the words of one question never reach another."""

from typing import Any

import pytest
from django.db import DataError, transaction

from tiles import database

pytestmark = pytest.mark.django_db
TEXT = "SELECT %(one)s::text || '%%' AS joined, %(two)s::int + 1 AS more, %(one)s::text AS again"


def ask(**parameters: Any) -> Any:
    with database.asking(TEXT, parameters) as cursor:
        return cursor.fetchall()


def test_parameters_go_by_name_and_may_come_twice() -> None:
    assert ask(one="a'; DROP TABLE x; --", two=1) == [("a'; DROP TABLE x; --%", 2, "a'; DROP TABLE x; --")]


def test_a_statement_is_prepared_once_a_connection(django_assert_num_queries: Any) -> None:
    ask(one="a", two=1)
    with django_assert_num_queries(2):
        assert [ask(one=one, two=2) for one in "bc"] == [[("b%", 3, "b")], [("c%", 3, "c")]]


def test_a_failed_question_leaves_the_statement_as_it_was() -> None:
    with pytest.raises(DataError), transaction.atomic():
        ask(one="a", two="x")
    assert ask(one="a", two=None) == [("a%", None, "a")]


def test_a_statement_is_never_planned_for_one_value() -> None:
    with database.asking("SELECT code FROM tiles_dataset WHERE id = %(one)s::bigint", {"one": 1}) as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%FROM tiles_dataset WHERE id%"],
        )
        assert cursor.fetchall() == [(1, 0)]
