"""How far ties and arms orders stay inside two sets of states, with bounds."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.findings.chronology import periods
from azpak.findings.ties import SET_OF, SETS, links, phase_of, years_of
from azpak.findings.transfers import register_deals
from azpak.measures import (
    Closure,
    Interval,
    closure,
    closure_resampled,
    closure_without_each,
    exact_bounds,
    interval,
)
from azpak.report import Report, finding

__all__ = [
    "AFTER_THE_WAR", "BEFORE", "DRAWS", "PAIR_ALONE", "PARTS", "SEED", "Across", "Closed", "Later",
    "Orders", "across", "by_phase", "india_alone", "later", "network", "of_phase", "order_rows",
    "orders_of", "outsiders", "suppliers", "without",
]  # fmt: skip

# Any seed would do: with so many draws the second digit of a bound moves by one at most.
SEED, DRAWS = 1992, 20_000
# Categories of the register that are parts of what others deliver, and no orders of their own.
PARTS = ("vehicle engine", "aircraft engine", "helicopter turret",
         "aircraft electro-optical system")  # fmt: skip
AFTER_THE_WAR = "trilateral"  # the phase that opens with the war of 2020
BEFORE = "institutions"  # the longest of those before it, with the most orders
PAIR_ALONE = dict.fromkeys(SETS["armenia"][:2], "armenia")  # the set without its later members


class Closed(NamedTuple):
    """The closure of groups, with the bounds of its index.

    Attributes
    ----------
    counts
        Ties inside, across and outside, and the E-I index.
    bounds
        The bounds of the index in ties drawn anew.
    """

    counts: Closure
    bounds: Interval


def _closed(pairs: pd.DataFrame, groups: dict[str, str]) -> Closed:
    draws = closure_resampled(pairs, groups, SEED, DRAWS)
    return Closed(closure(pairs, groups), interval(draws["index"]))


# All ties.


@finding
def network(report: Report) -> Closed:
    """Return the closure of the two sets in all links."""
    return _closed(links(report), SET_OF)


@finding
def without(report: Report, state: str) -> float:
    """Return the E-I index of all links with one state left out, ties and all."""
    return float(closure_without_each(links(report), SET_OF).set_index("state").at[state, "index"])


@finding
def by_phase(report: Report) -> dict[str, Closure]:
    """Return inside, across and outside for the links of each phase, by phase in order."""
    found = links(report)
    return {
        phase: closure(found[found["phase"] == phase], SET_OF)
        for phase in periods(report)["phase_id"]
    }


class Across(NamedTuple):
    """Links from one set to the other, in the last phase and before.

    Attributes
    ----------
    now, n_now
        Links across in the last phase, and all links of it.
    before, n_before
        The same for all earlier phases together.
    from_exercises, n_exercises
        Links across in the last phase that are exercises, and how many exercises those are.
    joined_by
        The states of the second set that joined them.
    since
        The year in which the last phase begins.
    """

    now: int
    n_now: int
    before: int
    n_before: int
    from_exercises: int
    n_exercises: int
    joined_by: tuple[str, ...]
    since: int


@finding
def across(report: Report) -> Across:
    """Count the links from one set to the other, in the last phase and before."""
    *earlier, latest = by_phase(report).values()
    last = periods(report)["phase_id"].iloc[-1]
    found = links(report)
    a, b = found["a"].map(SET_OF), found["b"].map(SET_OF)
    crossing = found[a.notna() & b.notna() & (a != b) & (found["phase"] == last)]
    exercises = crossing[crossing["kind"] == "exercise"]
    joined = {*exercises["a"], *exercises["b"]}
    return Across(
        now=latest.across,
        n_now=sum(latest[:3]),
        before=sum(counts.across for counts in earlier),
        n_before=sum(sum(counts[:3]) for counts in earlier),
        from_exercises=len(exercises),
        n_exercises=exercises["tie_id"].nunique(),
        joined_by=tuple(state for state in SETS["armenia"] if state in joined),
        since=years_of(report, last)[0],
    )


# Arms orders.


@finding
def orders_of(report: Report, recipient: str) -> pd.DataFrame:
    """Return the orders of one recipient in the register as pairs, one deal a deal.

    The register of the two recipients is complete and owes nothing to what was gathered here.
    Lines that one gathered deal joins, such as a system and its missiles, are one order; `PARTS`
    of what others deliver are none, and lines of an unknown seller are left out.

    Returns
    -------
    pandas.DataFrame
        ``a`` and ``b`` (ISO3, a before b), ``tie_id``, ``supplier`` and ``phase``, that of the
        middle of the year of order.
    """
    rows = register_deals(report, None, recipient)
    rows = rows[(rows["supplier"] != "UNK") & ~rows["category"].isin(PARTS)]
    joined = {
        line: ids[0]
        for ids in report.table("transfers").query("record_kind == 'deal'")["register_deal_ids"]
        for line in ids
    }
    first = pd.Series([joined.get(line, line) == line for line in rows.index], rows.index, bool)
    rows = rows[first]
    sides = [sorted(pair) for pair in zip(rows["supplier"], rows["recipient"], strict=True)]
    return pd.DataFrame(
        {
            "a": [a for a, _ in sides],
            "b": [b for _, b in sides],
            "tie_id": rows.index.to_list(),
            "supplier": rows["supplier"].to_list(),
            "phase": [phase_of(report, str(year)) for year in rows["order_year"]],
        }
    )


def _after_the_war(report: Report, recipient: str) -> pd.DataFrame:
    orders = orders_of(report, recipient)
    return orders[orders["phase"] == AFTER_THE_WAR]


@finding
def order_rows(report: Report) -> pd.DataFrame:
    """Return the closure of the orders of Azerbaijan and of Armenia by phase, with bounds.

    Returns
    -------
    pandas.DataFrame
        ``set``, ``recipient``, ``phase``, ``orders`` and ``inside`` (numbers), ``index`` (E-I),
        ``low`` and ``high`` (its exact bounds), ``without_low`` and
        ``without_high`` (its least and largest with one supplier left out); NaN without orders.
    """
    rows = []
    for name, states in SETS.items():
        orders, groups = orders_of(report, states[0]), dict.fromkeys(states, name)
        for phase in periods(report)["phase_id"]:
            mine = orders[orders["phase"] == phase]
            found = closure(mine, groups)
            row = {"set": name, "recipient": states[0], "phase": phase, "orders": len(mine),
                   "inside": found.inside, "index": found.index}  # fmt: skip
            if len(mine):
                row["low"], row["high"] = exact_bounds(found.inside, len(mine))
                left_out = closure_without_each(mine, groups).query("state != @states[0]")
                row["without_low"] = left_out["index"].min()
                row["without_high"] = left_out["index"].max()
            rows.append(row)
    return pd.DataFrame(rows)


class Orders(NamedTuple):
    """The orders of one recipient in one phase.

    Attributes
    ----------
    orders, inside
        All orders, and those from its set.
    index, low, high
        The E-I index with its bounds.
    """

    orders: int
    inside: int
    index: float
    low: float
    high: float


@finding
def of_phase(report: Report, recipient: str, phase: str) -> Orders:
    """Return the closure of the orders of Azerbaijan or Armenia in one phase."""
    row = order_rows(report).set_index(["recipient", "phase"]).loc[(recipient, phase)]
    return Orders(
        int(row["orders"]), int(row["inside"]), *map(float, row[["index", "low", "high"]])
    )


@finding
def suppliers(report: Report, recipient: str) -> dict[str, int]:
    """Return the suppliers of the orders after the war, by first entry, with their orders.

    Raises
    ------
    AssertionError
        If Armenia has others than the two that the text names and counts to its set.
    """
    counts = _after_the_war(report, recipient)["supplier"].value_counts(sort=False)
    if recipient == "ARM":
        assert {*counts.index} == {"IND", "FRA"}, "Armenia has another supplier after the war"
    return {str(supplier): int(n) for supplier, n in counts.items()}


def outsiders(report: Report, recipient: str) -> list[str]:
    """Return the suppliers of the orders after the war that are not of the recipient's set."""
    own = SETS[SET_OF[recipient]]
    return [supplier for supplier in suppliers(report, recipient) if supplier not in own]


