"""A day out to take along: GPX 1.1 for maps and devices, iCalendar for calendars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from portal.calendar import CITY_ZONE
from tourism.days_out.asked import LonLat
from tourism.days_out.cautions import find_cautions
from tourism.days_out.days import Day, Visit

GPX = "http://www.topografix.com/GPX/1/1"
# From the code of a place to the address of its page.
AddressOf = Callable[[str], str]


def render_gpx(day: Day, *, title: str, link: str, address_of: AddressOf) -> bytes:
    """Return the day as GPX: its stops as waypoints and as a route, the ways between them as a track."""
    root = Element("gpx", {"xmlns": GPX, "version": "1.1", "creator": "Đà Lạt"})
    about = SubElement(root, "metadata")
    SubElement(about, "name").text = title
    SubElement(about, "link", href=link)
    origin, destination = _ends(day)
    for end in (*origin, *destination):
        _add_end(root, "wpt", *end)
    for visit in day.visits:
        _add_point(root, "wpt", visit, link=address_of(visit.code))
    route = SubElement(root, "rte")
    SubElement(route, "name").text = title
    for end in origin:
        _add_end(route, "rtept", *end)
    for visit in day.visits:
        _add_point(route, "rtept", visit)
    for end in destination:
        _add_end(route, "rtept", *end)
    if day.legs:
        track = SubElement(root, "trk")
        SubElement(track, "name").text = title
        for leg in day.legs:
            segment = SubElement(track, "trkseg")
            for lon, lat in leg.line.tolist():
                SubElement(segment, "trkpt", _at(lon, lat))
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _ends(day: Day) -> tuple[list[tuple[str, LonLat]], list[tuple[str, LonLat]]]:
    """Return where the day starts and where it ends, each by name; empty where it does at a stop."""
    asked = day.asked
    origin = [(asked.origin_name or _("Start of the day"), asked.origin)] if asked.origin else []
    destination = [(asked.destination_name or _("End of the day"), asked.destination)] if asked.destination else []
    return origin, destination


def _add_end(parent: Element, tag: str, name: str, where: LonLat) -> None:
    SubElement(SubElement(parent, tag, _at(*where)), "name").text = name


def _add_point(parent: Element, tag: str, visit: Visit, *, link: str = "") -> None:
    """Add a stop; the schema wants name, desc and link in this order."""
    place = visit.card.place
    point = SubElement(parent, tag, _at(place.lon, place.lat))
    SubElement(point, "name").text = visit.card.title
    SubElement(point, "desc").text = _tell(visit)
    if link:
        SubElement(point, "link", href=link)


def _at(lon: float, lat: float) -> dict[str, str]:
    return {"lat": f"{lat:.6f}", "lon": f"{lon:.6f}"}


def render_ics(day: Day, *, now: datetime, link: str, address_of: AddressOf) -> bytes:
    """Return the day as iCalendar: an event a visit; the same day asked again replaces itself in a calendar.

    A stop that is closed is an event that does not take place, so that nobody takes it for planned.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Da Lat//Days out//VI")
    calendar.add("version", "2.0")
    for visit in day.visits:
        place = visit.card.place
        event = Event()
        event.add("uid", f"{sha256(f'{day.asked.query} {visit.code}'.encode()).hexdigest()[:32]}@days-out")
        event.add("dtstamp", now)
        event.add("dtstart", visit.begins.astimezone(CITY_ZONE))
        if visit.state == "closed":
            # An end has to be later than the beginning (RFC 5545, 3.6.1).
            event.add("status", "CANCELLED")
            event.add("transp", "TRANSPARENT")
            event.add("summary", _("Closed: %(name)s") % {"name": visit.card.title})
        else:
            event.add("dtend", visit.leaves.astimezone(CITY_ZONE))
            event.add("summary", visit.card.title)
        event.add("location", ", ".join(filter(None, [visit.card.title, place.address])))
        event.add("geo", (round(place.lat, 6), round(place.lon, 6)))
        event.add("description", "\n".join([*_before(day, visit), _tell(visit), *_after(day, visit), link]))
        event.add("url", address_of(visit.code))
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _before(day: Day, visit: Visit) -> list[str]:
    """Tell where the day starts, before its first stop."""
    name = day.asked.origin_name if visit is day.visits[0] else ""
    return [_("You start at: %(name)s") % {"name": name}] if name else []


def _after(day: Day, visit: Visit) -> list[str]:
    """Tell where the day ends, after its last stop."""
    name = day.asked.destination_name if visit is day.visits[-1] else ""
    return [_("The day ends at: %(name)s") % {"name": name}] if name else []


def _times(visit: Visit) -> str:
    times = {"begin": visit.begins.astimezone(CITY_ZONE), "end": visit.leaves.astimezone(CITY_ZONE)}
    return f"{times['begin']:%H:%M}-{times['end']:%H:%M}"


def _tell(visit: Visit) -> str:
    telephone = visit.card.place.phone
    lines = [_times(visit), *(caution.text for caution in find_cautions(visit))]
    return "\n".join([*lines, _("Telephone: %(number)s") % {"number": telephone}] if telephone else lines)
