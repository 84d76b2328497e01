"""Properties for arbitrary input: only this package's errors are raised, and accepted data survives storing."""

from __future__ import annotations

import copy
import inspect
import itertools
import json
import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

from cachet_sdk import Client, errors, v1
from cachet_sdk.core.http.body import BodyTooLargeError, BodyUnreadableError, ResponseBody
from cachet_sdk.core.http.retry import parse_retry_after
from cachet_sdk.testing import FakeCachet
from tests.fuzz.rows import ROWS
from tests.fuzz.strategies import HUGE_INTEGER, arguments, json_values, rows, texts

#: The managers of Cachet 3's client.
MANAGERS_OF_3 = (
    "components",
    "component_groups",
    "incidents",
    "incident_updates",
    "incident_templates",
    "metrics",
    "metric_points",
    "schedules",
    "schedule_updates",
    "subscribers",
)


class FixedResponse(httpx.BaseTransport):
    """A server that sends the same response to every request."""

    def __init__(self, content: bytes, status: int = 200, headers: list[tuple[bytes, bytes]] | None = None) -> None:
        self._content, self._status, self._headers = content, status, headers or []
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(self._status, headers=self._headers, stream=httpx.ByteStream(self._content))


def client_of(transport: httpx.BaseTransport, version: str = "1") -> Any:
    endpoint = "https://fake-cachet.test/api/v1" if version == "1" else "https://fake-cachet.test/api"
    return Client(endpoint, "token", version, transport=transport, max_retries=0)


def encode(document: object) -> bytes:
    """Encode JSON as a careless server would, with NaN and integers of any length."""
    return _dumps(document).encode("utf-8", "surrogatepass")


def _dumps(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(str(key))}:{_dumps(it)}" for key, it in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_dumps, value)) + "]"
    if value == HUGE_INTEGER:
        return "9" * 5001
    return json.dumps(value)


def only_our_errors(call: Callable[[], object]) -> object:
    """Make a call. An exception must be one of this package's, and be printable and picklable."""
    try:
        return call()
    except errors.CachetError as error:
        check_error(error)
        return None


def check_error(error: errors.CachetError) -> None:
    """Check that an error is printable and survives pickling."""
    assert str(error)
    assert repr(error)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (type(error), str(error))


def take(iterator: Iterator[object]) -> list[object]:
    """Read up to 50 items of a list."""
    return list(itertools.islice(iterator, 50))


def _read(manager: Any, parent: list[int]) -> list[object]:
    return take(manager.list(*parent))


def check_round_trips(manager: Any, item: Any) -> None:
    """Check that a resource is printable and survives each way of storing it."""
    assert repr(item)
    assert str(item)
    assert pickle.loads(pickle.dumps(item)) == item
    assert copy.deepcopy(item) == item
    assert manager.instance_from_dict(item.attrs) == item
    assert manager.instance_from_json(item.to_json()) == item
    assert manager.instance_list_from_json(f"[{item.to_json()}]") == [item]


@given(st.sampled_from(sorted(ROWS)).flatmap(lambda kind: st.tuples(st.just(kind), rows(kind))))
def a_resource_with_odd_fields_is_refused_or_round_trips(kind_and_row: tuple[str, dict[str, object]]) -> None:
    kind, row = kind_and_row
    manager = getattr(client_of(FixedResponse(encode({"data": row}))), kind)
    if kind == "incident_updates":
        item = only_our_errors(lambda: manager.get(1, 1))
    elif kind in {"metric_points", "subscribers"}:
        item = only_our_errors(lambda: manager.instance_from_json(encode(row)))
    else:
        item = only_our_errors(lambda: manager.get(1))
    if item is not None:
        check_round_trips(manager, item)


@given(st.sampled_from(sorted(ROWS)), json_values)
def any_json_is_refused_or_parsed(kind: str, document: object) -> None:
    documents: list[Any] = [document, {"data": document}, {"data": [document], "meta": {"pagination": document}}]
    for data in documents:
        client = client_of(FixedResponse(encode(data)))
        manager = getattr(client, kind)
        parent = [1] if kind in {"incident_updates", "metric_points"} else []
        only_our_errors(partial(_read, manager, parent))
        if hasattr(manager, "count"):
            only_our_errors(partial(manager.count, *parent))
        only_our_errors(partial(manager.instance_from_dict, data))
        only_our_errors(partial(manager.instance_from_json, encode(data)))
        only_our_errors(partial(manager.instance_list_from_json, encode(data)))
        for read in (client.ping, client.version, client.status):
            only_our_errors(read)


