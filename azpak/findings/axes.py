"""What two opposed sets of states would imply, computed for the chapter on Armenia and India."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from azpak import tables
from azpak.dates import parse
from azpak.measures import Interval, agreement_by_period, interval
from azpak.measures.closure import Split, split_gap
from azpak.measures.ties import Following, follows
from azpak.figures import votes
from azpak.figures.ties_by_phase import links
from azpak.figures.ties_in_time import LONGEST_POINT, MEMBERS, SETS

PAIRS = (("AZE", "PAK"), ("ARM", "IND"))  # the two states that each set is named by
WINDOWS = (12, 6, 24)  # months looked back; the first is the test, the others check it
SIZE_FACTOR = 2  # volumes further apart than this are not of one size
CHANCE = 0.05  # the custom of the field
VOTES = votes.LATEST  # years of the roll calls, those after the first orders of both sides
CORE = ("AZE", "PAK", "TUR", "ARM", "IND")  # the sets without their later and looser members
COVERED = {"AZE", "PAK", "ARM"}  # the alliance data hold pairs with one of these
FIRST_MONTH = "2002-01"  # the phase that opens with the first dated defence agreement


def order_rows() -> pd.DataFrame:
    """Return, for both directions and each window, how often one pair's ties follow the other's.

    Returns
    -------
    pandas.DataFrame
        ``earlier`` and ``later`` (pairs), ``window`` (months) and the fields of
        `azpak.measures.Following`. Only certain ties of exactly known months count.
    """
    found = links()
    dates = {pair: months_of(found, pair) for pair in PAIRS}
    last = max(parse(text).start for texts in dates.values() for text in texts)
    rows = []
    for before, after in (PAIRS, PAIRS[::-1]):
        for window in WINDOWS:
            result: Following = follows(
                dates[before], dates[after], FIRST_MONTH, f"{last:%Y-%m}", window
            )
            rows.append({"earlier": before, "later": after, "window": window, **result._asdict()})
    return pd.DataFrame(rows)


def months_of(found: pd.DataFrame, pair: tuple[str, str]) -> list[str]:
    """Return the dates of two states' ties that are known to two months or closer."""
    a, b = sorted(pair)
    texts = found.loc[(found["a"] == a) & (found["b"] == b), "date"]
    start = parse(FIRST_MONTH).start
    return [
        text
        for text in texts
        if parse(text).end
        and (parse(text).end - parse(text).start).days <= LONGEST_POINT
        and parse(text).start >= start
    ]


def vote_split(states: tuple[str, ...] = MEMBERS) -> tuple[Split, Interval]:
    """Return how the two sets agree within and across in the General Assembly, with bounds.

    Parameters
    ----------
    states
        The members to take.

    Returns
    -------
    tuple
        The split by mean kappa with its rank among all splits of these sizes, and the bounds of
        its gap in roll calls drawn anew, the same for all pairs.
    """
    calls = tables.load("unga_rollcalls")
    pairs = list(combinations([s for s in MEMBERS if s in states], 2))
    values = {p: agreement_by_period(calls, *p, (VOTES,))["kappa"].iloc[0] for p in pairs}
    first, second = ([s for s in members if s in states] for members in SETS.values())
    draws = pd.DataFrame({p: votes.drawn(*p, *VOTES)["kappa"].to_numpy() for p in pairs})
    inside = [p for p in pairs if (p[0] in first) == (p[1] in first)]
    gaps = draws[inside].mean(axis=1) - draws[[p for p in pairs if p not in inside]].mean(axis=1)
    return split_gap(values, first, second), interval(gaps)


def obligations() -> pd.DataFrame:
    """Return the treaties of the alliance data that two members share, and where they lie.

    Returns
    -------
    pandas.DataFrame
        The table ``alliances_atop`` for pairs of members, with ``side``: the name of the set, or
        ``across``.
    """
    rows = tables.load("alliances_atop")
    rows = rows[rows["party_a"].isin(MEMBERS) & rows["party_b"].isin(MEMBERS)]
    home = {state: name for name, states in SETS.items() for state in states}
    sides = [
        home[a] if home[a] == home[b] else "across"
        for a, b in zip(rows["party_a"], rows["party_b"], strict=True)
    ]
    return rows.assign(side=sides)


def delivered(supplier: str, recipient: str) -> float:
    """Return all deliveries of a pair in the register that lists them by year, in million TIV."""
    rows = tables.load("arms_transfers_tiv")
    pair = (rows["supplier"] == supplier) & (rows["recipient"] == recipient)
    return float(rows.loc[pair & (rows["indicator"] == "tiv_deliveries"), "value"].sum())


def delivered_later(supplier: str, recipient: str) -> float:
    """Return the sum over all years of a pair in the later release, in million TIV."""
    rows = tables.load("arms_transfers_tiv")
    pair = (rows["supplier"] == supplier) & (rows["recipient"] == recipient)
    return float(
        rows.loc[pair & rows["indicator"].str.startswith("tiv_cumulative"), "value"].iloc[0]
    )


def turnover(a: str, b: str, year: str) -> tuple[float, float]:
    """Return the least and the largest figure of a year's whole trade of two states.

    Million US dollars; either state may have reported. Where imports are counted by country of
    consignment too, that is another figure. Those for one direction or one product are left out.
    """
    rows = tables.load("trade")
    pair = [{x, y} == {a, b} for x, y in zip(rows["reporter"], rows["partner"], strict=True)]
    rows = rows[pd.Series(pair, index=rows.index) & (rows["period"] == year)]
    consigned = (rows["exports"] + rows["imports_consignment"]).dropna()
    low = rows["turnover"].fillna(rows["turnover_low"]).dropna()
    high = rows["turnover"].fillna(rows["turnover_high"]).dropna()
    every = pd.concat([low, high, consigned])
    return float(every.min()), float(every.max())
