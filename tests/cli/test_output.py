"""Data is printed to standard output in five formats, everything else to standard error."""

from __future__ import annotations

import csv
import io
import json

import pytest
import yaml

from tests.cli.conftest import Cachet, Page


def test_a_table_is_aligned_and_has_no_colours_in_a_pipe(page_v1: Page, cachet: Cachet) -> None:
    assert cachet("component", "list").out.splitlines() == [
        "ID  GROUP  NAME      STATUS       ENABLED",
        "1   Shop   Website   operational  yes",
        "2   Shop   Payments  operational  yes",
        "3   Blog   Website   operational  yes",
        "4          Search    operational  yes",
    ]


def test_json_is_one_array_and_json_lines_are_one_object_each(page: Page, cachet: Cachet) -> None:
    rows = cachet("component", "list", "-o", "json").json
    assert [row["name"] for row in rows] == ["Website", "Payments", "Website", "Search"]
    lines = cachet("component", "list", "-o", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == rows


def test_yaml_holds_the_same_as_json(page: Page, cachet: Cachet) -> None:
    rows = cachet("component", "list", "-o", "json").json
    assert yaml.safe_load(cachet("component", "list", "-o", "yaml").out) == rows


def test_csv_has_the_selected_columns(page: Page, cachet: Cachet) -> None:
    out = cachet("component", "list", "-o", "csv", "--columns", "group,name").out
    assert list(csv.reader(io.StringIO(out)))[:2] == [["group", "name"], ["Shop", "Website"]]


@pytest.mark.parametrize("form", ["table", "csv"])
def test_the_header_can_be_omitted(page: Page, cachet: Cachet, form: str) -> None:
    result = cachet("component", "list", "-o", form, "--no-header", "--columns", "id", "--limit", "2")
    assert result.out == "1\n2\n"


def test_columns_also_select_the_fields_of_json(page: Page, cachet: Cachet) -> None:
    assert cachet("component", "get", "4", "--columns", "name,id", "-o", "json").json == {"name": "Search", "id": 4}


def test_an_unknown_column_is_an_error_that_lists_the_valid_ones(page: Page, cachet: Cachet) -> None:
    result = cachet("component", "list", "--columns", "colour")
    assert (result.code, result.out) == (2, "")
    assert "unknown column 'colour'; choose from: id, name" in result.err


def test_an_empty_list_prints_no_data(page: Page, cachet: Cachet) -> None:
    result = cachet("incident", "list")
    assert (result.code, result.out, result.err) == (0, "", "Nothing found.\n")
    assert cachet("incident", "list", "-o", "json").json == []


def test_a_name_from_the_server_cannot_move_the_cursor(page: Page, cachet: Cachet) -> None:
    cachet("component", "create", "\x1b[31mred\x1b]0;title\x07", "--status", "operational")
    assert "\x1b" not in cachet("component", "list").out


def test_a_pipe_gets_colours_only_if_forced(page: Page, cachet: Cachet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[32moperational" in cachet("component", "list").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[32m" not in cachet("component", "list").out


def test_long_lines_are_not_wrapped_in_a_pipe(page: Page, cachet: Cachet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    cachet("component", "create", "long " * 30, "--status", "operational")
    assert len(cachet("component", "list").out.splitlines()) == 6
