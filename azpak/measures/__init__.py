"""What the chapters compute: counts, supplier concentration, voting agreement and its uncertainty.

Nothing is filled in: where a number cannot be computed the cell is NaN or an error says why.
"""

from azpak.errors import MeasureError
from azpak.measures.bounds import (
    Bounds,
    from_share,
    growth,
    mirror_ratio,
    share_of,
    times_over,
)
from azpak.measures.closure import (
    Closure,
    Split,
    closure,
    closure_resampled,
    closure_without_each,
    exact_bounds,
    split_gap,
)
from azpak.measures.concentration import (
    Concentration,
    concentration_by_period,
    herfindahl,
    periods_of,
    supplier_shares,
)
from azpak.measures.counts import activity, countable, one_release
from azpak.measures.ranges import KINDS, Stated, stated_by_year, statements, yearly_ranges
from azpak.measures.resampling import LEVEL, Interval, bootstrap_agreement, interval
from azpak.measures.ties import Following, follows, pairs_of, ties_of
from azpak.measures.votes import agreement, agreement_by_period

__all__ = [
    "KINDS",
    "LEVEL",
    "Bounds",
    "Closure",
    "Concentration",
    "Following",
    "Interval",
    "MeasureError",
    "Split",
    "Stated",
    "activity",
    "agreement",
    "agreement_by_period",
    "bootstrap_agreement",
    "closure",
    "closure_resampled",
    "closure_without_each",
    "concentration_by_period",
    "countable",
    "exact_bounds",
    "follows",
    "from_share",
    "growth",
    "herfindahl",
    "interval",
    "mirror_ratio",
    "one_release",
    "pairs_of",
    "periods_of",
    "share_of",
    "split_gap",
    "stated_by_year",
    "statements",
    "supplier_shares",
    "ties_of",
    "times_over",
    "yearly_ranges",
]
