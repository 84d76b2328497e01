"""Tokens, Accept headers, request bodies, methods, time zones and the overall status."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cachet_sdk.testing import FakeCachet
from tests.testing.api import Api, Clock


@pytest.mark.parametrize("headers", [{"X-CACHET-TOKEN": "Secret-TOKEN"}, {"x-cachet-token": "secret-token"}])
def test_header_and_token_are_case_insensitive(guest: Api, headers: dict[str, str]) -> None:
    assert guest.status("POST", "components", json={"name": "A", "status": 1}, headers=headers) == 200


def test_a_bearer_token_is_ignored(guest: Api) -> None:
    headers = {"Authorization": "Bearer secret-token"}
    assert guest.status("POST", "components", json={"name": "A", "status": 1}, headers=headers) == 401


def test_a_guest_who_writes_to_an_unknown_id_gets_404(guest: Api) -> None:
    assert guest.status("PUT", "components/9", json={}) == 404
    assert guest.status("DELETE", "incidents/9") == 404


def test_always_authenticate_lets_guests_read_only_the_status() -> None:
    fake = FakeCachet(always_authenticate=True)
    guest, api = Api(fake, guest=True), Api(fake)
    assert [guest.status("GET", path) for path in ("ping", "version", "status")] == [200, 200, 200]
    assert [guest.status("GET", path) for path in ("components", "incidents", "metrics")] == [401, 401, 401]
    assert api.ids("components") == []


@pytest.mark.parametrize("path", ["", "/", "/components//1", "/components/1/2/3/4", "/nothing/1"])
def test_unknown_paths_are_404(api: Api, fake: FakeCachet, path: str) -> None:
    response = api.send("GET", fake.endpoint + path)
    assert response.status_code == 404
    assert response.json()["errors"][0]["detail"].startswith("The requested resource could not be found")


def test_paths_outside_of_the_api_are_404(api: Api) -> None:
    assert api.status("GET", "https://fake-cachet.test/") == 404
    assert api.status("GET", "https://fake-cachet.test/api/v12/ping") == 404


@pytest.mark.parametrize(("text", "status"), [("1abc", 200), ("1.0", 200), ("1.5", 404), ("abc", 404), ("1e999", 404)])
def test_ids_are_cast_as_mariadb_does(api: Api, text: str, status: int) -> None:
    api.post("components", name="A", status=1)
    assert api.status("GET", f"components/{text}") == status


@pytest.mark.parametrize("accept", ["", "*/*", "application/*", "application/json; charset=utf-8", "text/html, */*"])
def test_accept_headers_that_allow_json_get_json(api: Api, accept: str) -> None:
    response = api.send("GET", "ping", headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "text/plain"])
def test_other_accept_headers_get_an_html_page(api: Api, accept: str) -> None:
    response = api.send("GET", "ping", headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (406, "text/html; charset=UTF-8")
    assert "<title>Error 406</title>" in response.text


def test_a_client_that_accepts_only_json_api_gets_406_in_json_api(api: Api) -> None:
    response = api.send("GET", "ping", headers={"Accept": "application/vnd.api+json"})
    assert (response.status_code, response.headers["content-type"]) == (406, "application/vnd.api+json")
    assert response.json()["errors"][0]["status"] == 406


def test_json_is_compact_ascii_with_escaped_slashes(api: Api) -> None:
    api.post("components", name="é", status=1, link="https://example.com/")
    body = api.send("GET", "components/1").content
    assert b'"name":"\\u00e9"' in body
    assert b'"link":"https:\\/\\/example.com\\/"' in body
    assert b": " not in body


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b'{"name": "A"', "application/json"),
        (b'["name"]', "application/json"),
        (b'"name"', "application/json"),
        (b'{"name": NaN}', "application/json"),
        (b'{"name": "A", "order": 1e999}', "application/json"),
        (b"\xff", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"name": "A"}', "text/plain"),
        (b'{"name": "A"}', "multipart/form-data; boundary=x"),
    ],
)
def test_a_body_that_is_not_a_json_object_counts_as_empty(api: Api, content: bytes, content_type: str) -> None:
    response = api.send("POST", "components", content=content, headers={"Content-Type": content_type})
    assert response.json()["errors"][0]["meta"]["details"] == ["The name field is required."]


def test_forms_are_accepted_with_php_arrays(api: Api) -> None:
    content = "name=A+b&status=1&meta[k][]=1&meta[k][]=2&meta[x.y]=%26&meta[k][]=3&&=x&tags=a&tags[0]=b&tags=c"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    row = api.send("POST", "components", content=content, headers=form).json()["data"]
    assert (row["name"], row["meta"], row["tags"]) == ("A b", {"k": ["1", "2", "3"], "x.y": "&"}, {"c": "c"})
    assert api.send("PUT", "components/1", content="status=4", headers=form).json()["data"]["status"] == 4


def test_other_json_content_types_are_accepted(api: Api) -> None:
    for content_type in ("application/json; charset=utf-8", "application/problem+json"):
        headers = {"Content-Type": content_type}
        assert api.status("POST", "components", content=b'{"name": "A"}', headers=headers) == 200


def test_the_query_is_input_too_but_the_body_takes_precedence(api: Api) -> None:
    row = api.send("POST", "components?name=Query&status=3&nothing", json={"name": "Body"}).json()["data"]
    assert (row["name"], row["status"]) == ("Body", 3)


def test_unknown_fields_are_ignored(api: Api) -> None:
    assert "nonsense" not in api.post("components", name="A", status=1, nonsense=1)


@pytest.mark.parametrize(
    "override",
    [
        {"headers": {"X-HTTP-Method-Override": "put"}, "json": {"status": 4}},
        {"json": {"status": 4, "_method": "PUT"}},
        {"data": {"status": "4", "_method": "PUT"}},
        {"params": {"_method": "PUT"}, "json": {"status": 4}},
    ],
)
def test_a_post_may_override_its_method(api: Api, override: dict[str, object]) -> None:
    api.post("components", name="A", status=1)
    assert api.send("POST", "components/1", **override).json()["data"]["status"] == 4


def test_a_method_override_that_is_not_a_string_is_ignored(api: Api) -> None:
    api.post("components", name="A", status=1)
    assert api.status("POST", "components/1", json={"_method": ["PUT"]}) == 405


def test_head_has_no_body(api: Api) -> None:
    response = api.send("HEAD", "components")
    assert (response.status_code, response.content) == (200, b"")


def test_only_reads_have_cors_headers(api: Api) -> None:
    headers = {"Origin": "https://page.test"}
    assert api.send("GET", "ping", headers=headers).headers["access-control-allow-origin"] == "https://page.test"
    response = api.send("POST", "components", json={"name": "A"}, headers=headers)
    assert "access-control-allow-origin" not in response.headers


def test_options_lists_the_methods(api: Api) -> None:
    preflight = {"Origin": "https://page.test", "Access-Control-Request-Method": "PUT"}
    assert api.status("OPTIONS", "components/1", headers=preflight) == 204
    response = api.send("OPTIONS", "components")
    assert (response.status_code, response.headers["allow"]) == (200, "GET, HEAD, POST")
    assert api.status("OPTIONS", "nothing") == 404


def test_the_response_to_a_delete_is_empty(api: Api) -> None:
    api.post("components", name="A", status=1)
    response = api.send("DELETE", "components/1")
    assert (response.status_code, response.content) == (204, b"")
    assert "content-type" not in response.headers


def test_the_servers_time_zone_applies_to_input_and_output() -> None:
    fake = FakeCachet(time_zone="Europe/Paris", clock=lambda: datetime(2026, 11, 23, 11, 5, 59, tzinfo=UTC))
    row = Api(fake).post("incidents", name="I", message="m", status=1, occurred_at="2026-07-01 12:00")
    assert (row["created_at"], row["occurred_at"]) == ("2026-11-23 12:05:59", "2026-07-01 12:00:00")
    row = Api(fake, headers={"Time-Zone": "UTC"}).row("incidents/1")
    assert (row["created_at"], row["occurred_at"]) == ("2026-11-23 11:05:59", "2026-07-01 10:00:00")


@pytest.mark.parametrize("name", ["Nowhere/Atlantis", "../etc/passwd", "Europe"])
def test_an_unknown_time_zone_is_a_500(api: Api, name: str) -> None:
    assert api.status("GET", "ping", headers={"Time-Zone": name}) == 500


@pytest.mark.parametrize(
    ("statuses", "level", "message"),
    [
        ([1], "success", "System operational"),
        ([1, 1], "success", "All systems are operational"),
        ([2], "info", "The system is experiencing issues"),
        ([1, 0], "info", "Some systems are experiencing issues"),
        ([4, 1, 1, 1], "info", "Some systems are experiencing issues"),
        ([4, 4, 1, 1], "danger", "Some systems are experiencing major issues"),
    ],
)
def test_the_overall_status_follows_the_components(
    api: Api, guest: Api, statuses: list[int], level: str, message: str
) -> None:
    for status in statuses:
        api.post("components", name="A", status=status)
    api.post("components", name="Off", status=4, enabled=False)
    assert guest.row("status") == {"status": level, "message": message}


def test_even_a_hidden_open_incident_affects_the_overall_status(api: Api, guest: Api) -> None:
    for _ in range(2):
        api.post("components", name="A", status=1)
    api.post("incidents", name="I", message="m", status=1, visible=0)
    assert guest.row("status")["status"] == "info"
    api.put("incidents/1", status=4)
    assert guest.row("status")["status"] == "success"


def test_an_incident_is_fixed_if_its_latest_update_is(api: Api, guest: Api) -> None:
    api.post("incidents", name="I", message="m", status=1)
    api.post("incidents/1/updates", status=4, message="over")
    api.put("incidents/1", status=2)
    assert guest.row("status")["status"] == "success"


def test_the_overall_status_may_be_cached_for_57_years(api: Api, clock: Clock) -> None:
    expected = f"max-age={int(clock.now.timestamp()) + 30}, public"
    assert api.send("GET", "status").headers["cache-control"] == expected


def test_the_system_clock_is_the_default() -> None:
    before = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    row = Api(FakeCachet()).post("components", name="A", status=1)
    assert before <= datetime.fromisoformat(row["created_at"]) <= datetime.now(UTC).replace(tzinfo=None)


def test_a_naive_clock_counts_as_utc() -> None:
    fake = FakeCachet(clock=lambda: datetime(2026, 1, 2, 3, 4, 5))
    assert Api(fake).post("components", name="A", status=1)["created_at"] == "2026-01-02 03:04:05"
