"""Colours can be told from the ground and from each other, on both pages and in every sight."""

from __future__ import annotations

from itertools import combinations

import pytest

from azpak import Report
from azpak.output import style
from support import colour

CENTRE = ("AZE", "PAK", "TUR", "ARM", "IND")  # the five states of the story
SUPPLIERS = ("ISR", "RUS", "TUR", "BLR", "UKR", "PAK", "USA", "GEO", "FRA")  # meet in one bar
VOTERS = ("AZE", "PAK", "TUR", "ARM", "IND", "KAZ")  # meet in one panel
MARK, TEXT = 3.0, 4.5  # contrasts that WCAG 2 asks of marks and of text
# Grounds, fills of land and sea, light rules, and what has a dark edge or a label of its own.
NO_MARKS = {
    style.GROUND, style.RULE, style.LAND, style.SEA, "#9fb0c3", "#c3c0b6", "#f3f1ec",
}  # fmt: skip
DEFICIENT = ("protanopia", "deuteranopia", "tritanopia")


@pytest.fixture(scope="module")
def palettes() -> dict[str, dict[str, str]]:
    """The colours of states on the light and on the dark page."""
    light = style.state_colours(Report.load())
    return {"light": light, "dark": {state: style.DARK[tone] for state, tone in light.items()}}


@pytest.fixture(params=["light", "dark"])
def states(request, palettes) -> dict[str, str]:
    return palettes[request.param]


def nearest(states: dict[str, str], among, sight: str) -> tuple[float, str, str]:
    """Return the least distance between two of some states, and these."""
    return min(
        (colour.distance(states[a], states[b], sight), a, b) for a, b in combinations(among, 2)
    )


def test_every_mark_has_contrast_on_both_pages():
    dark_ground = style.DARK[style.GROUND]
    faint = [
        (tone, dark)
        for tone, dark in style.DARK.items()
        if tone not in NO_MARKS
        and min(colour.contrast(tone, style.GROUND), colour.contrast(dark, dark_ground)) < MARK
    ]
    assert faint == []


def test_every_state_has_a_colour_on_the_dark_page_and_contrast_on_both(palettes):
    grounds = {"light": style.GROUND, "dark": style.DARK[style.GROUND]}
    faint = [
        (page, state)
        for page, tones in palettes.items()
        for state, tone in tones.items()
        if colour.contrast(tone, grounds[page]) < MARK
    ]
    assert faint == []


def test_text_has_contrast_on_both_pages():
    for tone in (style.INK, style.MUTED):
        assert colour.contrast(tone, style.GROUND) >= TEXT
        assert colour.contrast(style.DARK[tone], style.DARK[style.GROUND]) >= TEXT


def test_the_five_states_of_the_story_are_far_apart_in_every_sight(states):
    for sight in ("normal sight", *DEFICIENT):
        assert nearest(states, CENTRE, sight)[0] >= 15.5, sight
    assert nearest(states, CENTRE, "grey")[0] >= 6


def test_any_two_states_can_be_told_apart_without_and_with_a_deficiency(states):
    assert nearest(states, states, "normal sight")[0] >= 12
    for sight in DEFICIENT:
        assert nearest(states, states, sight)[0] >= 8, sight


@pytest.mark.parametrize("group", [SUPPLIERS, VOTERS], ids=["suppliers", "voters"])
def test_states_that_meet_in_one_figure_differ_in_grey(states, group):
    assert nearest(states, group, "grey")[0] >= 2.9


def test_light_and_dark_of_two_roles_are_never_one_colour_by_chance():
    """Two roles may share a dark value only where they are one hue and stand in different maps."""
    shared = {(a, b) for a, b in combinations(style.DARK, 2) if style.DARK[a] == style.DARK[b]}
    assert shared == {("#7a4a12", "#8a4b08")}


def test_the_distance_is_that_of_the_published_examples():
    """Rows 1, 7 and 25 of the test data of Sharma, Wu and Dalal (2005)."""
    assert colour.ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(
        2.0425, abs=1e-4
    )
    assert colour.ciede2000((50, 0, 0), (50, -1, 2)) == pytest.approx(2.3669, abs=1e-4)
    assert colour.ciede2000(
        (60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)
    ) == pytest.approx(1.2644, abs=1e-4)
