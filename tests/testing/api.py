"""A plain HTTP client for tests of the embedded server, independent of the SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from cachet_sdk.testing import FakeCachet

Response = httpx.Response


class Api:
    """Sends requests with the valid token, or as a guest without one."""

    def __init__(self, fake: FakeCachet, *, guest: bool = False, headers: dict[str, str] | None = None) -> None:
        auth = {} if guest else {"X-Cachet-Token": fake.token}
        self._client = httpx.Client(
            transport=fake.transport, base_url=f"{fake.endpoint}/", headers={**auth, **(headers or {})}
        )

    def send(self, method: str, path: str, **options: Any) -> Response:
        return self._client.request(method, path, **options)

    def get(self, path: str, **query: Any) -> Any:
        """Return the JSON of a read, which must succeed."""
        return self._ok(self.send("GET", path, params=query or None))

    def post(self, path: str, **body: Any) -> Any:
        """Return the row in the response to a POST, which must succeed."""
        return self._ok(self.send("POST", path, json=body))["data"]

    def put(self, path: str, **body: Any) -> Any:
        """Return the row in the response to a PUT, which must succeed."""
        return self._ok(self.send("PUT", path, json=body))["data"]

    def delete(self, path: str) -> None:
        assert self.send("DELETE", path).status_code == 204

    def row(self, path: str) -> Any:
        """Return the row of a read."""
        return self.get(path)["data"]

    def ids(self, path: str, **query: Any) -> list[int]:
        """Return the ids in a list."""
        return [row["id"] for row in self.get(path, **query)["data"]]

    def status(self, method: str, path: str, **options: Any) -> int:
        return self.send(method, path, **options).status_code

    def reasons(self, method: str, path: str, **body: Any) -> list[str]:
        """Return the details of a 400."""
        response = self.send(method, path, json=body)
        assert response.status_code == 400, response.text
        error = response.json()["errors"][0]
        return list(error.get("meta", {}).get("details", []))

    @staticmethod
    def _ok(response: Response) -> Any:
        assert response.status_code == 200, response.text
        return response.json()


class Clock:
    """A clock that tests set."""

    def __init__(self, now: Any) -> None:
        self.now = now

    def __call__(self) -> Any:
        return self.now
