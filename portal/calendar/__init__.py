"""The city's calendar: its time zone and one dated table of special days, for opening hours and for deadlines."""

from zoneinfo import ZoneInfo

# No daylight saving.
CITY_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
