"""What is counted. Names without a prefix are those of the product's first specification; ours start with `talia_`."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

conversations_created = Counter("conversations_created_total", "Sessions that began a conversation.")
messages_received = Counter("messages_received_total", "Visitor messages committed.")
messages_sent = Counter("messages_sent_total", "Replies committed.", ["source"])
first_response_seconds = Histogram(
    "first_response_time_seconds",
    "From the commit of the turn to the first visible text.",
    ["source"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32),
)
turns_finished = Counter("talia_turns_total", "Turns by how they ended.", ["outcome"])
turns_running = Gauge("talia_turns_running", "Turns this process is answering.", multiprocess_mode="livesum")
turns_recovered = Counter("talia_turns_recovered_total", "Turns taken over from a worker that went away.")
model_failures = Counter("talia_model_failures_total", "Rounds without a complete answer.", ["kind"])
tokens = Counter("talia_tokens_total", "Tokens used.", ["direction"])
streams_open = Gauge("talia_streams_open", "Event streams held by this process.", multiprocess_mode="livesum")
deliveries = Counter(
    "talia_deliveries_total", "Mails and push messages by how they went.", ["channel", "outcome"]
)
requests_refused = Counter("talia_requests_refused_total", "Requests answered with a 4xx or 5xx.", ["code"])
