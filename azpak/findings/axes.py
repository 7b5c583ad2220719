"""What two opposed sets of states would imply of order, votes, treaties, volumes and trade."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.findings import vote_panel, votes
from azpak.findings.releases import TwoReleases, two
from azpak.findings.ties import LONGEST_POINT, MEMBERS, SET_OF, SETS, links, pairs_inside
from azpak.measures import (
    Bounds,
    Following,
    Interval,
    Split,
    follows,
    interval,
    split_gap,
    times_over,
)
from azpak.measures.matching import Expected, expected_agreements
from azpak.measures.qap import Effect, qap
from azpak.report import Report, finding

__all__ = [
    "CHANCE", "CORE", "PAIRS", "SIZE_FACTOR", "VOTES", "WINDOWS", "Blocs", "Commitment", "Order",
    "Size", "Trade", "VoteSplit", "agreements", "blocs", "commitment", "obligations", "order",
    "size", "trade", "turnover", "vote_split",
]  # fmt: skip

Pair = tuple[str, str]

PAIRS = (("AZE", "PAK"), ("ARM", "IND"))  # the two states that each set is named by
WINDOWS = (12, 6, 24)  # months looked back; the first is the test, the others check it
FIRST_MONTH = "2002-01"  # the phase that opens with the first dated defence agreement
CHANCE = 0.05  # the custom of the field
SIZE_FACTOR = 2  # volumes further apart than this are not of one size
VOTES = votes.LATEST  # years of the roll calls, those after the first orders of both sides
SEED, PERMUTATIONS = 1992, 5000
CORE = ("AZE", "PAK", "TUR", "ARM", "IND")  # the sets without their later and looser members
CRUDE = "crude oil"  # the product of rows on it
COVERED = {"AZE", "PAK", "ARM"}  # the alliance data hold pairs with one of these


class Order(NamedTuple):
    """Whether the ties of one pair follow those of the other.

    Attributes
    ----------
    there
        Ties of Armenia and India after those of Azerbaijan and Pakistan, in the first of
        `WINDOWS`.
    back
        The other way round.
    smallest
        The smallest probability of both directions and all windows.
    n_tests
        How many there are.
    """

    there: Following
    back: Following
    smallest: float
    n_tests: int


@finding
def order(report: Report) -> Order:
    """Return how often one pair's certain ties of known month come soon after the other's."""
    dates = {pair: known_months(links(report), pair) for pair in PAIRS}
    last = max(parse(text).start for texts in dates.values() for text in texts)
    there, back = (
        [follows(dates[a], dates[b], FIRST_MONTH, f"{last:%Y-%m}", window) for window in WINDOWS]
        for a, b in (PAIRS, PAIRS[::-1])
    )
    tests = [*there, *back]
    return Order(there[0], back[0], min(test.p for test in tests), len(tests))


def known_months(pairs: pd.DataFrame, pair: Pair) -> list[str]:
    """Return the dates of two states' ties that are known to two months or closer.

    Parameters
    ----------
    pairs
        ``a``, ``b`` (ISO3, a before b) and ``date`` (EDTF).
    pair
        The two states, in either order. What is older than `FIRST_MONTH` is left out.
    """
    a, b = sorted(pair)
    start = parse(FIRST_MONTH).start
    return [
        text
        for text in pairs.loc[(pairs["a"] == a) & (pairs["b"] == b), "date"]
        if parse(text).end
        and (parse(text).end - parse(text).start).days <= LONGEST_POINT
        and parse(text).start >= start
    ]


class VoteSplit(NamedTuple):
    """How the two sets agree within and across in the General Assembly.

    Attributes
    ----------
    split
        Mean kappa within and across, their gap, and its rank among all splits of these sizes.
    bounds
        The bounds of the gap in roll calls drawn anew, the same for all pairs.
    """

    split: Split
    bounds: Interval


@finding
def vote_split(report: Report, states: tuple[str, ...] = MEMBERS) -> VoteSplit:
    """Return how the two sets, or those of their members that are named, agree in `VOTES`."""
    pairs = list(combinations([s for s in MEMBERS if s in states], 2))
    values = {p: votes.agreement(report, *p, *VOTES).kappa for p in pairs}
    first, second = ([s for s in members if s in states] for members in SETS.values())
    draws = pd.DataFrame({p: votes.draws(report, *p, *VOTES)["kappa"].to_numpy() for p in pairs})
    inside = [p for p in pairs if (p[0] in first) == (p[1] in first)]
    gaps = draws[inside].mean(axis=1) - draws[[p for p in pairs if p not in inside]].mean(axis=1)
    return VoteSplit(split_gap(values, first, second), interval(gaps))


class Blocs(NamedTuple):
    """How the two sets agree in votes when shared memberships are held fixed.

    Attributes
    ----------
    gap, p
        Kappa inside the sets less kappa across, in the regression, and its probability.
    plain, plain_p
        The same without the memberships.
    bodies
        The coefficient of each body (of the table ``memberships``) and its probability.
    n_pairs
        Pairs of states.
    """

    gap: float
    p: float
    plain: float
    plain_p: float
    bodies: dict[str, Effect]
    n_pairs: int


@finding
def blocs(report: Report) -> Blocs:
    """Regress the kappas of all pairs in `VOTES` on the sets and on shared memberships.

    The sets enter as two terms: whether both states are members of the sets, and whether they are
    of one (a half) or of two (less a half), whose coefficient is the gap.
    """
    values = vote_panel.matrices(report, *VOTES)["kappa"]
    sets = [(SET_OF.get(a), SET_OF.get(b)) for a, b in values.index]
    members = [bool(a and b) for a, b in sets]
    terms = pd.DataFrame(
        {
            "gap": [(0.5 if a == b else -0.5) * both
                    for (a, b), both in zip(sets, members, strict=True)],
            "members": [float(both) for both in members],
        },
        index=values.index,
    )  # fmt: skip
    plain = qap(values, terms, SEED, PERMUTATIONS)["gap"]
    for body, states in report.table("memberships").groupby("body")["iso3"]:
        inside = set(states)
        terms[str(body)] = [float({*pair} <= inside) for pair in values.index]
    found = qap(values, terms, SEED, PERMUTATIONS)
    bodies = {name: found[name] for name in terms if name not in ("gap", "members")}
    return Blocs(found["gap"].value, found["gap"].p, plain.value, plain.p, bodies, len(values))


@finding
def obligations(report: Report) -> pd.DataFrame:
    """Return the treaties of the alliance data that two members share, and where they lie.

    Returns
    -------
    pandas.DataFrame
        The table ``alliances_atop`` for pairs of members, with ``side``: the name of the set, or
        ``across``.
    """
    rows = report.table("alliances_atop")
    rows = rows[rows["party_a"].isin(MEMBERS) & rows["party_b"].isin(MEMBERS)]
    a, b = rows["party_a"].map(SET_OF), rows["party_b"].map(SET_OF)
    return rows.assign(side=a.where(a == b, "across"))


class Commitment(NamedTuple):
    """What the alliance data hold of treaties between members of the sets.

    Attributes
    ----------
    release
        The release of the data.
    inside, across
        Pairs bound to mutual defence in any year: of one set, the first set first; of two sets.
    n_covered
        Pairs of one set that the data would hold.
    since
        The year of the oldest treaty of defence that still binds a pair across.
    ended
        The years in which others ended for a pair across.
    consulting
        The year of the treaty of Armenia and India.
    with_france
        The years of the bilateral treaties of Azerbaijan and of Armenia with France.
    ally
        The state with which Armenia has its one bilateral treaty of defence in force.
    """

    release: str
    inside: tuple[Pair, ...]
    across: tuple[Pair, ...]
    n_covered: int
    since: int
    ended: tuple[int, ...]
    consulting: int
    with_france: tuple[int, ...]
    ally: str


@finding
def commitment(report: Report) -> Commitment:
    """Return which members the alliance data bind to each other.

    Raises
    ------
    AssertionError
        If most pairs inside are bound, so that the verdict turns on the pairs across, or Armenia
        has another bilateral treaty of defence in force: the text denies both.
    """
    rows = obligations(report)
    defence = rows[rows["defence"]]
    pairs = {
        side: sorted({*zip(part["party_a"], part["party_b"], strict=True)})
        for side, part in defence.groupby("side")
    }
    inside = tuple(pair for name in SETS for pair in pairs.get(name, ()))
    n_covered = sum(bool(COVERED.intersection(pair)) for pair in pairs_inside())
    assert 2 * len(inside) <= n_covered, "the verdict on commitment turns on the pairs across"

    atop = report.table("alliances_atop")
    allied = atop.query("defence and bilateral and party_a == 'ARM' and end_year.isna()")
    assert len(allied) == 1, "Armenia has more than one bilateral treaty of defence"

    across = defence[defence["side"] == "across"]
    indian = rows[(rows["party_a"] == "ARM") & (rows["party_b"] == "IND")]
    french = rows[rows["party_a"].isin(["ARM", "AZE"]) & (rows["party_b"] == "FRA")]
    return Commitment(
        release=rows["release"].iloc[0],
        inside=inside,
        across=tuple(pairs.get("across", ())),
        n_covered=n_covered,
        since=int(across.loc[across["end_year"].isna(), "start_year"].min()),
        ended=_years(across["end_year"]),
        consulting=int(indian["start_year"].iloc[0]),
        with_france=_years(french.loc[french["bilateral"], "start_year"]),
        ally=allied["party_b"].item(),
    )


def _years(column: pd.Series) -> tuple[int, ...]:
    """Return the years of a column, each once, in order."""
    return tuple(sorted({int(year) for year in column.dropna()}))


@finding
def agreements(report: Report, a: str, b: str) -> Expected:
    """Compare the defence agreements of two states with what their yearly totals would give.

    Upper bounds, since the totals are those of some states (`azpak.measures.matching`).
    """
    counts = report.table("defence_agreements_counts")
    totals = counts.pivot_table(index="year", columns="iso3", values="value", aggfunc="sum")
    signed = report.table("defence_agreements")
    pair = signed["party_a"].isin([a, b]) & signed["party_b"].isin([a, b])
    years = signed["date"].str[:4].astype(int)
    held = pair & years.between(totals.index.min(), totals.index.max())
    return expected_agreements(totals.fillna(0), a, b, int(held.sum()))


class Size(NamedTuple):
    """What India delivered to Armenia and Pakistan to Azerbaijan.

    Attributes
    ----------
    india, pakistan
        What two releases have from each.
    register_factor
        How many times as much India delivered, in the older release, the register.
    later_factor
        How many times as much Pakistan delivered, in the newer release.
    last_year
        The last year of deliveries to either in the older release.
    """

    india: TwoReleases
    pakistan: TwoReleases
    register_factor: float
    later_factor: float
    last_year: int


@finding
def size(report: Report) -> Size:
    """Compare what India and Pakistan delivered to their recipients."""
    india, pakistan = two(report, "IND", "ARM"), two(report, "PAK", "AZE")
    return Size(
        india,
        pakistan,
        register_factor=india.listed / pakistan.listed,
        later_factor=pakistan.total / india.total,
        last_year=max(india.last, pakistan.last),
    )


@finding
def turnover(report: Report, a: str, b: str, year: int) -> Bounds:
    """Return the least and the largest figure of a year's whole trade of two states.

    Million US dollars; either state may have reported. Where imports are counted by country of
    consignment too, that is another figure. Those for one direction or one product are left out.
    """
    rows = report.table("trade")
    pair = [{x, y} == {a, b} for x, y in zip(rows["reporter"], rows["partner"], strict=True)]
    rows = rows[pd.Series(pair, index=rows.index) & (rows["period"] == str(year))]
    consigned = (rows["exports"] + rows["imports_consignment"]).dropna()
    low = rows["turnover"].fillna(rows["turnover_low"]).dropna()
    high = rows["turnover"].fillna(rows["turnover_high"]).dropna()
    every = pd.concat([low, high, consigned])
    return Bounds(float(every.min()), float(every.max()))


class Trade(NamedTuple):
    """Trade of the four states in the last year for which all of it is compared.

    Attributes
    ----------
    year
        The last year with a whole turnover of Azerbaijan and India.
    azerbaijan_india, armenia_india, azerbaijan_pakistan, armenia_pakistan
        Bounds of the turnover, million US dollars.
    times
        How many times as much India trades with Azerbaijan as with Armenia.
    crude
        India's imports of crude oil from Azerbaijan in that year, million US dollars.
    rest, rest_times
        India's trade with Azerbaijan without them, and how many times that with Armenia it is.
    """

    year: int
    azerbaijan_india: Bounds
    armenia_india: Bounds
    azerbaijan_pakistan: Bounds
    armenia_pakistan: Bounds
    times: Bounds
    crude: float
    rest: Bounds
    rest_times: Bounds

    @property
    def more_across(self) -> bool:
        """Whether more is traded across the sets than inside, at the least."""
        across = self.azerbaijan_india.low + self.armenia_pakistan.low
        return across > self.armenia_india.high + self.azerbaijan_pakistan.high


@finding
def trade(report: Report) -> Trade:
    """Return what Azerbaijan and Armenia trade with India and with Pakistan."""
    rows = report.table("trade").query(
        "reporter == 'AZE' and partner == 'IND' and period_type == 'year' and turnover.notna()"
    )
    year = parse(str(rows["period"].max())).start.year
    figures = [
        turnover(report, state, partner, year)
        for partner in ("IND", "PAK")
        for state in ("AZE", "ARM")
    ]
    azerbaijan_india, armenia_india, azerbaijan_pakistan, armenia_pakistan = figures
    table = report.table("trade")
    oil = table[(table["product"] == CRUDE) & (table["period"] == str(year))]
    crude = float(oil.query("reporter == 'IND' and partner == 'AZE'")["imports"].item())
    rest = Bounds(azerbaijan_india.low - crude, azerbaijan_india.high - crude)
    return Trade(
        year, azerbaijan_india, armenia_india, azerbaijan_pakistan, armenia_pakistan,
        times=times_over(armenia_india, azerbaijan_india),
        crude=crude, rest=rest, rest_times=times_over(armenia_india, rest),
    )  # fmt: skip
