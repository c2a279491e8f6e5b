"""Which of our languages a short chat text is in. Words and letters of our own choosing; in doubt, what it was before.

Words that travel between the three (names, "ok", "test drive", "no", "para") weigh nothing here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from app.conversations.types import TurnMessage
from app.prompting.types import LOCALES, Locale
from app.remembered import Remembered

_SWITCH = 2.0
"""What a text must say for another language before a conversation that has settled in one leaves it."""
_MAX_CHARS = 1000

_NOT_LANGUAGE = re.compile(r"\S*@\S*|https?://\S+|www\.\S+|[\d_]+|\[[a-z]+_\d+\]")
_PERHAPS_NOT_LANGUAGE = re.compile(r"[@\d_]|://|www\.")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

# One of these words alone decides; compared without accents, but for the letters that make the difference.
_STRONG: Mapping[Locale, str] = {
    "es": """
        perdona perdon prefiero espanol vivo vi viven sirve tambien entiendo respuesta responden contestan llaman quedo
        hola buenas buenos buen dias tardes noches gracias si adios hasta luego manana usted ustedes yo tu mi
        soy eres es somos son dia estoy esta estan estamos tengo tiene tienen tienes quiero quieres quiere
        quieren datos foto fotos anuncio kilometraje garantia quisiera puedo puede pueden podria necesito
        necesita busco buscando hay cuanto cuanta cuantos cuesta cuestan vale precio precios donde cuando cual
        cuales quien que como porque pero muy mas menos mucho muchas muchos algo alguien nada nadie siempre
        nunca tambien ahora hoy ayer ya aqui alli aca alla el la los las lo le les del al un una unos unas con
        sin y o u este estos ese esa eso esos esas aquel llamo llamar llamame nombre correo telefono celular
        ubicacion direccion horario abren cierran carro carros coche vehiculo vehiculos camioneta moto casa
        disponible disponibilidad financiamiento prestamo cuota inicial enganche cita visita prueba manejo ver
        verlo verla comprar vender persona vendedor asesor hablar habla hablan claro bueno bien listo perfecto
        entonces favor ayuda ayudar ayudame informacion sabes sabe decir dime digame mandame enviame interesa
        interesado gusta gustaria queria saber me te se nos su sus mis tus estaria pueda mejor queda quedan
        dinero pesos todavia aun otra otro nuevo nueva usado usada dale diga oiga oye saludos tonto idiota
    """,
    "en": """
        spanish english portuguese prefer understand answer reply live works saw listing
        hi hello hey thanks thank you your yours i im i'm i've i'd it's that's what's don't can't isn't won't
        the a an and or but is are was were be been have has had do does did can could would should will want
        need looking like know tell give get make how much many what when where who why which price cost
        available still yes yeah yep nope good morning afternoon evening night bye goodbye please sorry help my
        me we us our they them their this that these those there here of to for from with without about in on at
        by as if then than so just only also too very more less some any all every each person human agent
        someone talk speak call email phone number name address open opening hours location appointment visit
        car cars truck vehicle house buy sell sale financing loan payment monthly down deal see it not am let
        lets sure great nice cool fine well maybe really interested question ask tomorrow today stupid idiot
    """,
    "pt": """
        desculpa desculpe prefiro portugues moro vejo entendi resposta respondem ligam fico gente achei loja
        oi ola obrigado obrigada obg voce voces vc vcs bom boa dia tarde noite tchau ate logo eu meu minha meus
        minhas seu sua seus suas nao sim sou estou esta estao estamos tenho tem temos quero quer queria gostaria
        posso pode poderia podem preciso precisa procuro procurando quanto quanta custa preco precos onde quando
        qual quais quem porque mas mais muito muita muitos tambem agora hoje ontem amanha ja aqui ali la o os as
        um uma uns umas com sem e ou este esse essa isso isto aquele chamo nome telefone celular endereco
        localizacao horario abrem fecham carro carros veiculo veiculos caminhonete casa disponivel
        disponibilidade financiamento emprestimo parcela parcelas entrada visita visitar agendar ver comprar
        vender pessoa vendedor atendente falar fala falam claro beleza tudo bem legal entao favor ajuda ajudar
        informacao informacoes sabe dizer diga mande interessado interessada gostei do da dos das nos nas ao aos
        pelo pela em de pra pro anuncio dados fotos garantia por que como se me te lhe ainda outro outra novo
        nova usado idiota burro dinheiro reais qualquer algum alguma nenhum mesmo foi ser estar fazer faz
    """,
}
# Marks in lower-case text that only one of them writes. `ã` and `õ` settle it; an accent alone may be a slip or a name.
_MARKS: tuple[tuple[re.Pattern[str], Locale, float], ...] = (
    (re.compile(r"[¿¡]"), "es", 2.0),
    (re.compile(r"ñ"), "es", 1.0),
    (re.compile(r"ción\b|dad\b|\bll"), "es", 0.5),
    (re.compile(r"ã[oe]|õe|\bnão\b|\bàs?\b"), "pt", 1.5),
    (re.compile(r"ç|ões\b|nh[ao]|lh[aeo]"), "pt", 0.75),
    (re.compile(r"(?<=\w)(?:n't|'ll|'re|'ve)\b|\bi'm\b|ing\b|\bth"), "en", 0.75),
)
# Told apart by their accent alone.
_ACCENTED: Mapping[str, Locale] = {
    "olá": "pt",
    "você": "pt",
    "vocês": "pt",
    "até": "pt",
    "é": "pt",
    "também": "pt",
    "sí": "es",
    "qué": "es",
    "cómo": "es",
    "cuánto": "es",
    "dónde": "es",
    "más": "es",
    "día": "es",
    "días": "es",
    "estás": "es",
    "también": "es",
    "preço": "pt",
    "não": "pt",
    "já": "pt",
    "lá": "pt",
    "são": "pt",
    "aquí": "es",
    "mañana": "es",
}


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).replace(
        "’", "'"
    )


def _weights() -> dict[str, dict[Locale, float]]:
    """A word weighs in the languages that have it, the less the more there are; one that all three have is nothing."""
    owners: dict[str, set[Locale]] = {}
    for locale, words in _STRONG.items():
        for word in words.split():
            owners.setdefault(word, set()).add(locale)
    return {w: {one: 1.0 if len(ls) == 1 else 0.25 for one in ls} for w, ls in owners.items() if len(ls) < 3}


_WEIGHTS = _weights()


def as_locale(tag: str) -> Locale:
    """`es-DO` → es. A language that we do not speak is answered in English, none at all in Spanish."""
    language = re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
    for locale in LOCALES:
        if language == locale:
            return locale
    return "en" if language else "es"


def detect(text: str, fallback: Locale) -> Locale:
    """The language of one text; `fallback` when it does not tell."""
    return _best(_scores(text), fallback, 1.0)


def language_of(history: Iterable[TurnMessage], locale: str) -> Locale:
    """The language to answer in: what the visitor writes, newest last; `locale` (a BCP 47 tag) until they have written.

    It stays over texts that could be anything ("ok", a name, "thanks" in a Spanish chat), and follows a real change.
    """
    current = as_locale(locale)
    settled = False
    for message in history:
        if message.author != "visitor":
            continue
        current = follow(message.text, current, settled=settled)
        settled = settled or _scores(message.text)[current] >= 1.0
    return current


def follow(text: str, current: Locale, *, settled: bool) -> Locale:
    """The language after one more message of a conversation in `current`; `settled` once it was written in it."""
    return _best(_scores(text), current, _SWITCH if settled else 1.0)


def _best(scores: Mapping[Locale, float], fallback: Locale, needed: float) -> Locale:
    """The language that is ahead of `fallback` by `needed`, and of the third one at all."""
    ranked = sorted(LOCALES, key=lambda one: scores[one], reverse=True)
    best, second = ranked[0], ranked[1]
    if best == fallback or scores[best] - scores[fallback] < needed or scores[best] <= scores[second]:
        return fallback
    return best


@Remembered
def _scores(text: str) -> Mapping[Locale, float]:
    # What most texts do not need is not tried on all of them.
    text = text[:_MAX_CHARS].lower()
    if _PERHAPS_NOT_LANGUAGE.search(text):
        text = _NOT_LANGUAGE.sub(" ", text)
    scores: dict[Locale, float] = dict.fromkeys(LOCALES, 0.0)
    for word in _WORD.findall(text):
        if not word.isascii() and (owner := _ACCENTED.get(word)) is not None:
            scores[owner] += 1.0
            continue
        weights = _WEIGHTS.get(word if word.isascii() else _plain(word))
        if weights is not None:
            for locale, weight in weights.items():
                scores[locale] += weight
    for pattern, locale, weight in _MARKS:
        scores[locale] += weight * min(len(pattern.findall(text)), 3)
    return scores
