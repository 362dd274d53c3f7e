"""What a process counts and times, for Prometheus. No label holds personal data."""

from prometheus_client import Counter, Gauge, Histogram

MESSAGES = Counter("assistant_messages", "Messages answered", ["channel"])
OUTCOMES = Counter("assistant_outcomes", "What became of a message", ["outcome"])
REFUSED = Counter("assistant_refused", "Requests refused at the door", ["reason"])
STAGE_SECONDS = Histogram(
    "assistant_stage_seconds",
    "Time by stage: whole, and in it wait, understand, action, store",
    ["stage"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.3, 2.5, 5, 10),
)
MODEL = Gauge("assistant_model_info", "1 for the model that answers", ["version"])
