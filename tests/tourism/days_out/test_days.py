from datetime import datetime
from itertools import pairwise

import pytest

from portal.accounts.models import User
from portal.calendar import CITY_ZONE
from portal.calendar.table import current
from tests.tourism.days_out.make import make_stop, make_street, make_three
from tests.tourism.make import make_edition, make_place
from tourism.days_out.asked import Asked
from tourism.days_out.cautions import find_cautions
from tourism.days_out.days import Day, DayError, Gone, Visit, plan_day
from tourism.days_out.windows import find_windows
from tourism.models import HoursNotice, Place

pytestmark = pytest.mark.django_db

EIGHT = datetime(2026, 12, 1, 8, tzinfo=CITY_ZONE)


def asked(*codes: str, start: datetime = EIGHT, stays: tuple[int | None, ...] = (), mode: str = "walk") -> Asked:
    return Asked(start=start, codes=codes, stays=stays or (None,) * len(codes), mode=mode)


def plan(*codes: str, **more: object) -> Day:
    return plan_day(asked(*codes, **more), language="vi")  # type: ignore[arg-type]


def clock(visit: Visit) -> tuple[str, str, str]:
    return tuple(f"{moment.astimezone(CITY_ZONE):%H:%M}" for moment in (visit.arrives, visit.begins, visit.leaves))  # type: ignore[return-value]


def cautions(visit: Visit) -> list[str]:
    return [caution.code for caution in find_cautions(visit)]


def test_a_walk_from_stop_to_stop_takes_the_time_of_the_way() -> None:
    make_three()
    garden, church = plan("garden", "church").visits
    # 1500 m at 75 m a minute.
    assert (clock(garden), clock(church)) == (("08:00", "08:00", "09:00"), ("09:20", "09:20", "09:50"))
    assert church.leg is not None
    assert (church.leg.minutes, round(church.leg.metres), church.leg.straight) == (20, 1500, False)


def test_a_motorbike_is_faster_and_has_to_be_parked() -> None:
    make_three()
    _garden, church = plan("garden", "church", mode="motorbike").visits
    assert church.leg is not None
    assert church.leg.minutes == 4 + 2


def test_the_stays_one_asks_for_count() -> None:
    make_three()
    garden, church = plan("garden", "church", stays=(15, None)).visits
    assert (clock(garden)[2], church.stay_minutes) == ("08:15", 30)


def test_a_stop_that_opens_later_is_waited_for() -> None:
    make_stop("museum", 0, category="museum", opening_hours="Tu 09:30-17:00")
    [museum] = plan("museum").visits
    assert clock(museum) == ("08:00", "09:30", "10:45")
    assert (museum.wait_minutes, cautions(museum)) == (90, ["long-wait"])


def test_a_stop_that_closes_during_the_stay_is_cut_short() -> None:
    make_stop("museum", 0, category="museum", opening_hours="Tu 07:00-08:20; PH off")
    [museum] = plan("museum").visits
    assert (clock(museum)[2], cautions(museum)) == ("08:20", ["closes-during-stay"])


def test_a_stop_that_is_closed_says_so_and_takes_no_time() -> None:
    make_three()
    _garden, _church, market = plan("garden", "church", "market").visits
    assert (clock(market), cautions(market)) == (("10:10", "10:10", "10:10"), ["closed"])


def test_a_closure_tells_why() -> None:
    make_three()
    HoursNotice.objects.create(
        place="church",
        first=EIGHT.date(),
        last=EIGHT.date(),
        reason_vi="Sửa mái",
        by=User.objects.create_user("lan"),
        made=EIGHT,
    )
    [church] = plan("church").visits
    [caution] = find_cautions(church)
    assert (caution.code, caution.text.endswith(" Sửa mái")) == ("closed", True)


def test_unknown_hours_are_a_third_state() -> None:
    make_three()
    make_stop("silent", 0, opening_hours="")
    make_stop("odd", 10, opening_hours="when the sun shines")
    for visit in plan("silent", "odd").visits:
        assert (visit.state, cautions(visit)) == ("unknown", ["hours-unknown"])


def test_only_a_place_with_a_telephone_is_to_be_called() -> None:
    make_stop("silent", 0, opening_hours="")
    make_stop("heard", 10, opening_hours="", phone="0263 382 2663")
    told = [next(find_cautions(visit)) for visit in plan("silent", "heard").visits]
    assert [(caution.call, "hãy gọi điện" in caution.text) for caution in told] == [(False, False), (True, True)]


