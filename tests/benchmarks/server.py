"""A static Cachet with minimal overhead, so that only the client is measured: one thread, epoll, prebuilt bytes.

It stores nothing. `python -m tests.benchmarks.server` prints its port and serves until stdin ends. Paths start with
`/<rows>/<delay in ms>/api/v1`, or `/api` for Cachet 3: the length of lists, and the delay of each response.
"""

from __future__ import annotations

import heapq
import json
import select
import socket
import sys
import time
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

CREATED = "2026-11-23 11:21:20"
CACHED_ROWS = 10_000  # pages of longer lists are not cached, to keep the server small

COMPONENT = {
    "id": 1,
    "name": "Public web site",
    "description": "What visitors see",
    "link": "https://example.test/web",
    "status": 1,
    "order": 5,
    "group_id": 1,
    "enabled": True,
    "meta": None,
    "created_at": CREATED,
    "updated_at": CREATED,
    "deleted_at": None,
    "status_name": "Operational",
    "tags": {"web-server": "Web Server", "public": "Public"},
}
SUBSCRIBER = {
    "id": 1,
    "email": "somebody@example.test",
    "verify_code": "gVQplKpUKarSVwNcvUKrxbVDPlHWCHiTznAS2EGk24",
    "verified_at": "Monday 23rd November 2026 11:21:24",
    "created_at": CREATED,
    "updated_at": CREATED,
    "global": True,
    "subscriptions": [{"id": 1, "subscriber_id": 1, "component_id": 1, "created_at": CREATED, "updated_at": CREATED}],
}
POINT = {
    "value": 12,
    "counter": 1,
    "metric_id": 1,
    "updated_at": CREATED,
    "created_at": CREATED,
    "id": 1,
    "calculated_value": 12,
}

MOMENT = {"human": "2 months ago", "string": CREATED}
ATTRIBUTES_OF_CACHET_3 = {
    "name": "Public web site",
    "description": "What visitors see",
    "link": "https://example.test/web",
    "order": 5,
    "status": {"human": "Operational", "value": 1},
    "latest_status": {"human": "Operational", "value": 1},
    "enabled": True,
    "created": MOMENT,
    "updated": MOMENT,
}


def _compact(value: object) -> bytes:
    # As Cachet sends it: compact, "/" escaped.
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/").encode()


def _response(body: bytes) -> bytes:
    head = (
        "HTTP/1.1 200 OK\r\n"
        "Server: nginx\r\n"
        "Date: Mon, 23 Nov 2026 11:21:20 GMT\r\n"
        "Content-Type: application/json\r\n"
        "Cache-Control: no-cache, private\r\n"
        f"Content-Length: {len(body)}\r\n"
        "\r\n"
    )
    return head.encode() + body


def _row_template(row: Mapping[str, object]) -> tuple[bytes, bytes]:
    encoded = _compact({**row, "id": "@"})
    before, after = encoded.split(b'"@"')
    return before, after


TEMPLATES = {"components": _row_template(COMPONENT), "subscribers": _row_template(SUBSCRIBER)}
RELEASE = "2.4.1"
ONE = {"components": COMPONENT, "subscribers": SUBSCRIBER, "points": POINT, "ping": "Pong!", "version": RELEASE}
SINGLE = {name: _response(_compact({"data": row})) for name, row in ONE.items()}


