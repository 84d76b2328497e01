"""Resources are referenced by id, name, Group/Name or key. An ambiguous name is an error."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Cachet, Page


@pytest.mark.parametrize("reference", ["2", "Payments", "payments", "Shop/Payments", "name:Payments"])
def test_a_component_is_found_by_id_and_by_name(page: Page, cachet: Cachet, reference: str) -> None:
    result = cachet("component", "get", reference, "-o", "json")
    assert result.code == 0
    assert (result.json["id"], result.json["group"]) == (2, "Shop")


def test_an_ambiguous_name_lists_the_candidates_and_nothing_is_sent(page: Page, cachet: Cachet) -> None:
    result = cachet("component", "set", "Website", "major")
    assert result.code == 2
    assert (
        result.err == "cachet: component 'Website' is ambiguous; it may be Shop/Website (id 1), Blog/Website (id 3)\n"
    )
    assert page.writes() == []


def test_an_unknown_name_suggests_similar_ones(page: Page, cachet: Cachet) -> None:
    result = cachet("component", "get", "Shop/Websit")
    assert result.code == 3
    assert "did you mean 'Shop/Website'" in result.err


def test_a_name_that_is_a_number_is_found_with_a_prefix(page: Page, cachet: Cachet) -> None:
    cachet("component", "create", "1", "--status", "operational")
    assert cachet("component", "get", "name:1", "-o", "json").json["id"] == 5


def test_an_incident_is_found_by_its_name_even_with_a_comma(page: Page, cachet: Cachet) -> None:
    cachet("incident", "open", "Slow, very slow", "--message", "We look into it.")
    assert cachet("incident", "show", "Slow, very slow", "-o", "json").json["id"] == 1


def test_a_subscriber_is_found_by_its_address(page: Page, cachet: Cachet) -> None:
    cachet("subscriber", "create", "a@example.com", "--verify")
    assert cachet("subscriber", "delete", "a@example.com", "--yes").code == 0
    assert cachet("subscriber", "list", "-o", "json").json == []


def test_a_kind_without_names_is_found_only_by_id(page: Page, cachet: Cachet) -> None:
    cachet("metric", "create", "Load", "--suffix", "%")
    result = cachet("metric-point", "delete", "Load", "first", "--yes")
    assert result.code == 2
    assert "expected the numeric id of a metric point" in result.err