def test_nobody_is_sent_after_the_last_entry_or_past_a_shut_ticket_desk() -> None:
    make_stop("palace", 0, ticket_hours="07:00-10:00,12:00-17:00", last_entry_hours="07:00-17:30")
    at = EIGHT.replace
    for start, begins, said in (
        (at(hour=9), "09:00", []),
        (at(hour=10, minute=30), "12:00", ["long-wait"]),
        (at(hour=16, minute=55), "16:55", ["closes-during-stay"]),
        (at(hour=17, minute=5), "17:05", ["no-entry"]),
        (at(hour=18, minute=5), "18:05", ["closed"]),
    ):
        [palace] = plan("palace", start=start, stays=(80,)).visits
        assert (clock(palace)[1], cautions(palace)) == (begins, said)
    assert palace.open is False


def test_a_ticket_desk_nobody_can_judge_stops_nobody() -> None:
    make_stop("palace", 0, ticket_hours="sáng", last_entry_hours="")
    [palace] = plan("palace").visits
    assert (palace.open, cautions(palace)) == (True, [])


def test_what_is_entered_by_appointment_or_unknown_by_its_own_hours_is_not_told_open() -> None:
    make_stop("villa", 0, opening_hours='Mo-Su 07:00-18:00 "by appointment"; PH off')
    make_stop("office", 0, opening_hours="Mo-Su 07:00-09:30 open, 09:30-18:00 unknown; PH off")
    villa, office = plan("villa", "office", stays=(60, 60)).visits
    assert (villa.state, villa.open, cautions(villa)) == ("open", None, ["by-appointment"])
    assert (office.state, office.open, cautions(office)) == ("open", None, ["hours-unknown"])


def test_a_holiday_the_hours_do_not_speak_of_is_a_caution() -> None:
    make_three()
    make_stop("museum", 10, opening_hours="Mo-Su 07:00-18:00")
    tet = datetime(2026, 2, 17, 8, tzinfo=CITY_ZONE)
    museum, garden = plan("museum", "garden", start=tet).visits
    assert (cautions(museum), cautions(garden)) == (["public-holiday"], [])


def test_closed_on_holidays_is_closed_on_the_holiday() -> None:
    make_stop("museum", 0, opening_hours="Mo-Su 07:00-18:00; PH off")
    [museum] = plan("museum", start=datetime(2026, 2, 17, 8, tzinfo=CITY_ZONE)).visits
    assert cautions(museum) == ["closed"]


def test_a_night_that_begins_on_the_day_counts_whole_and_the_next_morning_is_not_waited_for() -> None:
    evening = datetime(2026, 12, 1, 23, tzinfo=CITY_ZONE)
    assert find_windows("Mo-Su 18:00-02:00", evening, current().is_holiday) == ((-300, 180),)
    assert find_windows("Mo-Su 07:00-17:00", evening, current().is_holiday) == ()


def test_what_is_always_open_stays_open_over_a_long_night() -> None:
    windows = find_windows("24/7", EIGHT, current().is_holiday)
    assert windows is not None
    assert windows[-1][1] > 10_000


def test_a_lunch_break_makes_two_windows() -> None:
    assert find_windows("Mo-Sa 07:30-11:30,13:30-17:00", EIGHT, current().is_holiday) == ((-30, 210), (330, 540))


def test_a_place_off_the_roads_is_reached_by_an_estimate_that_says_so() -> None:
    make_three()
    make_stop("waterfall", 0, 1000)
    _garden, waterfall = plan("garden", "waterfall").visits
    assert waterfall.leg is not None
    assert (waterfall.leg.straight, round(waterfall.leg.metres)) == (True, 1300)
    assert cautions(waterfall) == ["off-roads"]


def test_stops_on_roads_that_are_not_connected_are_named() -> None:
    make_three()
    make_street((0, 5000), (1000, 5000))
    make_stop("beyond", 500, 5000, name="Đồi chè")
    with pytest.raises(DayError) as refused:
        plan("garden", "beyond")
    assert (refused.value.code, refused.value.stops) == ("no-way", ["garden", "beyond"])
    assert "Đồi chè" in refused.value.text


