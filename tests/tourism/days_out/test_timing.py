import random
from dataclasses import replace
from itertools import permutations

from tourism.days_out.timing import (
    EXACT,
    EXACT_WITH_ENTRIES,
    Timing,
    Travel,
    Wish,
    best_order,
    time_day,
    time_visit,
    weigh,
)

MORNING_AND_AFTERNOON = ((0, 120), (210, 400))


def travel(between: list[list[int]]) -> Travel:
    return Travel(between=between, to_first=[0] * len(between), from_last=[0] * len(between))


def drawn_day(count: int, draw: random.Random) -> tuple[list[Wish], Travel]:
    """Stops with all kinds of hours, ways that differ there and back."""
    wishes = []
    for _ in range(count):
        begin, later = draw.randint(-120, 300), draw.randint(20, 120)
        end = begin + draw.randint(30, 300)
        windows = draw.choice(
            [None, ((0, 1000),), ((begin, end),), ((begin, end), (end + later, end + later + 100)), ()]
        )
        wishes.append(Wish(stay=draw.choice([15, 30, 60, 90]), windows=windows))
    numbers = range(count)
    return wishes, Travel(
        between=[[draw.randint(1, 40) for _ in numbers] for _ in numbers],
        to_first=[draw.randint(0, 20) for _ in numbers],
        from_last=[draw.randint(0, 20) for _ in numbers],
    )


def test_who_comes_early_waits_until_the_door_opens() -> None:
    assert time_visit(Wish(stay=30, windows=((60, 200),)), 10) == Timing(10, 60, 90, "open")


def test_who_comes_too_shortly_before_lunch_waits_for_the_afternoon() -> None:
    assert time_visit(Wish(stay=60, windows=MORNING_AND_AFTERNOON), 90) == Timing(90, 210, 270, "open")


def test_who_comes_shortly_before_the_last_closing_sees_what_is_left() -> None:
    assert time_visit(Wish(stay=60, windows=MORNING_AND_AFTERNOON), 370) == Timing(370, 370, 400, "cut")


def test_who_comes_after_closing_goes_on_at_once() -> None:
    assert time_visit(Wish(stay=60, windows=MORNING_AND_AFTERNOON), 400) == Timing(400, 400, 400, "closed")


def test_who_comes_after_the_last_entry_is_not_let_in_and_who_comes_before_it_sees_what_is_left() -> None:
    wish = Wish(stay=60, windows=((0, 300),), entries=((20, 100), (150, 270)))
    assert time_visit(wish, 0) == Timing(0, 20, 80, "open")
    assert time_visit(wish, 100) == Timing(100, 150, 210, "open")
    assert time_visit(wish, 269) == Timing(269, 269, 300, "cut")
    assert time_visit(wish, 270) == Timing(270, 270, 270, "closed")
    assert time_visit(Wish(stay=60, windows=((0, 300),), entries=()), 10).state == "closed"


def test_unknown_hours_are_neither_open_nor_closed() -> None:
    assert time_visit(Wish(stay=60), 90) == Timing(90, 90, 150, "unknown")


def test_who_arrives_earlier_never_leaves_later_and_never_sees_less() -> None:
    rank = {"open": 0, "unknown": 0, "cut": 1, "closed": 2}
    draw = random.Random(1)
    for wish in (wish for _ in range(60) for wish in drawn_day(3, draw)[0]):
        visits = [time_visit(wish, arrives) for arrives in range(0, 900, 7)]
        assert [visit.leaves for visit in visits] == sorted(visit.leaves for visit in visits)
        assert [rank[visit.state] for visit in visits] == sorted(rank[visit.state] for visit in visits)


def test_a_day_goes_from_stop_to_stop() -> None:
    wishes = [Wish(stay=30), Wish(stay=60, windows=((100, 300),))]
    visits = time_day(wishes, Travel(between=[[0, 20], [25, 0]], to_first=[5, 9], from_last=[0, 0]), [0, 1])
    assert visits == [Timing(5, 5, 35, "unknown"), Timing(55, 100, 160, "open")]


def test_the_market_that_closes_at_noon_comes_first() -> None:
    wishes = [Wish(stay=120, windows=((0, 600),)), Wish(stay=60, windows=((0, 90),))]
    assert best_order(wishes, travel([[0, 10], [10, 0]])) == ((1, 0), True)


def test_of_orders_that_end_alike_the_one_with_less_way_is_taken() -> None:
    # Everything waits for the last stop, which opens late.
    wishes = [Wish(stay=10), Wish(stay=10), Wish(stay=10, windows=((500, 600),))]
    between = [[0, 5, 90], [5, 0, 5], [90, 5, 0]]
    assert best_order(wishes, travel(between))[0] == (0, 1, 2)


def test_the_best_order_is_the_best_of_all_orders() -> None:
    draw = random.Random(4)
    for count in (1, 2, 3, 4, 5, 5, 5, 6, 6):
        for _ in range(12):
            wishes, ways = drawn_day(count, draw)
            order, proven = best_order(wishes, ways)
            assert proven
            best = min(weigh(wishes, ways, other) for other in permutations(range(count)))
            assert weigh(wishes, ways, order) == best


def test_with_last_entries_too() -> None:
    draw = random.Random(7)
    for count in (2, 3, 4, 5, 5, 5, 6, 6):
        for _ in range(12):
            wishes, ways = drawn_day(count, draw)
            wishes = [
                replace(wish, entries=draw.choice([None, ((0, 100),), ((-50, 60), (90, 200))])) for wish in wishes
            ]
            order, proven = best_order(wishes, ways)
            assert proven
            best = min(weigh(wishes, ways, other) for other in permutations(range(count)))
            assert weigh(wishes, ways, order) == best


def test_last_entries_leave_fewer_stops_to_a_proof() -> None:
    wishes, ways = drawn_day(EXACT_WITH_ENTRIES + 1, random.Random(3))
    assert best_order(wishes, ways)[1]
    assert not best_order([replace(wishes[0], entries=((0, 100),)), *wishes[1:]], ways)[1]


def test_an_order_of_many_stops_claims_no_proof_and_is_no_worse_than_the_given_one() -> None:
    draw = random.Random(9)
    for _ in range(10):
        wishes, ways = drawn_day(EXACT + 2, draw)
        order, proven = best_order(wishes, ways)
        assert not proven
        assert sorted(order) == list(range(EXACT + 2))
        assert weigh(wishes, ways, order) <= weigh(wishes, ways, range(EXACT + 2))


def test_no_stop_is_no_day() -> None:
    assert best_order([], travel([])) == ((), True)
