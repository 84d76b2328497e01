"""Incidents, their updates, and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.testing_v3.conftest import Api, Clock


def make(api: Api, **fields: Any) -> int:
    return api.make("/incidents", **{"name": "n", "message": "m", "status": 1} | fields)


def status(api: Api, made: int) -> int:
    value: int = api.get(f"/incidents/{made}").attributes["status"]["value"]
    return value


def test_a_new_incident_is_hidden_from_guests(api: Api) -> None:
    made = make(api)
    guest = api.as_guest()
    assert guest.get("/incidents").ids == []
    assert guest.get(f"/incidents/{made}/updates").json == {"message": ""}
    assert guest.get(f"/incidents/{made}/updates/1").status == 404
    api.put(f"/incidents/{made}", visible=True)
    assert guest.get("/incidents").ids == [made]
    assert guest.get(f"/incidents/{made}/updates").ids == []


def test_seeing_an_unpublished_incident_needs_the_ability_to_manage_incidents(api: Api, clock: Clock) -> None:
    made = make(api, visible=True, published_at="2026-11-23 12:00:00")
    api.app.add_token("2|reader", abilities=["components.manage"])
    reader = api.with_token("2|reader")
    assert api.get("/incidents").ids == [made]
    assert reader.get("/incidents").ids == []
    assert reader.get(f"/incidents/{made}").status == 404
    assert reader.get(f"/incidents/{made}/updates").status == 404
    clock.forward(hours=1)
    assert reader.get("/incidents").ids == [made]
    assert api.as_guest().get("/incidents").ids == [made]


def test_an_incident_with_visible_2_is_hidden_from_everyone_but_can_still_be_written(api: Api) -> None:
    made = make(api)
    api.app.store.incidents.rows[made].visible = 2
    assert api.get(f"/incidents/{made}").status == 404
    assert api.put(f"/incidents/{made}", name="x").attributes["visible"] == 2
    assert api.delete(f"/incidents/{made}").status == 204


def test_visible_2_is_refused(api: Api) -> None:
    assert api.put(f"/incidents/{make(api)}", visible=2).status == 422


def test_notifications_are_a_bool_when_created_and_a_number_afterwards(api: Api) -> None:
    made = api.post("/incidents", name="n", message="m", status=0, notifications=True)
    assert made.attributes["notifications"] is True
    assert api.get("/incidents/1").attributes["notifications"] == 1
    assert type(api.put("/incidents/1").attributes["notifications"]) is int


def test_component_id_and_component_status_add_a_component(api: Api) -> None:
    component = api.make("/components", name="A")
    made = make(api, component_id=component, component_status=3)
    included = api.get(f"/incidents/{made}", {"include": "components"}).json["included"]
    assert included[0]["attributes"]["pivot"] == {"component_status": {"human": "Partial outage", "value": 3}}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"filter[occurs_after]": "2026-01-02"}, [2, 3]),
        ({"filter[occurs_before]": "2026-01-02 10:00:00"}, [2]),
        ({"filter[occurs_on]": "2026-01-02"}, [2]),
        ({"filter[occurs_on]": ""}, [1, 2, 3]),
        ({"filter[status]": "2"}, [3]),
    ],
)
def test_incidents_are_filtered_by_when_they_occurred(api: Api, query: dict[str, str], ids: list[int]) -> None:
    make(api)
    make(api, occurred_at="2026-01-02 10:00:00")
    make(api, occurred_at="2026-01-03 10:00:00", status=2)
    assert api.get("/incidents", {"sort": "id", **query}).ids == ids


def test_the_status_follows_the_newest_update(api: Api, clock: Clock) -> None:
    made = make(api)
    path = f"/incidents/{made}/updates"
    first = api.make(path, status=2, message="a")
    clock.forward(seconds=1)
    second = api.make(path, status=3, message="b")
    assert status(api, made) == 3
    api.put(f"{path}/{first}", status=4)
    assert status(api, made) == 3
    api.put(f"{path}/{second}", status=0)
    assert status(api, made) == 0
    api.delete(f"{path}/{second}")
    assert status(api, made) == 4
    api.delete(f"{path}/{first}")
    assert status(api, made) == 4


def test_update_ids_are_shared_with_schedules(api: Api) -> None:
    made = make(api)
    api.make("/schedules", name="s", message="m", scheduled_at="2030-01-01")
    assert api.make(f"/incidents/{made}/updates", status=1, message="a") == 1
    assert api.make("/schedules/1/updates", message="a") == 2
    assert api.get(f"/incidents/{made}/updates/2").message == "No query results for model [Cachet\\Models\\Update] 2"
    assert api.put("/schedules/1/updates/1", message="x").status == 404


def test_updates_are_sorted_filtered_and_include_their_incident(api: Api, clock: Clock) -> None:
    made = make(api)
    for value in (3, 1, 2):
        api.make(f"/incidents/{made}/updates", status=value, message="a")
        clock.forward(seconds=1)
    path = f"/incidents/{made}/updates"
    assert api.get(path, {"sort": "status"}).ids == [2, 3, 1]
    assert api.get(path, {"sort": "-created_at"}).ids == [3, 2, 1]
    assert api.get(path, {"filter[status]": "1,3"}).ids == [1, 2]
    assert api.get(path, {"sort": "id"}).status == 400
    shown = api.get(f"{path}/1", {"include": "incident"}).json
    assert shown["data"]["relationships"] == {"incident": {"data": {"type": "incidents", "id": "1"}}}
    assert [item["type"] for item in shown["included"]] == ["incidents"]


def test_deleting_an_incident_deletes_its_updates(api: Api) -> None:
    made = make(api)
    api.make(f"/incidents/{made}/updates", status=1, message="a")
    api.delete(f"/incidents/{made}")
    assert api.app.store.updates.rows == {}


def test_a_template_takes_precedence_over_a_message(api: Api) -> None:
    api.make("/incident-templates", name="T", template="{{ incident.message }} & {{ missing }}{{ a.b }}<b>{{ on }}</b>")
    made = api.post(
        "/incidents", name="n", message="<m> '\"", status=1, template="t", template_vars={"on": True, "a": "text"}
    )
    assert made.attributes["message"] == "&lt;m&gt; &#039;&quot; & <b>1</b>"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ name|upper }}", "A&amp;B"),
        ("{{ name | lower | raw }}", "a&b"),
        ("{# note #}{{- incident.name -}}!", "n!"),
        ("{% if on %}yes{% else %}no{% endif %}", "yes"),
        ("{% if not on %}{{ name }}{% if x %}x{% endif %}{% endif %}.", "."),
        ("{% if incident.component %}c{% else %}none{% endif %}", "none"),
        ("{% if zero %}yes{% else %}no{% endif %}\n{# a note #}\n.", "no."),
        ("a {{- n -}} b {%~ if on ~%} c {% endif %}", "a3bc "),
        ("{{ it|title }} {{ list.0 }}{{ list.5 }}", "It&#039;s A&amp;b! x"),
        ("{{ n }}/{{ f }}/{{ incident.visible }}/{{ incident.stickied }}", "3/1.5//1"),
    ],
)
def test_templates_support_a_subset_of_twig(api: Api, template: str, message: str) -> None:
    api.make("/incident-templates", name="T", template=template)
    variables = {"name": "A&B", "on": 1, "n": 3, "f": 1.5, "zero": "0", "it": "it's a&B!", "list": ["x"]}
    made = api.post("/incidents", name="n", status=1, template="t", template_vars=variables, stickied=True)
    assert made.attributes["message"] == message


@pytest.mark.parametrize(
    "template",
    [
        "{{ name",
        "{# note",
        "{{ name|nope }}",
        "{{ list }}",
        "{{ incident.status.value }}",
        "{{ incident.occurred_at }}",
        "{% endif %}",
        "{% if name %}",
        "{% if name %}a{% else %}b{% else %}c",
        "{% include 'x' %}",
    ],
)
def test_a_template_that_cannot_be_rendered_is_a_500_when_it_is_used(api: Api, template: str) -> None:
    api.make("/incident-templates", name="T", template=template)
    reply = api.post("/incidents", name="n", status=1, template="t", template_vars={"name": "a", "list": [1]})
    assert (reply.status, reply.message) == (500, "Server Error")


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ("{% if n > 1 %}many{% endif %}", "{% if n > 1 %}"),
        ("{% if name is defined %}x{% endif %}", "{% if name is defined %}"),
        ("{% if name|length %}x{% endif %}", "{% if name|length %}"),
        ("{% if true %}x{% endif %}", "{% if true %}"),
        ("{{ true }}", "{{ true }}"),
        ("{{ null }}", "{{ null }}"),
        ("{{ 'text' }}", "{{ 'text' }}"),
        ("{{ name ~ '!' }}", "{{ name ~ '!' }}"),
        ("{{ name|default('x') }}", "{{ name|default('x') }}"),
        ("{{ name|length }}", "the filter length"),
        ("{{ name|raw|upper }}", "{{ name|raw|upper }}"),
        ("{% for one in list %}{{ one }}{% endfor %}", "{% for one in list %}"),
        ("{% set n = 2 %}", "{% set n = 2 %}"),
        ("{% if no %}{% set n = 2 %}{% endif %}", "{% set n = 2 %}"),
        ("{% if no %}a{% elseif name %}b{% endif %}", "{% elseif name %}"),
    ],
)
def test_unsupported_twig_is_a_501_that_names_it(api: Api, template: str, what: str) -> None:
    api.make("/incident-templates", name="T", template=template)
    reply = api.post("/incidents", name="n", status=1, template="t", template_vars={"name": "a", "list": [1]})
    assert reply.status == 501
    assert reply.message.startswith(f"The embedded Cachet cannot render {what}: ")
    assert api.app.store.incidents.rows == {}


def test_the_first_of_two_templates_with_the_same_slug_wins(api: Api) -> None:
    api.make("/incident-templates", name="T", template="one")
    api.make("/incident-templates", name="T", template="two")
    assert api.post("/incidents", name="n", status=1, template="t").attributes["message"] == "one"


def test_an_unknown_template_is_refused(api: Api) -> None:
    reply = api.post("/incidents", name="n", status=1, template="nope")
    assert reply.json["errors"] == {"template": ["The selected template is invalid."]}


def test_an_update_of_a_template_rewrites_its_slug(api: Api) -> None:
    api.make("/incident-templates", name="Ünder  Töp_x@y!", template="t")
    assert api.get("/incident-templates/1").attributes["slug"] == "under-top-x-at-y"
    assert api.put("/incident-templates/1", name="New Name", slug="mine").attributes["slug"] == "new-name"
    assert api.put("/incident-templates/1", slug="mine").attributes["slug"] == ""


def test_guests_can_read_sort_and_filter_templates(api: Api) -> None:
    api.make("/incident-templates", name="One", template="t", slug="b")
    api.make("/incident-templates", name="Two", template="t", slug="a")
    guest = api.as_guest()
    assert guest.get("/incident-templates", {"sort": "slug"}).ids == [2, 1]
    assert guest.get("/incident-templates", {"filter[name]": "on"}).ids == [1]
    assert api.post("/incident-templates", name="n", template="t", engine="blade").status == 422
