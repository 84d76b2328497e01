"""Documents: what they may contain, the positions of errors, and the YAML that is written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cachet_sdk import ArgumentError, ConfigurationError, sites
from cachet_sdk.sites import DocumentError
from tests.docs.environment import ROOT

HEAD = "version: 1\nowner: infra\n"
A = HEAD + "components:\n- {key: a, name: A, "
M = HEAD + "metrics:\n- {key: a, name: A, suffix: ms, "


def first_error(text: str, form: sites.Format = "yaml") -> tuple[str, int | None, int | None]:
    with pytest.raises(DocumentError) as caught:
        sites.loads(text, format=form, source="page")
    error = caught.value
    prefix = f"page:{error.line}:{error.column}: " if error.line is not None else "page: "
    return error.message.removeprefix(prefix), error.line, error.column


@pytest.mark.parametrize(
    ("text", "problem", "line", "column"),
    [
        ("", "the document is empty", 1, 1),
        ("- 1", "expected a mapping with the fields version and owner", 1, 1),
        ("version: 1", "owner: is missing", 1, 1),
        ("version: 2\nowner: infra", "version: input should be 1", 1, 1),
        (HEAD + "subscribers: []", "subscribers cannot be part", 1, 1),
        (HEAD + "component:\n- {key: a, name: A}", "component: unknown field; did you mean components?", 3, 1),
        (HEAD + "components:\n- key: a", "components[0].name: is missing", 4, 3),
        (A + "nmae: B}", "components[0].nmae: unknown field; did you mean name?", 4, 21),
        (HEAD + "components:\n- {key: a b, name: A}", "components[0].key: expected letters", 4, 4),
        (A + "link: example.com}", "components[0].link: expected a URL", 4, 21),
        (A + "tags: ['x,y']}", "components[0].tags[0]: expected no comma", 4, 28),
        (A + "enabled: no}", "components[0].enabled: expected true or false", 4, 21),
        (HEAD + "components:\n- {key: a, name: 12}", "components[0].name: input should be a valid string", 4, 12),
        (A + "status: fine}", "components[0].status: input should be", 4, 21),
        (A + "meta: {tags: x}}", "components[0].meta.tags: this key is reserved", 4, 28),
        (A + "meta: {x: [1]}}", "components[0].meta.x: expected a non-empty string", 4, 28),
        (HEAD + "components:\n- {key: a, name: A}\n- {key: a, name: B}", "'a' is already used by components[0]", 5, 4),
        (HEAD + "groups:\n- {key: a, name: A, key: b}", "duplicate key 'key'", 4, 21),
        (HEAD + "groups: [", "expected the node content", 3, 10),
        (HEAD + "groups: &a [*a]", "an alias that refers to itself", 3, 9),
        (HEAD + "groups: !!python/tuple [x]", "the tag 'tag:yaml.org,2002:python/tuple' is not", 3, 9),
        (HEAD + "x: \x07", "the character #x0007 is not allowed", 3, 4),
        (HEAD + "--- {}", "but found another document", 3, 1),
        ("[" * 60, "nested more than 40 levels deep", 1, 41),
        (M + "threshold: 7}", "metrics[0].threshold: input should be 1, 2", 4, 33),
        (M + "default_value: 1e999}", "metrics[0].default_value: input should be a", 4, 33),
    ],
)  # fmt: skip
def test_an_error_has_its_line_and_column(text: str, problem: str, line: int, column: int) -> None:
    message, *position = first_error(text)
    assert problem in message
    assert position == [line, column]


def test_of_several_errors_the_first_in_the_file_is_raised() -> None:
    assert first_error(HEAD + "groups:\n- {key: g, name: 1}\ncomponents:\n- {key: 2, name: 3}")[1:] == (4, 12)


def test_booleans_and_numbers_are_those_of_yaml_1_2() -> None:
    document = sites.loads(
        HEAD + "components:\n- {key: a, name: no, enabled: false, meta: {x: on, y: 017, z: 0o17, t: 12:30}}"
    )
    entry = document.components[0]
    assert (entry.name, entry.enabled) == ("no", False)
    assert entry.meta == {"x": "on", "y": 17, "z": 15, "t": "12:30"}


def test_aliases_cannot_expand_to_billions_of_values() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert first_error("\n".join(lines))[0] == "more than 200,000 values"


def test_errors_in_json_have_a_position() -> None:
    text = json.dumps({"version": 1, "owner": "infra", "components": [{"key": "a", "nam": "A"}]}, indent=1)
    assert first_error(text, "json") == ("components[0].nam: unknown field; did you mean name?", 7, 4)


def test_toml_is_read_and_its_syntax_errors_have_a_position() -> None:
    document = sites.loads('version = 1\nowner = "infra"\n[[components]]\nkey = "a"\nname = "A"\n', format="toml")
    assert document.components[0].name == "A"
    assert first_error("version = 1\nowner = \n", "toml")[1:] == (2, 9)
    assert first_error("version = 1", "toml") == ("owner: is missing", None, None)


def test_the_file_extension_determines_the_format(tmp_path: Path) -> None:
    file = tmp_path / "page.toml"
    file.write_text('version = 1\nowner = "infra"\n', encoding="utf-8")
    assert sites.load(file).path == file
    file = tmp_path / "page.yaml"
    file.write_bytes(HEAD.encode() + b"x: \xff\n")
    with pytest.raises(DocumentError, match=r"page\.yaml:3:4: not UTF-8"):
        sites.load(file)
    with pytest.raises(ConfigurationError, match="No such file"):
        sites.load(tmp_path / "none.yaml")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ArgumentError, match="format"):
        sites.loads(HEAD, format="xml")  # type: ignore[arg-type]


def test_the_schema_has_every_section_and_no_nullable_fields() -> None:
    schema = sites.schema()
    assert set(schema["properties"]) == {"version", "owner", "groups", "components", "metrics", "templates"}
    assert schema["$defs"]["ComponentEntry"]["additionalProperties"] is False
    assert schema["$defs"]["ComponentEntry"]["properties"]["enabled"] == {
        "default": None,
        "title": "Enabled",
        "type": "boolean",
    }


def test_the_documents_in_the_documentation_are_valid() -> None:
    pages = (ROOT / "docs" / "sites").glob("*.md")
    blocks = [block for page in pages for block in re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)]
    assert [sites.loads(block).owner for block in blocks] == ["infra"]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12).filter(str.strip)
NASTY = st.sampled_from(
    [
        "no",
        "on",
        "null",
        "~",
        "0o17",
        "017",
        "1e3",
        "1_000",
        "12:30",
        "2026-01-01",
        "- a",
        "a: b",
        "#x",
        "'",
        "=",
        "<<",
        "y",
    ]
)
NAMES = (WORDS | NASTY).map(str.strip).filter(lambda it: "\ufeff" not in it and it.isprintable())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    names=st.lists(NAMES, min_size=1, max_size=4),
    meta=st.dictionaries(st.sampled_from(["a", "b"]), NAMES | st.booleans() | st.integers(-9, 9)),
)
@example(names=["yes"], meta={"a": "0o17", "b": "0x1F"})
def test_dump_and_loads_round_trip(names: list[str], meta: dict[str, str | bool | int]) -> None:
    entries = [{"key": f"k{n}", "name": name, "meta": meta} for n, name in enumerate(names)]
    document = sites.Document.model_validate({"version": 1, "owner": "infra", "components": entries})
    again = sites.loads(sites.dump(document))
    assert again == document


PIECES = (
    st.sampled_from([*"[]{}'#,\t\n\x00\ufeff\x85\"🙂~=", "version: 1\n", "owner: infra\n"])
    | st.sampled_from(
        [
            "groups:\n",
            "components:\n",
            "- key: a\n",
            "  name: A\n",
            "- {key: b, name: B}\n",
            "  components:\n",
            "    - ",
            "*a",
        ]
    )
    | st.sampled_from(
        [
            "&a ",
            "!!int ",
            "!x ",
            "\\ud800",
            ": ",
            "? ",
            "|\n",
            ">-\n",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "1e999",
            "<<: *a\n",
        ]
    )
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=14).map("".join)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, start=st.sampled_from(["", HEAD, HEAD + "components:\n"]))
@example(text='"\\ud800"', start=HEAD + "components:\n- key: a\n  name: ")
@example(text="{? [a] : 1}", start="")
def test_any_invalid_text_raises_a_document_error_with_a_position(text: str, start: str) -> None:
    error = error_of(start + text)
    if error is not None:
        assert error.line is not None
        assert error.column is not None
        assert 1 <= error.line <= len(re.split("[\n\r\x85\u2028\u2029]", start + text)) + 1
        assert error.column >= 1
        assert error.message.startswith(f"page:{error.line}:{error.column}: ")


def error_of(text: str) -> DocumentError | None:
    try:
        sites.loads(text, source="page")
    except DocumentError as error:
        return error
    return None
