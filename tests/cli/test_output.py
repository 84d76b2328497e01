"""Data goes to standard output in five forms, everything else to standard error."""

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


def test_csv_has_the_columns_that_were_chosen(page: Page, cachet: Cachet) -> None:
    out = cachet("component", "list", "-o", "csv", "--columns", "group,name").out
    assert list(csv.reader(io.StringIO(out)))[:2] == [["group", "name"], ["Shop", "Website"]]


@pytest.mark.parametrize("form", ["table", "csv"])
def test_the_header_can_be_left_out(page: Page, cachet: Cachet, form: str) -> None:
    result = cachet("component", "list", "-o", form, "--no-header", "--columns", "id", "--limit", "2")
    assert result.out == "1\n2\n"


def test_columns_choose_the_fields_of_json_too(page: Page, cachet: Cachet) -> None:
    assert cachet("component", "get", "4", "--columns", "name,id", "-o", "json").json == {"name": "Search", "id": 4}


def test_an_unknown_column_is_an_error_that_lists_those_there_are(page: Page, cachet: Cachet) -> None:
    result = cachet("component", "list", "--columns", "colour")
    assert (result.code, result.out) == (2, "")
    assert "there is no 'colour'; there are: id, name" in result.err


def test_an_empty_list_prints_no_data(page: Page, cachet: Cachet) -> None:
    result = cachet("incident", "list")
    assert (result.code, result.out, result.err) == (0, "", "Nothing found.\n")
    assert cachet("incident", "list", "-o", "json").json == []


def test_a_name_of_the_server_cannot_move_the_cursor(page: Page, cachet: Cachet) -> None:
    cachet("component", "create", "\x1b[31mred\x1b]0;title\x07", "--status", "operational")
    assert "\x1b" not in cachet("component", "list").out


def test_colours_come_only_when_they_are_forced_in_a_pipe(
    page: Page, cachet: Cachet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[32moperational" in cachet("component", "list").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[32m" not in cachet("component", "list").out


def test_long_lines_are_not_wrapped_in_a_pipe(page: Page, cachet: Cachet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    cachet("component", "create", "long " * 30, "--status", "operational")
    assert len(cachet("component", "list").out.splitlines()) == 6