def _page(resource: str, rows: int, page: int, per_page: int, url: str) -> bytes:
    pages = max(1, -(-rows // per_page))
    ids = range((page - 1) * per_page + 1, min(page * per_page, rows) + 1)
    link = f"{url}?per_page={per_page}&page="
    pagination = {
        "total": rows,
        "count": len(ids),
        "per_page": per_page,
        "current_page": page,
        "total_pages": pages,
        "links": {
            "next_page": f"{link}{page + 1}" if page < pages else None,
            "previous_page": f"{link}{page - 1}" if page > 1 else None,
        },
    }
    before, after = TEMPLATES[resource]
    data = b",".join([b"%b%d%b" % (before, i, after) for i in ids])
    return _response(b'{"meta":' + _compact({"pagination": pagination}) + b',"data":[' + data + b"]}")


def _cachet_3_resource(number: int) -> dict[str, object]:
    return {"id": str(number), "type": "components", "attributes": {"id": number, **ATTRIBUTES_OF_CACHET_3}}


def _cachet_3_response(rows: int, path: list[str], query: Mapping[str, list[str]], url: str) -> bytes:
    """Return a response of Cachet 3: JSON:API, with pages that have no total."""
    if len(path) > 1:
        return _response(_compact({"data": _cachet_3_resource(1)}))
    page, per_page = int(query["page"][0]), int(query["per_page"][0])
    first, last = (page - 1) * per_page + 1, min(page * per_page, rows)
    links = {"first": f"{url}?page=1"} | ({"next": f"{url}?page={page + 1}"} if last < rows else {})
    meta = {"current_page": page, "from": first, "to": last, "per_page": per_page, "path": url}
    data = [_cachet_3_resource(number) for number in range(first, last + 1)]
    return _response(_compact({"data": data, "links": links, "meta": meta}))


def _route(method: str, target: str) -> tuple[float, bytes, bool]:
    """Return the delay in seconds, the response, and whether it may be cached."""
    url = urlsplit(target)
    rows, delay, _, *path = url.path.strip("/").split("/")
    seconds = int(delay) / 1000
    if path[0] != "v1":
        return seconds, _cachet_3_response(int(rows), path, parse_qs(url.query), f"https://status.test{url.path}"), True
    path = path[1:]
    if path[-1] not in TEMPLATES or method != "GET":
        return seconds, SINGLE["points" if path[0] == "metrics" else path[0]], True
    query = parse_qs(url.query)
    page, per_page = int(query.get("page", ["1"])[0]), int(query.get("per_page", ["20"])[0])
    response = _page(path[-1], int(rows), page, per_page, f"https://status.test{url.path}")
    return seconds, response, int(rows) <= CACHED_ROWS


@lru_cache(maxsize=2048)
def _cached(first_line: bytes) -> tuple[float, bytes] | None:
    method, target, _ = first_line.decode("latin-1").split(" ")
    delay, response, keep = _route(method, target)
    return (delay, response) if keep else None


def _response_to(first_line: bytes) -> tuple[float, bytes]:
    cached = _cached(first_line)
    if cached is not None:
        return cached
    method, target, _ = first_line.decode("latin-1").split(" ")
    delay, response, _ = _route(method, target)
    return delay, response


def _whole_request(received: bytes) -> bool:
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = received[:end].lower()
    at = head.find(b"\r\ncontent-length:")
    if at < 0:
        return True
    length = int(head[at + 17 :].split(b"\r\n", 1)[0])
    return len(received) >= end + 4 + length


class _Server:
    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.port: int = self.listener.getsockname()[1]
        self.sockets: dict[int, socket.socket] = {}
        self.received: dict[int, bytes] = {}
        self.due: list[tuple[float, int, bytes]] = []
        self.epoll = select.epoll()
        self.epoll.register(self.listener.fileno(), select.EPOLLIN)

    def serve(self) -> None:
        stdin = sys.stdin.fileno()
        self.epoll.register(stdin, select.EPOLLIN)
        while True:
            wait = max(0.0, self.due[0][0] - time.monotonic()) if self.due else -1
            for descriptor, _ in self.epoll.poll(wait):
                if descriptor in self.sockets:
                    self._read(descriptor)
                elif descriptor == stdin:
                    return
                else:
                    self._accept()
            while self.due and self.due[0][0] <= time.monotonic():
                _, descriptor, response = heapq.heappop(self.due)
                self._send(descriptor, response)

    def _accept(self) -> None:
        connection, _ = self.listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sockets[connection.fileno()] = connection
        self.epoll.register(connection.fileno(), select.EPOLLIN)

    def _read(self, descriptor: int) -> None:
        try:
            received = self.sockets[descriptor].recv(65536)
        except OSError:
            received = b""
        if not received:
            self._forget(descriptor)
            return
        if descriptor in self.received:
            received = self.received.pop(descriptor) + received
        if not _whole_request(received):
            self.received[descriptor] = received
            return
        delay, response = _response_to(received[: received.index(b"\r\n")])
        if delay:
            heapq.heappush(self.due, (time.monotonic() + delay, descriptor, response))
        else:
            self._send(descriptor, response)

    def _send(self, descriptor: int, response: bytes) -> None:
        connection = self.sockets.get(descriptor)
        if connection is None:
            return
        try:
            connection.sendall(response)
        except OSError:
            self._forget(descriptor)

    def _forget(self, descriptor: int) -> None:
        self.epoll.unregister(descriptor)
        self.sockets.pop(descriptor).close()
        self.received.pop(descriptor, None)


def main() -> None:
    """Print the port, then serve until stdin closes."""
    server = _Server()
    print(server.port, flush=True)
    server.serve()


if __name__ == "__main__":
    main()
