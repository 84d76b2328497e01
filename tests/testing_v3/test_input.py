"""Request bodies, query strings, trimming, validation messages and dates."""

from __future__ import annotations

from typing import Any

import pytest

from cachet_sdk.testing.v3 import CachetV3
from tests.testing_v3.conftest import MAIN, Api, Clock

FORM = "application/x-www-form-urlencoded"


def errors(api: Api, path: str, **fields: Any) -> dict[str, list[str]]:
    reply = api.post(path, **fields)
    assert reply.status == 422, reply.body
    found: dict[str, list[str]] = reply.json["errors"]
    return found


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "application/vnd.api+json", "text/json"])
def test_any_json_content_type_is_accepted(api: Api, content_type: str) -> None:
    assert api.request("POST", "/components", body=b'{"name": "A"}', content_type=content_type).status == 201


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"name": "A"}', "text/plain"),
        (b'{"name": "A"}', ""),
        (b'{"name": ', "application/json"),
        (b'["name"]', "application/json"),
        (b'{"name": "\xff"}', "application/json"),
        (b'{"name": NaN}', "application/json"),
        (b'{"data": {"attributes": {"name": "A"}}}', "application/vnd.api+json"),
        (b"=A&[]=B", FORM),
    ],
)
def test_a_body_that_cannot_be_parsed_counts_as_empty(api: Api, body: bytes, content_type: str) -> None:
    reply = api.request("POST", "/components", body=body, content_type=content_type)
    assert (reply.status, reply.message) == (422, "The name field is required.")


def test_a_form_may_contain_brackets(api: Api) -> None:
    component = api.make("/components", name="A", status=1)
    body = f"name=n&message=m&status=1&components[0][id]={component}&components[0][status]=4&meta[k]=v".encode()
    reply = api.request("POST", "/incidents", body=body, content_type=FORM)
    assert reply.status == 201
    shown = api.get("/incidents/1", {"include": "components,meta"}).json
    assert shown["data"]["attributes"]["meta"] == {"k": "v"}
    assert shown["included"][0]["attributes"]["pivot"]["component_status"]["value"] == 4


def test_a_form_may_override_its_method(api: Api) -> None:
    made = api.make("/components", name="A")
    reply = api.request("POST", f"/components/{made}", body=b"_method=put&name=B", content_type=FORM)
    assert (reply.status, reply.attributes["name"]) == (200, "B")
    assert api.request("POST", f"/components/{made}", body=b"name=C", content_type=FORM).status == 405


def test_a_multipart_form_is_accepted_in_a_post(api: Api) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nA\r\n'
        b"--x\r\nContent-Disposition: form-data\r\n\r\nlost\r\n--x--\r\n"
    )
    reply = api.request("POST", "/components", body=body, content_type="multipart/form-data; boundary=x")
    assert (reply.status, reply.attributes["name"]) == (201, "A")
    assert api.request("PUT", "/components/1", body=body, content_type="multipart/form-data; boundary=x").status == 200
    assert api.get("/components/1").attributes["name"] == "A"


def test_parameters_of_the_query_are_input_too(api: Api) -> None:
    reply = api.post("/components", {"name": "Q", "description": "q"}, description="body wins")
    assert (reply.attributes["name"], reply.attributes["description"]) == ("Q", "body wins")


def test_strings_are_trimmed_and_empty_ones_are_null(api: Api) -> None:
    assert api.post("/components", name="  A ").attributes["name"] == "A"
    assert errors(api, "/components", name="   ") == {"name": ["The name field is required."]}
    assert errors(api, "/components", name="A", description="") == {
        "description": ["The description field must be a string."]
    }


@pytest.mark.parametrize("name", ["description", "link", "order", "status", "enabled", "component_group_id", "name"])
def test_null_is_refused_for_fields_of_a_component(api: Api, name: str) -> None:
    made = api.make("/components", name="A")
    assert api.put(f"/components/{made}", **{name: None}).status == 422


@pytest.mark.parametrize("name", ["occurred_at", "published_at", "meta"])
def test_null_leaves_an_incidents_nullable_fields_unchanged(api: Api, name: str) -> None:
    made = api.make("/incidents", name="n", message="m", status=1, occurred_at="2026-01-02", meta={"k": "v"})
    before = api.get(f"/incidents/{made}", {"include": "meta"}).attributes
    assert api.put(f"/incidents/{made}", **{name: None}).status == 200
    assert api.get(f"/incidents/{made}", {"include": "meta"}).attributes == before


def test_camel_case_names_bypass_the_rules(api: Api) -> None:
    made = api.make("/components", name="A", status=1, componentGroupId=99)
    assert api.get("/components", {"filter[enabled]": "0,1"}).ids == []
    assert api.get(f"/components/{made}").status == 404
    assert api.post("/incidents", name="n", message="m", status=1, occurredAt="zzz").status == 500
    assert api.post("/metrics", name="n", suffix="s", calcType="often").status == 500
    assert api.post("/metrics", name="n", suffix="s", calcType=1).attributes["calc_type"] == 1
    assert "scheduled_at" in errors(api, "/schedules", name="n", message="m", scheduledAt="2030-01-01")


@pytest.mark.parametrize(("sent", "stored"), [(True, True), (1, True), ("1", True), (False, False), ("0", False)])
def test_five_spellings_of_booleans_are_accepted(api: Api, sent: Any, stored: bool) -> None:
    assert api.post("/components", name="A", enabled=sent).attributes["enabled"] is stored


