"""What the chapters compute: counts, supplier concentration, voting agreement and its uncertainty.

Nothing is filled in: where a number cannot be computed the cell is NaN or an error says why.
"""

from azpak.errors import MeasureError
from azpak.measures.concentration import (
    Concentration,
    concentration_by_period,
    herfindahl,
    periods_of,
    supplier_shares,
)
from azpak.measures.counts import activity, countable
from azpak.measures.resampling import LEVEL, Interval, bootstrap_agreement, interval
from azpak.measures.votes import agreement, agreement_by_period

__all__ = [
    "LEVEL",
    "Concentration",
    "Interval",
    "MeasureError",
    "activity",
    "agreement",
    "agreement_by_period",
    "bootstrap_agreement",
    "concentration_by_period",
    "countable",
    "herfindahl",
    "interval",
    "periods_of",
    "supplier_shares",
]
