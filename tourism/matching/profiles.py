"""What of a stored place is compared."""

from tourism.matching.names import read_names
from tourism.matching.scoring import Profile
from tourism.models import Place
from tourism.phones import parse_phone, split_phones


def profile_of(place: Place) -> Profile:
    """Return what of a place is compared."""
    x, y = place.geom.coords  # type: ignore[union-attr]
    return Profile(
        key=place.code,
        x=x,
        y=y,
        names=read_names(*filter(None, (place.name, place.name_en))),
        phones=numbers_of(place.phone),
        kind=place.category,
        group=place.group,
    )


def numbers_of(text: str) -> frozenset[str]:
    """Return the telephone numbers of a text in one form."""
    return frozenset(filter(None, (parse_phone(number) for number, _dial in split_phones(text))))