@pytest.mark.parametrize("sent", ["true", "yes", 2, [], {"a": 1}])
def test_other_spellings_of_booleans_are_refused(api: Api, sent: Any) -> None:
    assert errors(api, "/components", name="A", enabled=sent) == {
        "enabled": ["The enabled field must be true or false."]
    }


@pytest.mark.parametrize("sent", [4, "4", 4.0])
def test_an_enum_accepts_a_number_or_a_numeric_string(api: Api, sent: Any) -> None:
    assert api.post("/components", name="A", status=sent).attributes["status"]["value"] == 4


@pytest.mark.parametrize("sent", ["operational", 0, 7, True, [1]])
def test_an_enum_refuses_names_and_unknown_numbers(api: Api, sent: Any) -> None:
    assert errors(api, "/components", name="A", status=sent) == {"status": ["The selected status is invalid."]}


@pytest.mark.parametrize("sent", ["ftp://e.test", "https://", "https://e .test", "https://[", 5])
def test_a_link_must_be_a_web_address(api: Api, sent: Any) -> None:
    assert "The link field must be a valid URL." in errors(api, "/components", name="A", link=sent)["link"]


def test_long_names_and_wrong_numbers_are_refused(api: Api) -> None:
    assert errors(api, "/components", name="x" * 256, order="a", meta="m") == {
        "name": ["The name field must not be greater than 255 characters."],
        "order": ["The order field must be an integer."],
        "meta": ["The meta field must be an array."],
    }
    assert errors(api, "/components", name=["x"])["name"] == ["The name field must be a string."]
    assert errors(api, "/metrics", name="n", suffix="s", places=5, threshold=7) == {
        "threshold": ["The threshold must be a factor of 60."],
        "places": ["The places field must not be greater than 4."],
    }


def test_errors_of_list_items_name_their_index(api: Api) -> None:
    component = api.make("/components", name="A")
    found = errors(
        api,
        "/incidents",
        name="n",
        message="m",
        status=1,
        components=[{"id": component, "status": 1}, {"id": component, "status": 9}, {"id": 99}, 5],
    )
    assert found == {
        "components.0.id": ["The components.0.id field has a duplicate value."],
        "components.1.id": ["The components.1.id field has a duplicate value."],
        "components.2.id": ["The selected components.2.id is invalid."],
        "components.3": ["The components.3 field must be an array."],
        "components.3.id": ["The components.3.id field is required."],
        "components.1.status": ["The selected components.1.status is invalid."],
        "components.2.status": ["The components.2.status field is required."],
        "components.3.status": ["The components.3.status field is required."],
    }
    assert errors(api, "/component-groups", name="G", components=["x"]) == {
        "components.0": [
            "The components.0 field must be an integer.",
            "The selected components.0 is invalid.",
        ]
    }


def test_the_message_counts_further_errors(api: Api) -> None:
    assert api.post("/metrics").message == "The name field is required. (and 1 more error)"
    assert api.post("/metrics", name=1, suffix=1, places=9).message.endswith("(and 2 more errors)")


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("2026-01-02 03:04:05", "2026-01-02 03:04:05"),
        ("2026-01-02T03:04", "2026-01-02 03:04:00"),
        ("2026-01-02", "2026-01-02 00:00:00"),
        ("2026-07-02T03:04:05Z", "2026-07-01 23:04:05"),
        ("2026-01-02T03:04:05.123456+02:00", "2026-01-01 20:04:05"),
        ("2026-01-02T03:04:05-0100", "2026-01-01 23:04:05"),
    ],
)
def test_dates_with_an_offset_are_converted_to_the_servers_zone(clock: Clock, sent: str, stored: str) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, timezone="America/New_York"))
    reply = api.post("/incidents", name="n", message="m", status=1, occurred_at=sent)
    assert reply.attributes["occurred"]["string"] == stored
    assert reply.attributes["created"] == {"human": "0 seconds ago", "string": "2026-11-23 06:33:20"}


@pytest.mark.parametrize("sent", ["yesterday", 1767322800, "2026-02-30", "1767322800", ["2026-01-02"], True])
def test_relative_times_and_numbers_are_not_dates(api: Api, sent: Any) -> None:
    assert errors(api, "/incidents", name="n", message="m", status=1, occurred_at=sent) == {
        "occurred_at": ["The occurred at field must be a valid date."]
    }


@pytest.mark.parametrize(
    ("string", "human"),
    [
        ("2026-11-23 11:33:19", "1 second ago"),
        ("2026-11-23 11:31:19", "2 minutes ago"),
        ("2026-11-23 10:30:00", "1 hour ago"),
        ("2026-11-20 10:30:00", "3 days ago"),
        ("2026-11-15 10:30:00", "1 week ago"),
        ("2026-10-24 10:30:00", "4 weeks ago"),
        ("2024-11-24 10:30:00", "1 year ago"),
        ("2026-12-24 11:33:20", "1 month from now"),
    ],
)
def test_dates_include_a_relative_time(api: Api, string: str, human: str) -> None:
    reply = api.post("/incidents", name="n", message="m", status=1, occurred_at=string)
    assert reply.attributes["occurred"] == {"human": human, "string": string}
