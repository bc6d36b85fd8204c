"""The rows of the planning layers."""

from planning.models.base import Building, Green, Road, Ward, Water
from planning.models.documents import PlanDocument
from planning.models.frozen import FrozenExtract
from planning.models.lineage import ParcelLineage
from planning.models.lines import LineShare, PlanLine
from planning.models.parcels import Parcel
from planning.models.plans import LandUseArea, Plan, Zone
from planning.models.price_rules import PriceRule
from planning.models.prices import StreetSegment
from planning.models.projects import Project
from planning.models.shares import Share, SharesOf

__all__ = [
    "Building",
    "FrozenExtract",
    "Green",
    "LandUseArea",
    "LineShare",
    "Parcel",
    "ParcelLineage",
    "Plan",
    "PlanDocument",
    "PlanLine",
    "PriceRule",
    "Project",
    "Road",
    "Share",
    "SharesOf",
    "StreetSegment",
    "Ward",
    "Water",
    "Zone",
]
