"""Votes beside Azerbaijan's: by subject, and on the questions that concern the conflict."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from azpak.dates import parse
from azpak.findings import votes_by_question as by_question
from azpak.findings.votes_by_question import ABSTAINED, AGAINST, BESIDE, NO_VOTE, STATES, WITH
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import count_in_words, listed

POINTS = 72  # an inch; everything here is placed in points
LOOKS = {  # of a tile: its colour, how much of it, and the colour of the words
    WITH: ("#0b6e6e", 1, style.GROUND), ABSTAINED: (style.MUTED, 0.18, style.INK),
    AGAINST: ("#a3431f", 1, style.GROUND), NO_VOTE: (style.RULE, 0, style.MUTED),
}  # fmt: skip
SHORT = {"abstain": "abst."}
SHARES = (0.4, 0.6, 0.8, 1.0)  # marked on the axis
HIGH = 15  # height of a tile


@figure("votes-by-question", "votes")
def votes_by_question(report: Report, form: Form) -> ReportFigure:
    """Draw how often states voted like Azerbaijan by subject, and how on the conflict itself.

    Returns
    -------
    ReportFigure
        Rows: part (subject or vote), question, date (years or EDTF), state, n_votes, share_same
        (subjects), vote, side (votes).
    """
    shares, cast = by_question.by_state(report), by_question.questions(report)
    pakistan, names = by_question.together(report), report.names()
    return ReportFigure(
        title=(
            f"Pakistan voted with Azerbaijan in {of_all(pakistan)} recorded votes on the conflict "
            f"over Karabakh, and in {pakistan.share:.0%} of those on {pakistan.lowest}"
        ),
        alt=alt_text(report, shares, names),
        description=description(shares, cast, names),
        data=rows_drawn(shares, cast),
        source=(
            "Voeten, Strezhnev and Bailey, United Nations General Assembly Voting Data; Pakistan's "
            "vote on 62/243 after the United Nations' release."
        ),
        figure=draw(report, shares, cast, form),
    )


def of_all(found: by_question.Together) -> str:
    """Return in how many of the votes on the conflict a state voted with Azerbaijan."""
    n = count_in_words(found.n)
    return f"all {n}" if found.n_with == found.n else f"{count_in_words(found.n_with)} of {n}"


def alt_text(report: Report, shares: pd.DataFrame, names: pd.Series) -> str:
    """Return what a reader who cannot see the figure must know."""
    pakistan = shares[shares["state"] == "PAK"]
    said = listed(f"{r.subject} {r.share_same:.0%}" for r in pakistan.itertuples())
    each = []
    for state in BESIDE:
        found = by_question.together(report, state)
        each.append(f"{names[state]} in {found.n_with} of {found.n}")
    return (
        f"Above, the share of votes cast like Azerbaijan by subject. Pakistan: {said}. Below, "
        "tiles with each vote of five states on the conflict over Karabakh and on Ukraine. With "
        f"Azerbaijan on the conflict voted {listed(each)}."
    )


def description(shares: pd.DataFrame, cast: pd.DataFrame, names: pd.Series) -> str:
    """Return the longer description: all values, and what they cannot show."""
    subjects = "; ".join(
        f"{subject} ({part['n_votes'].iloc[0]} votes with Pakistan): "
        + ", ".join(f"{names[r.state]} {r.share_same:.0%}" for r in part.itertuples())
        for subject, part in shares.groupby("subject", sort=False)
    )
    votes = "; ".join(
        f"{part['kind'].iloc[0]}, {part['resolution'].iloc[0]}, "
        f"{parse(part['date'].iloc[0]).display()}: "
        + ", ".join(f"{names[r.state]} {r.vote}" for r in part.itertuples())
        for _, part in cast.groupby("rollcall_id", sort=False)
    )
    return (
        f"Shares of common votes on whole resolutions, {years(shares)}: {subjects}. A vote can "
        "belong to several subjects, and no margin of error was computed. Votes on the conflict "
        f"and on Ukraine: {votes}. Armenia moved the motions, so that no is the vote with "
        "Azerbaijan. That some of the clauses are about the conflict is inferred from the item and "
        "from Armenia's vote. The data have no recorded vote on Kashmir, and later votes on the "
        "conflict were not searched for by subject."
    )


def years(shares: pd.DataFrame) -> str:
    """Return the years of the shares."""
    return shares["period"].iloc[0].replace("/", " to ")


def rows_drawn(shares: pd.DataFrame, cast: pd.DataFrame) -> pd.DataFrame:
    """Return both parts as one table."""
    return pd.concat([
        shares.assign(part="subject", question=shares["subject"], date=shares["period"])
        .drop(columns=["period", "issue", "subject", "n_same"]),
        cast.assign(part="vote", question=cast["kind"] + " " + cast["resolution"])
        .drop(columns=["rollcall_id", "resolution", "kind", "on_conflict"]),
    ])[
        ["part", "question", "date", "state", "n_votes", "share_same", "vote", "side"]
    ]  # fmt: skip


def draw(report: Report, shares: pd.DataFrame, cast: pd.DataFrame, form: Form) -> Figure:
    """Draw the subjects above and the votes on the conflict below."""
    step = form.choose(19, 31)
    n_calls = cast["rollcall_id"].nunique()
    high = 22 + step * shares["subject"].nunique() + 37
    below = form.choose(46 + (HIGH + 3) * len(STATES), 66 + (HIGH + 3) * n_calls) + 30
    width, height = POINTS * form.width, high + below
    with style.applied():
        drawing = style.new_figure(height / POINTS, form, layout="none")
        axes = drawing.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(-height, 0))
        axes.axis("off")
        head = {"va": "top", "fontsize": 9.5, "fontweight": "semibold"}
        axes.text(2, -2, f"Votes cast like Azerbaijan, by subject, {years(shares)}", **head)
        draw_shares(axes, report, shares, step, form)
        axes.text(2, -high, "Votes on the conflict over Karabakh", **head)
        draw_votes(axes, report, cast, -high, form)
        draw_key(axes, -height + 8)
    return drawing


def draw_shares(axes: Axes, report: Report, shares: pd.DataFrame, step: float, form: Form) -> None:
    """Draw a row of dots for each subject, the states named at the last, where they lie apart."""
    left, right = form.choose(140, 8), POINTS * form.width - form.choose(14, 12)
    least = shares["share_same"].min() - 0.04

    def place(share: float) -> float:
        return left + (share - least) / (1 - least) * (right - left)

    colours, names = style.state_colours(report), report.names()
    parts = list(shares.groupby("subject", sort=False))
    bottom = -22 - step * len(parts) + form.choose(0, 4)
    for share in SHARES:
        axes.plot([place(share)] * 2, [bottom, -20], color=style.RULE, lw=0.6, zorder=0)
        axes.text(place(share), bottom - 17, f"{share:.0%}", ha="center", va="top", fontsize=8)
    for number, (subject, part) in enumerate(parts):
        y = -22 - step * (number + form.choose(0.5, 0.62))
        said = f"{subject[:1].upper()}{subject[1:]} ({part['n_votes'].iloc[0]})"
        if form.is_narrow:
            axes.text(2, y + 6.5, said, va="bottom", fontsize=8.5)
        else:
            axes.text(2, y, said, va="center", fontsize=8.5)
        axes.plot([place(part["share_same"].min()), place(part["share_same"].max())], [y, y],
                  color=style.RULE, lw=2, zorder=1)  # fmt: skip
        for row in part.iloc[::-1].itertuples():
            own = row.state == "PAK"
            axes.plot(
                place(row.share_same), y, "o", ms=8.5 if own else 6, color=colours[row.state],
                mec=style.GROUND, mew=0.7, zorder=4 if own else 3,
            )  # fmt: skip
    for row in parts[-1][1].itertuples():
        axes.text(
            place(row.share_same), y - 7, names[row.state], ha="center", va="top", fontsize=7.5,
            fontweight="semibold" if row.state == "PAK" else "normal",
        )  # fmt: skip


def draw_votes(axes: Axes, report: Report, cast: pd.DataFrame, top: float, form: Form) -> None:
    """Draw a tile with the vote of each state on each question."""
    names = report.names()
    calls = list(cast.groupby("rollcall_id", sort=False))
    gap = 10  # before the vote on another conflict
    left = 62 if not form.is_narrow else 68
    room = POINTS * form.width - left - 4
    wide = (room - gap) / len(calls) - 3 if not form.is_narrow else room / len(STATES) - 3
    for place, state in enumerate(STATES):
        if form.is_narrow:
            axes.text(left + place * (wide + 3) + wide / 2 - 4, top - 56, names[state], rotation=50,
                      ha="left", va="bottom", rotation_mode="anchor", fontsize=7.5)  # fmt: skip
        else:
            axes.text(2, top - 46 - place * (HIGH + 3) - HIGH / 2, names[state], va="center",
                      fontsize=8.5)  # fmt: skip
    for number, (_, part) in enumerate(calls):
        apart = 0 if part["on_conflict"].iloc[0] else gap
        first, second = head_of(part)
        if form.is_narrow:
            y = top - 60 - number * (HIGH + 3) - apart - HIGH
            axes.text(2, y + HIGH / 2, f"{second} {first}", va="center", fontsize=7.5)
        else:
            x = left + number * (wide + 3) + apart
            axes.text(x + wide / 2, top - 42, f"{first}\n{second}", ha="center", va="bottom",
                      fontsize=7.5, linespacing=1.05)  # fmt: skip
        for place, row in enumerate(part.itertuples()):
            corner = (
                (left + place * (wide + 3), y) if form.is_narrow
                else (x, top - 46 - place * (HIGH + 3) - HIGH)
            )  # fmt: skip
            draw_tile(axes, corner, wide, SHORT.get(row.vote, row.vote), row.side)


def head_of(part: pd.DataFrame) -> tuple[str, str]:
    """Return what a vote is called in the drawing, and its year."""
    one = part.iloc[0]
    called = one["kind"] if one["kind"] != "resolution" else one["resolution"].split("RES/")[1]
    return (called if one["on_conflict"] else "Ukraine", one["date"][:4])


def draw_tile(
    axes: Axes, corner: tuple[float, float], wide: float, said: str, side: str
) -> None:  # fmt: skip
    """Draw a tile with a word."""
    colour, strength, ink = LOOKS[side]
    axes.add_patch(
        FancyBboxPatch(corner, wide, HIGH, boxstyle="round,pad=0,rounding_size=2", linewidth=0,
                       facecolor=colour, alpha=strength, zorder=2)
    )  # fmt: skip
    axes.text(corner[0] + wide / 2, corner[1] + HIGH / 2, said, ha="center", va="center",
              fontsize=7.5, color=ink, zorder=3)  # fmt: skip


def draw_key(axes: Axes, y: float) -> None:
    """Name the colours of the tiles."""
    x = 2
    for side, words in ((WITH, "with Azerbaijan"), (ABSTAINED, "abstained"), (AGAINST, "against")):
        draw_tile(axes, (x, y - 4), 10, "", side)
        axes.text(x + 14, y + 3, words, va="center", fontsize=8)
        x += 24 + 4.3 * len(words)