@given(st.sampled_from(MANAGERS_OF_3), json_values)
def any_json_is_refused_or_parsed_from_cachet_3(manager_name: str, value: object) -> None:
    resource = {"id": "1", "type": "components", "attributes": value, "relationships": value}
    documents: list[Any] = [
        value,
        {"data": value, "included": value},
        {"data": resource, "included": [resource, value]},
        {"data": [resource, value], "links": value, "included": value},
    ]
    for document in documents:
        client = client_of(FixedResponse(encode(document)), "3")
        manager = getattr(client, manager_name)
        parent = [1] if manager_name in {"incident_updates", "schedule_updates", "metric_points"} else []
        for call in (
            partial(_read, manager, parent),
            partial(manager.get, *parent, 1),
            partial(manager.count, *parent),
        ):
            item = only_our_errors(call)
            for relation in ("group", "incidents", "components", "updates", "points", "user"):
                only_our_errors(partial(getattr, item, relation, None))
        only_our_errors(partial(manager.instance_from_dict, document))
        only_our_errors(partial(manager.instance_from_json, encode(document)))
        only_our_errors(partial(manager.instance_list_from_json, encode(document)))
        for read in (client.ping, client.version, client.status):
            only_our_errors(read)


@given(
    st.binary(max_size=200), st.integers(200, 599), st.sampled_from([b"gzip", b"deflate", b"br", b"", b"gzip, gzip"])
)
def any_bytes_with_any_status_are_refused_or_parsed(content: bytes, status: int, encoding: bytes) -> None:
    headers = [(b"Content-Encoding", encoding), (b"Retry-After", content[:9]), (b"Location", content)]
    client = client_of(FixedResponse(content, status, headers))
    only_our_errors(lambda: client.components.get(1))
    only_our_errors(lambda: client.components.delete(1))
    only_our_errors(lambda: client.components.instance_from_json(content))


@given(st.lists(st.binary(max_size=40), max_size=6), st.sampled_from([None, "gzip", "deflate", "x-gzip"]))
def any_response_body_is_read_up_to_its_limit(chunks: list[bytes], encoding: str | None) -> None:
    collector = ResponseBody(encoding, 64)
    try:
        for chunk in chunks:
            collector.add(chunk)
        assert len(collector.content()) <= 64
    except (BodyTooLargeError, BodyUnreadableError):
        pass


@given(texts)
def any_retry_after_is_seconds_or_none(value: str) -> None:
    seconds = parse_retry_after(value)
    assert seconds is None or 0 <= seconds < float("inf")


