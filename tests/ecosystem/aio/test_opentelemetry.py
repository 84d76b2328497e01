"""OpenTelemetry's httpx instrumentation traces the default client, with one span per attempt."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from cachet_sdk.testing import FakeCachet
from tests.ecosystem.rows import TOKEN


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    yield exporter
    instrumentor.uninstrument()
    provider.shutdown()


async def test_a_call_has_a_span_and_the_server_gets_its_traceparent(version: str, spans: InMemorySpanExporter) -> None:
    fake = FakeCachet(version, TOKEN)
    with fake.serve() as server:
        async with fake.async_client(endpoint=server.endpoint, transport=None) as client:
            await client.components.create(name="Web", status=1)
    (span,) = spans.get_finished_spans()
    assert span.name == "POST"
    assert span.attributes is not None
    assert span.context is not None
    assert span.attributes["http.url"] == f"{server.endpoint}/components"
    trace = f"{span.context.trace_id:032x}"
    assert trace in fake.requests[-1].headers["traceparent"]
    assert TOKEN not in span.to_json()
