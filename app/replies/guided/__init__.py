"""The assistant that needs no model. `answer` is all there is to it; `guided_texts` checks its files at the start."""

from app.replies.guided.dialogue import GuidedReply, answer
from app.replies.guided.texts import guided_texts

__all__ = ["GuidedReply", "answer", "guided_texts"]
