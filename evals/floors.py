"""What may not be worse than this, on the conversations that the rules may be tuned on."""

from __future__ import annotations

from collections.abc import Iterator

from evals.figures import Figures

CONTACT_F1 = 0.98
EVIDENCE_PRECISION = 1.0
TIER_AGREEMENT = 0.95
FACT_RECALL = 0.75
OTHERS_SAVED = 0
COLD_CALLED_HOT = 0


def broken(figures: Figures) -> Iterator[str]:
    """A line for each figure beyond its limit."""
    for name, value, least in (
        ("contact F1", figures.contact_f1, CONTACT_F1),
        ("evidence precision", figures.evidence_precision, EVIDENCE_PRECISION),
        ("tier agreement", figures.agreement, TIER_AGREEMENT),
        ("fact recall", figures.fact_recall, FACT_RECALL),
    ):
        if value < least:
            yield f"{name} is {value:.3f}, should be at least {least}"
    for name, count, most in (
        ("contact data of others saved", figures.others_saved, OTHERS_SAVED),
        ("cold called hot", figures.cold_called_hot, COLD_CALLED_HOT),
    ):
        if count > most:
            yield f"{name}: {count}, should be at most {most}"
