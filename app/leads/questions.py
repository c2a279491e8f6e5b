"""Specific questions: those about the thing itself, by which a buyer differs from a passer-by."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.leads.facts_text import fold, phrases
from app.leads.types import VisitorMessage
from app.remembered import Remembered

_TOPICS = {
    "price": phrases(
        r"(?:cuant|kuant|qnt)o(?:s|a|as)? (?:\w+ ){0,2}(?:cuesta|vale|sale|cobra|es|seria|queda)\w*",
        r"precios?|cuesta\w*|costo|valor|tarifas?",
        r"how much|price|pricing|cost|rates?|fees?", r"quanto (?:custa|fica|sai|e)|preco|valores?",
    ),
    "availability": phrases(
        r"disponib\w+|en stock|hay stock|queda[ns]?|sigue en venta|todavia (?:lo|la|los|las|esta|tienen)"
        r"|cupos?|lo hay|la hay",
        r"available|in stock|still (?:have|got|on)|openings?", r"disponive\w+|estoque|ainda tem|tem vaga",
    ),
    "terms": phrases(
        r"inicial|enganche|cuotas?|financ\w+|plazos?|interes(?:es)?|mensualidad\w*|deposito|formas? de"
        r" pago|tarjeta|garantia\w*",
        r"down payment|financ\w+|monthly|installments?|deposit|warrant\w+|payment|contract|lease",
        r"entrada|parcel\w+|financ\w+|garantia|pagamento|cartao",
    ),
    "details": phrases(
        r"kilomet\w+|km|millas|motor|color|tamano|medidas?|metros|m2|habitaciones|parqueo|estacionamiento"
        r"|incluye|material\w*|duracion|dura"
        r"|horarios?|capacidad|mantenimiento|mascotas?|amueblad\w+|modelo|marca|talla|ingredientes|nivel",
        r"mileage|miles|engine|colou?r|size|dimensions|square|bedrooms?|parking|includ\w+|material|how"
        r" long|hours|capacity|maintenance|pets?"
        r"|furnished|model|brand|support|integrat\w+|reminders?",
        r"quilomet\w+|cor|tamanho|medidas|metros|quartos|vaga|inclui|duracao|horarios?|capacidade|pet"
        r"|mobiliad\w+",
    ),
    "place": phrases(
        r"donde (?:estan|queda|quedan|es|estan ubicados)|direccion|ubicacion|entregan|envian|envios?"
        r"|delivery|domicilio|traslado",
        r"where (?:are|is)|location|address|deliver\w*|ship\w*",
        r"onde (?:fica|e|estao)|endereco|entregam|entrega|frete",
    ),
}  # fmt: skip
_ASKING = re.compile(
    r"[?¿]|(?:^|[.,;!\n]\s*|\b(?:y|and|e|pero|but)\s)(?:que|como|cuanto|cuantos|cual|cuando|donde|tienen"
    r"|tiene|hay|puedo|se puede|aceptan|incluye|is|are|do|does"
    r"|can|could|what|how|which|when|where|have|tem|tem como|quanto|qual|como|onde|posso|da|aceita|inclui|quais)\b"
)


def specific_questions(messages: Iterable[VisitorMessage]) -> dict[str, str]:
    """What was asked about: topic → id of the first message that asked. The same question twice is one."""
    asked: dict[str, str] = {}
    for message in sorted(messages, key=lambda m: m.seq):
        for topic in _asked_in(message.text):
            asked.setdefault(topic, message.id)
    return asked


@Remembered
def _asked_in(written: str) -> tuple[str, ...]:
    text = fold(written).text
    if not _ASKING.search(text):
        return ()
    return tuple(topic for topic, pattern in _TOPICS.items() if pattern.search(text))
