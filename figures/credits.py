"""Credit lines of data that belong to others, worded as their owners ask."""

from __future__ import annotations

__all__ = ["ARMS_TRANSFERS", "GEONAMES", "KINNE", "MILITARY_SPENDING", "NOT_SIPRI", "release"]

ARMS_TRANSFERS = "SIPRI Arms Transfers Database, DOI 10.55163/SAFC1241"
MILITARY_SPENDING = "SIPRI Military Expenditure Database, DOI 10.55163/CQGC9685"
NOT_SIPRI = "calculations by AZPAK, not SIPRI"  # SIPRI wants no calculation put to its name
KINNE = "Kinne, Defense Cooperation Agreement Dataset"
GEONAMES = "coordinates GeoNames (CC BY 4.0), airportsdata and Natural Earth"


def release(name: str) -> str:
    """Return a release as the data name it, without the data set, which a credit line has named."""
    return name.partition(", ")[2] or name
