"""The assistant that needs no model. `answer` is all there is to it; `prepare` checks its files at the start."""

from app.replies.guided.dialogue import GuidedReply, Reason, answer, topic_words
from app.replies.guided.intents import prepare, prepare_phrases
from app.replies.guided.texts import guided_texts

__all__ = ["GuidedReply", "Reason", "answer", "guided_texts", "prepare", "prepare_phrases", "topic_words"]
