"""FastAPI as an entry point: a resource as the body of a request and as the response."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from fastapi import FastAPI


def through_fastapi(it: Any) -> Any:
    """Post a resource to an endpoint that responds with it, and return what the endpoint received."""
    kind, app, received = type(it), FastAPI(), list[Any]()

    def echo(body: Any) -> Any:
        received.append(body)
        return body

    echo.__annotations__ = {"body": kind, "return": kind}
    app.post("/")(echo)

    async def post() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app.test") as client:
            return await client.post("/", content=it.model_dump_json(), headers={"Content-Type": "application/json"})

    with ThreadPoolExecutor(1) as pool:  # with its own event loop, as the test may be running in one
        response = pool.submit(asyncio.run, post()).result()
    assert response.status_code == 200, response.text
    assert kind.model_validate(response.json()) == received[0]
    return received[0]
