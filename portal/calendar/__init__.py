"""The city's calendar: its time zone and the public holidays of Vietnam, lunar and observed days included."""

from datetime import date
from zoneinfo import ZoneInfo

from holidays.countries import Vietnam

# No daylight saving.
CITY_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

# Fills itself year by year as it is asked.
_holidays = Vietnam(language="vi")


def is_public_holiday(day: date) -> bool:
    """Tell whether the law makes `day` a public holiday or the day off observed for one."""
    return day in _holidays


def holiday_name(day: date) -> str:
    """Return the Vietnamese name of a public holiday, "" on other days."""
    return str(_holidays.get(day, ""))