def test_a_car_does_not_pass_an_alley_a_walker_takes() -> None:
    make_street((0, 0), (1000, 0))
    make_street((1000, 0), (1000, 200), width_m=2.0)
    make_stop("inn", 0)
    make_stop("tea", 1000, 200)
    on_foot, by_car = (plan("inn", "tea", mode=mode).visits[1].leg for mode in ("walk", "car"))
    assert on_foot is not None
    assert by_car is not None
    assert (round(on_foot.distance.road_m), round(on_foot.distance.foot_m)) == (1200, 0)
    assert (round(by_car.distance.road_m), round(by_car.distance.foot_m)) == (1000, 200)


def test_roads_published_later_are_used_at_once() -> None:
    make_stop("inn", 0)
    make_stop("tea", 1000)
    assert [leg.straight for leg in plan("inn", "tea").legs] == [True]
    make_street((0, 0), (1000, 0))
    assert [leg.straight for leg in plan("inn", "tea").legs] == [False]


def test_the_way_from_the_hotel_and_back_is_part_of_the_day() -> None:
    make_three()
    hotel = make_stop("hotel", 750)
    day = plan_day(
        Asked(start=EIGHT, codes=("garden",), stays=(60,), origin=hotel.lon_lat, destination=hotel.lon_lat),
        language="vi",
    )
    assert [leg.minutes for leg in day.legs] == [10, 10]
    assert f"{day.ends.astimezone(CITY_ZONE):%H:%M}" == "09:20"


def test_a_stop_taken_from_the_register_is_shown_as_gone() -> None:
    make_three()
    make_place("old", name="Quán cũ", live=False, edition=make_edition("old", state="retired"))
    day = plan("garden", "old", "church")
    assert [type(item) for item in day.items] == [Visit, Gone, Visit]
    assert day.items[1] == Gone(code="old", name="Quán cũ", language="vi")
    assert clock(day.visits[1]) == clock(plan("garden", "church").visits[1])


def test_a_stop_that_the_lists_leave_to_its_twin_stays_a_stop() -> None:
    make_three()
    Place.objects.filter(code="church").update(live=False)
    assert [type(item) for item in plan("garden", "church").items] == [Visit, Visit]


def test_a_code_nobody_ever_had_is_refused_by_name() -> None:
    make_three()
    with pytest.raises(DayError) as refused:
        plan("garden", "nowhere")
    assert (refused.value.code, refused.value.stops) == ("unknown-stop", ["nowhere"])


def test_the_best_order_goes_to_the_market_before_it_closes() -> None:
    make_three()
    day = plan_day(asked("garden", "church", "market", stays=(None, 20, 45)), language="vi", best=True)
    assert (day.asked.codes, day.asked.stays) == (("market", "church", "garden"), (45, 20, None))
    assert day.proven_best
    assert [visit.state for visit in day.visits] == ["open"] * 3
    # The same day asked for in this order.
    assert [clock(visit) for visit in plan_day(day.asked, language="vi").visits] == [clock(v) for v in day.visits]


def test_ordering_keeps_stops_that_are_gone() -> None:
    make_three()
    make_place("old", live=False, edition=make_edition("old", state="retired"))
    day = plan_day(asked("old", "garden", "market"), language="vi", best=True)
    assert day.asked.codes == ("market", "garden", "old")
    assert isinstance(day.items[2], Gone)


def test_a_day_of_one_mode_asks_the_database_little(django_assert_max_num_queries: object) -> None:
    make_three()
    plan("garden")
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        plan("garden", "church", "market")


def test_moving_and_removing_stops_keeps_their_minutes() -> None:
    day = asked("a", "b", "c", stays=(10, None, 30))
    assert (day.moved(2, -1).codes, day.moved(2, -1).stays) == (("a", "c", "b"), (10, 30, None))
    assert day.moved(0, 1).codes == ("b", "a", "c")
    assert (day.without(0).codes, day.without(0).stays) == (("b", "c"), (None, 30))
    assert day.with_stop("b") == day
    assert day.with_stop("d").codes == ("a", "b", "c", "d")
    assert day.query == "stops=a,b,c&start=2026-12-01T08:00&mode=walk&stay=10,,30"


def test_times_follow_one_another() -> None:
    make_three()
    visits = plan(*Place.objects.values_list("code", flat=True)).visits
    assert all(before.leaves <= after.arrives for before, after in pairwise(visits))
