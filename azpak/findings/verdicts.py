"""Whether two opposed axes are found: tests with verdicts by rules stated before."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.findings import axes, closure
from azpak.report import Report, finding
from azpak.text import bounds, count_in_words, decimal, whole

__all__ = [
    "AGAINST", "CANNOT", "FULLY", "IMPLIED", "MEANING", "PARTLY", "Tested", "file",
    "implied_rows", "meaning", "n_borne_out", "n_undecided", "rows", "tested", "verdict",
]  # fmt: skip

FEWEST_MONTHS = 10  # with ties of either pair: of fewer no share of shifts is a probability

# Each implication, and what would speak for and against it.
IMPLIED = {
    "One pair following the other": (
        "Links of one pair come soon after links of the other, more often than after dates moved "
        "by chance",
        "The links come the other way round. If chance gives as many, or a pair has fewer than "
        f"{count_in_words(FEWEST_MONTHS)} months with a link, nothing can be told",
    ),
    "Arms orders inside a group": (
        "Armenia and Azerbaijan both order inside their own group, more clearly than by chance; if "
        "only one does, borne out in part",
        "One of them orders outside its group, more clearly than by chance. If chance could give "
        "either result, nothing can be told",
    ),
    "Groups closed to each other": (
        "No agreements across the groups, and less trade across than inside",
        "Agreements across the groups, and more trade across than inside",
    ),
    "Votes that divide the groups": (
        "Of all ways to divide the states into two groups, this division is in the first "
        "twentieth; and states of the same group still vote more alike if shared memberships are "
        "taken into account. "
        "If only one of these holds, borne out in part",
        "Neither holds",
    ),
    "Treaties that bind a group": (
        "Treaties bind most pairs of states inside a group to defend each other, and none across",
        "They bind few pairs inside a group, or some across",
    ),
    "Deliveries of equal size": (
        "What India and Pakistan deliver differs at most by a factor of "
        f"{count_in_words(axes.SIZE_FACTOR)}, in each release",
        "It differs by more in each release",
    ),
}
FULLY, PARTLY = "borne out", "borne out in part"
AGAINST, CANNOT = "not borne out", "cannot be told"

# What each verdict says of the evidence, to be followed by the sign in a sentence.
MEANING = {
    FULLY: "shows that",
    PARTLY: "shows in part that",
    AGAINST: "speaks against the claim that",
    CANNOT: "does not decide whether",
}

NOTHING = float("nan")


class Quantity(NamedTuple):
    """A number that a verdict rests on.

    Attributes
    ----------
    quantity
        What it is.
    value, low, high
        The number and its bounds, NaN where there is none.
    n
        Of how many cases it is.
    """

    quantity: str
    value: float = NOTHING
    low: float = NOTHING
    high: float = NOTHING
    n: float = NOTHING


class Tested(NamedTuple):
    """What the test of one implication found.

    Attributes
    ----------
    implication
        One of `IMPLIED`.
    result, doubt
        What was found and how sure it is, as printed.
    verdict
        One of `FULLY`, `PARTLY`, `AGAINST` and `CANNOT`.
    quantities
        The numbers it rests on.
    """

    implication: str
    result: str
    doubt: str
    verdict: str
    quantities: tuple[Quantity, ...]


@finding
def tested(report: Report) -> tuple[Tested, ...]:
    """Return what the tests found, in the order of `IMPLIED`.

    Raises
    ------
    AssertionError
        If an implication is stated and not tested.
    """
    tests = (_order, _closure_of_orders, _crossing, _votes, _commitment, _size)
    found = tuple(test(report) for test in tests)
    assert [test.implication for test in found] == [*IMPLIED], (
        "an implication that is stated is not tested, or in another order"
    )
    return found


def implied_rows() -> pd.DataFrame:
    """Return the implications with what would count ``For`` and ``Against`` each."""
    return pd.DataFrame(
        [{"Sign": name, "For": yes, "Against": no} for name, (yes, no) in IMPLIED.items()],
        dtype=object,
    )


@finding
def rows(report: Report) -> pd.DataFrame:
    """Return ``Sign``, ``Result``, ``Uncertainty`` and ``Verdict`` of each test."""
    columns = ["Sign", "Result", "Uncertainty", "Verdict"]
    return pd.DataFrame([test[:4] for test in tested(report)], columns=columns, dtype=object)


@finding
def file(report: Report) -> pd.DataFrame:
    """Return the numbers that the verdicts rest on.

    Returns
    -------
    pandas.DataFrame
        ``implication``, ``quantity`` (with its unit), ``value``, ``low``, ``high``, ``n`` and
        ``verdict``.
    """
    return pd.DataFrame(
        [
            {"implication": test.implication, **quantity._asdict(), "verdict": test.verdict}
            for test in tested(report)
            for quantity in test.quantities
        ]
    )


@finding
def n_borne_out(report: Report) -> int:
    """Return how many of the implications were found in full."""
    return sum(test.verdict == FULLY for test in tested(report))


@finding
def n_undecided(report: Report) -> int:
    """Return of how many of the implications nothing can be told."""
    return sum(test.verdict == CANNOT for test in tested(report))


@finding
def verdict(report: Report, implication: str) -> str:
    """Return the verdict on one of `IMPLIED`."""
    return next(test.verdict for test in tested(report) if test.implication == implication)


def meaning(report: Report, implication: str) -> str:
    """Return what the verdict on one of `IMPLIED` says of the evidence, as a sentence has it."""
    return MEANING[verdict(report, implication)]


# The tests.


def _order(report: Report) -> Tested:
    there, back, *_ = axes.order(report)
    verdict, shares, doubt = CANNOT, (), "too few for a probability, and both grow"
    if min(there.n, back.n) >= FEWEST_MONTHS:
        verdict = FULLY if there.p < axes.CHANCE else AGAINST if back.p < axes.CHANCE else CANNOT
        name, doubt = "share of shifts with as many", "dates shifted by chance, though both grow"
        shares = (
            Quantity(name, there.p, n=there.n_shifts),
            Quantity(f"{name}, other direction", back.p, n=back.n_shifts),
        )
    return Tested(
        "One pair following the other",
        f"{there.hits} of {there.n} months follow a link of the other pair, "
        f"{decimal(there.expected, 1)} expected by chance",
        f"{there.n} and {back.n} months with a link: {doubt}",
        verdict,
        (
            Quantity("months of the later pair with a link of the other before", there.hits,
                     n=there.n),
            Quantity("expected by shifts", there.expected, n=there.n),
            *shares,
        ),
    )  # fmt: skip


def _closure_of_orders(report: Report) -> Tested:
    arm, aze = (closure.of_phase(report, state, closure.AFTER_THE_WAR) for state in ("ARM", "AZE"))
    alone = closure.india_alone(report)
    name = "E-I index, Armenia"
    return Tested(
        "Arms orders inside a group",
        f"E-I index {decimal(arm.index, 2)} for Armenia, {decimal(aze.index, 2)} for Azerbaijan",
        f"{arm.orders} and {aze.orders} orders; chance allows {_apart(arm.low, arm.high)} and "
        f"{_apart(aze.low, aze.high)}",
        AGAINST if max(arm.low, aze.low) > 0
        else (CANNOT, PARTLY, FULLY)[(arm.high < 0) + (aze.high < 0)],
        (
            Quantity(name, arm.index, arm.low, arm.high, arm.orders),
            Quantity(f"{name}, with India alone in the group", alone.counts.index, *alone.bounds,
                     n=arm.orders),
            Quantity("E-I index, Azerbaijan", aze.index, aze.low, aze.high, aze.orders),
        ),
    )  # fmt: skip


def _crossing(report: Report) -> Tested:
    links, trade = closure.across(report), axes.trade(report)
    return Tested(
        "Groups closed to each other",
        f"{links.now} of {links.n_now} links since {links.since} join the groups; India trades "
        f"{bounds(*trade.times, 1)} times as much with Azerbaijan as with Armenia, without oil "
        f"{bounds(*trade.rest_times, 1)} times",
        "the links come from a search made around one group; Armenia counts imports in two ways; "
        "without oil the comparison can go either way",
        (FULLY, PARTLY, AGAINST)[(links.now > 0) + trade.more_across],
        (
            Quantity("links across in the last phase", links.now, n=links.n_now),
            *(
                Quantity(f"trade of {partner} and {state}, million dollars", NOTHING, *turnover)
                for partner, state, turnover in (
                    ("India", "Azerbaijan", trade.azerbaijan_india),
                    ("India", "Armenia", trade.armenia_india),
                    ("Pakistan", "Azerbaijan", trade.azerbaijan_pakistan),
                    ("Pakistan", "Armenia", trade.armenia_pakistan),
                )
            ),
            Quantity(
                "trade of India and Azerbaijan without crude oil, million dollars",
                NOTHING,
                *trade.rest,
            ),
        ),
    )


def _votes(report: Report) -> Tested:
    (split, gap), (core, core_gap) = axes.vote_split(report), axes.vote_split(report, axes.CORE)
    held = axes.blocs(report)
    met = (split.rank <= axes.CHANCE * split.n_splits) + (held.gap > 0 and held.p < axes.CHANCE)
    return Tested(
        "Votes that divide the groups",
        f"number {whole(split.rank)} of {split.n_splits} divisions; kappa inside less kappa across "
        f"is {decimal(held.gap, 2)} if memberships are taken into account",
        f"probability {decimal(held.p, 2)}; without memberships {decimal(held.plain, 2)}, "
        f"probability {decimal(held.plain_p, 2)}",
        (AGAINST, PARTLY, FULLY)[met],
        (
            Quantity("gap in mean kappa", split.gap, *gap),
            Quantity("rank among splits", split.rank, n=split.n_splits),
            Quantity("gap in mean kappa, five states", core.gap, *core_gap),
            Quantity("rank among splits, five states", core.rank, n=core.n_splits),
            Quantity("gap in kappa, memberships held fixed", held.gap, n=held.n_pairs),
            Quantity("share of permutations as far from nought", held.p, n=axes.PERMUTATIONS),
        ),
    )


def _commitment(report: Report) -> Tested:
    bound = axes.commitment(report)
    n_inside, n_across = len(bound.inside), len(bound.across)
    return Tested(
        "Treaties that bind a group",
        f"{n_inside} of {bound.n_covered} pairs inside a group, {n_across} across",
        f"{bound.release} ends before the war; one declaration since, and NATO across",
        FULLY if 2 * n_inside > bound.n_covered and not n_across else AGAINST,
        (
            Quantity("pairs inside bound to defence", n_inside, n=bound.n_covered),
            Quantity("pairs across bound to defence", n_across),
        ),
    )


def _size(report: Report) -> Tested:
    size = axes.size(report)
    india, pakistan = size.india, size.pakistan
    apart = sum(f > axes.SIZE_FACTOR for f in (size.register_factor, size.later_factor))
    return Tested(
        "Deliveries of equal size",
        f"India {whole(india.listed)}, Pakistan {decimal(pakistan.listed, 1)} million TIV; "
        f"by an outsider's sum of the later release {whole(india.total)} and "
        f"{whole(pakistan.total)}",
        "no ranges published; the releases differ by one year and revisions",
        (FULLY, CANNOT, AGAINST)[apart],
        tuple(
            Quantity(f"{pair}, million TIV, {release}", volume)
            for pair, found in (("India to Armenia", india), ("Pakistan to Azerbaijan", pakistan))
            for release, volume in (("register", found.listed), ("later release", found.total))
        ),
    )


def _apart(low: float, high: float) -> str:
    """Return two bounds, both printed even where they are alike."""
    return f"{decimal(low, 2)} to {decimal(high, 2)}"
