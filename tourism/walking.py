"""How long a walk takes, told from the straight distance alone."""

from math import ceil

# Streets make the way a third longer than the bird's; a visitor walks 4.5 km an hour.
DETOUR = 1.3
METRES_A_MINUTE = 75


def minutes(distance_m: float) -> int:
    """Return the minutes on foot for a straight distance in metres, at least 1."""
    return max(1, ceil(distance_m * DETOUR / METRES_A_MINUTE))
