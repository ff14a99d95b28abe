"""What is counted. Served for Prometheus on a loopback port of its own, never beside the public pages."""

from prometheus_client import Counter, Gauge, Histogram, start_http_server

REQUESTS = Histogram(
    "basedmusic_http_request_seconds",
    "Time to the end of an answer",
    ["method", "route", "status"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
REFUSED = Counter("basedmusic_refused_total", "Requests refused by a limit", ["limit"])
SEGMENTS = Counter("basedmusic_segments_total", "Segments served, by the tier they came from", ["tier"])
MAILS = Counter("basedmusic_mails_total", "Mails finished, by what became of them", ["state"])
MEDIA_CALLS = Counter("basedmusic_media_calls_total", "Calls into media processes", ["call", "outcome"])
MEMORY_TIER_BYTES = Gauge("basedmusic_memory_tier_bytes", "Bytes held by the memory tier")


def serve_metrics(port: int) -> None:
    """Answer scrapes on 127.0.0.1:`port`; 0 switches it off."""
    if port:
        start_http_server(port, addr="127.0.0.1")
