"""The layer the service desk publishes: moderated reports, snapped to a 100 m grid."""

from django.utils.translation import gettext_lazy as _

from portal.desk.models import Report
from tiles.registry import Layer, LegendEntry, register

COLOURS = {
    Report.State.NEW: "#b3261e",
    Report.State.ACCEPTED: "#b3261e",
    Report.State.REOPENED: "#b3261e",
    Report.State.IN_PROGRESS: "#9a6700",
    Report.State.ANSWERED: "#1f5fa8",
    Report.State.RESOLVED: "#1a7f4b",
    Report.State.REFUSED: "#6b6b6b",
}


def legend() -> list[LegendEntry]:
    """Return one entry for every state."""
    return [LegendEntry(match=state.value, label=state.label, colour=colour) for state, colour in COLOURS.items()]


register(
    Layer(
        id="reports",
        title=_("Reports"),
        model="desk.PublicReport",
        kind="point",
        group="desk",
        order=70,
        zooms=(10, 17),
        properties=("code", "field", "state"),
        style=(
            {
                "type": "circle",
                "paint": {
                    "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 4, 16, 9],
                    "circle-color": [
                        "match",
                        ["get", "state"],
                        *[part for state, colour in COLOURS.items() for part in (state.value, colour)],
                        "#6b6b6b",
                    ],
                    "circle-stroke-color": "#ffffff",
                    "circle-stroke-width": 2,
                },
            },
        ),
        url=lambda code: f"/reports/{code}",
        legend=legend,
        legend_property="state",
    )
)