@finding
def india_alone(report: Report) -> Closed:
    """Return the closure of Armenia's orders after the war with India alone in its set.

    Raises
    ------
    AssertionError
        If the index is below zero within its bounds: the text says that it is not.
    """
    orders = _after_the_war(report, "ARM")
    counts = closure(orders, PAIR_ALONE)
    found = Closed(counts, exact_bounds(counts.inside, len(orders)))
    assert found.bounds.high >= 0, "the bounds would be below zero with India alone"
    return found


class Later(NamedTuple):
    """Armenia's orders since the war, in all phases together.

    Attributes
    ----------
    orders, inside
        All orders, and those from its set.
    high
        The upper bound of the index.
    fewest
        The fewest orders whose bounds could lie below zero at all.
    n_unknown
        Lines of Azerbaijan's after the war whose seller is unknown, which are left out.
    """

    orders: int
    inside: int
    high: float
    fewest: int
    n_unknown: int


@finding
def later(report: Report) -> Later:
    """Return what becomes of Armenia's index with the orders of the later phases."""
    begun = years_of(report, AFTER_THE_WAR)[0]
    orders = orders_of(report, "ARM")
    since = orders[orders["phase"].isin(_phases_from(report, AFTER_THE_WAR))]
    inside = closure(since, dict.fromkeys(SETS["armenia"], "armenia")).inside
    lines = register_deals(report, None, "AZE")
    unknown = lines[(lines["supplier"] == "UNK") & (lines["order_year"] > begun)]
    fewest = next(n for n in range(1, 99) if exact_bounds(n, n).high < 0)
    high = exact_bounds(inside, len(since)).high
    return Later(len(since), inside, high, fewest, len(unknown))


def _phases_from(report: Report, phase: str) -> list[str]:
    order = list(periods(report)["phase_id"])
    return order[order.index(phase) :]