def _methods(client: object, managers: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(
        (manager_name, name)
        for manager_name in managers
        for name in ("create", "update", "get", "list", "delete", "count", "create_many")
        if hasattr(getattr(client, manager_name), name)
    )


METHODS = {
    "1": _methods(FakeCachet().client(), [*ROWS, "subscriptions"]),
    "3": _methods(FakeCachet(version="3").client(), MANAGERS_OF_3),
}
VALID: dict[str, object] = {
    "name": "Name",
    "message": "Text",
    "status": 1,
    "value": 1.5,
    "email": "a@example.com",
    "suffix": "ms",
    "page": 1,
    "per_page": 5,
    "prefetch": 0,
    "concurrency": 2,
}


@given(st.data())
def any_argument_is_refused_or_sent(data: st.DataObject) -> None:
    version = data.draw(st.sampled_from(sorted(METHODS)))
    manager_name, name = data.draw(st.sampled_from(METHODS[version]))
    fake: Any = FakeCachet(version="3") if version == "3" else FakeCachet()
    client = fake.client(timezone=data.draw(st.sampled_from([None, "UTC", "Asia/Kathmandu"])))
    client.metrics.create(name="Metric", suffix="ms")
    client.components.create(name="API", status=1)
    method = getattr(getattr(client, manager_name), name)
    values: dict[str, object] = {}
    for parameter in inspect.signature(method).parameters.values():
        if parameter.name in {"progress", "concurrency"}:
            continue
        if parameter.default is not parameter.empty and data.draw(st.booleans()):
            continue
        valid = VALID.get(parameter.name, 1 if parameter.name.endswith("id") else parameter.default)
        odd = data.draw(st.integers(0, 2)) == 0 or valid is parameter.empty
        values[parameter.name] = data.draw(arguments) if odd else valid

    def call() -> object:
        result = method(**values)
        return take(result) if name == "list" else result

    try:
        result = only_our_errors(call)
    except LookupError as error:
        # Exceptions from iterating over the caller's own object are not wrapped.
        assert str(error) == "no items"  # noqa: PT017
        return
    if name in {"create", "update", "get"} and result is not None:
        check_round_trips(getattr(client, manager_name), result)


#: Arguments of ``update`` that identify the resource, or that have no writable attribute.
READ_ONLY = {"id", "incident_id", "metric_id", "created_at"}


def updatable(manager: Any) -> set[str]:
    """Return the names of what ``update`` can change."""
    return set(inspect.signature(manager.update).parameters) if hasattr(manager, "update") else set()


@given(st.data())
def any_attribute_value_is_refused_or_round_trips(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(ROWS)))
    manager: Any = getattr(FakeCachet().client(), kind)
    item = manager.instance_from_dict(ROWS[kind])
    name = data.draw(st.sampled_from([*sorted(type(item).model_fields), "nothing"]))
    value = data.draw(arguments)
    try:
        only_our_errors(lambda: setattr(item, name, value))
    except AttributeError:
        assert name in READ_ONLY or name not in updatable(manager)
        return
    except LookupError as error:
        assert str(error) == "no items"  # noqa: PT017
        return
    assert repr(item)
    assert pickle.loads(pickle.dumps(item)) == item
    only_our_errors(item.changes)
    only_our_errors(lambda: manager.instance_from_json(item.to_json()))


#: All except those that take the caller's functions, whose exceptions are not wrapped.
SETTINGS = [
    "version",
    *(name for name in inspect.signature(v1.Client).parameters if name not in {"event_hooks", "auth"}),
]


@given(st.data())
def any_setting_is_refused_or_accepted(data: st.DataObject) -> None:
    options: dict[str, Any] = {
        "endpoint": "https://fake-cachet.test/api/v1",
        "api_token": "token",
        "transport": FixedResponse(b'{"data": "Pong!"}'),
    }
    hosts = texts.map(lambda text: f"https://{text}/api/v1")
    for name in data.draw(
        st.lists(
            st.sampled_from(SETTINGS),
            min_size=1,
            max_size=2,
            unique=True,
        )
    ):
        # None for a transport or an endpoint would mean the network or the environment, which a test must not use.
        value = data.draw(st.one_of(arguments, hosts) if name == "endpoint" else arguments)
        options[name] = value if value is not None or name not in {"transport", "endpoint", "api_token"} else ""
    client: Any = only_our_errors(lambda: Client(**options))
    if client is not None:
        assert repr(client)
        only_our_errors(client.ping)
        client.close()


@given(st.one_of(st.binary(max_size=60), st.from_regex(rb"[!-~]{1,60}", fullmatch=True)))
def any_token_is_refused_or_sent_unchanged(token: bytes) -> None:
    text = token.decode("latin-1")
    transport = FixedResponse(b"{}")
    client: Any = only_our_errors(lambda: Client("https://fake-cachet.test/api/v1", text, transport=transport))
    if client is not None:
        client.ping()
        assert transport.requests[0].headers["X-Cachet-Token"] == text


PROPERTIES: tuple[Callable[[], None], ...] = (
    a_resource_with_odd_fields_is_refused_or_round_trips,
    any_json_is_refused_or_parsed,
    any_json_is_refused_or_parsed_from_cachet_3,
    any_bytes_with_any_status_are_refused_or_parsed,
    any_response_body_is_read_up_to_its_limit,
    any_retry_after_is_seconds_or_none,
    any_argument_is_refused_or_sent,
    any_attribute_value_is_refused_or_round_trips,
    any_setting_is_refused_or_accepted,
    any_token_is_refused_or_sent_unchanged,
)
