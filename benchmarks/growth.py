"""Conversations and databases that have grown: rows made by the database itself, as its superuser."""

from __future__ import annotations

import psycopg

# Neither the foreign keys' triggers nor anything else: the rows are right by construction.
_QUICKLY = "set session_replication_role = replica"

_MESSAGES = """
insert into public.mensajes (site_id, conversacion_id, seq, direccion, author, texto, datos, client_message_id,
  body_hash, delivered_at, creado_en)
select c.site_id, c.id, n,
  case when mod(n, 2) = 1 then 'entrante' else 'saliente' end,
  case when mod(n, 2) = 1 then 'visitor' else 'assistant' end,
  'Mensaje número ' || n || ': ¿me puede contar un poco más sobre ese modelo, el precio y la garantía?',
  case when mod(n, 2) = 1 then '{"session_id": "label", "author": "visitor", "locale": "es"}'::jsonb
    else '{"author": "assistant", "source": "model"}'::jsonb end,
  case when mod(n, 2) = 1 then c.id || ':' || n end, repeat('0', 64), now(), now() - make_interval(secs => %(last)s - n)
from public.conversaciones c
cross join generate_series(c.last_seq + 1, %(last)s) as n
where c.id = %(conversation)s or (%(conversation)s::uuid is null and c.last_seq = 0)
"""
_CONVERSATIONS = """
with made as (
  insert into public.contactos (site_id) select s.id from public.sites s cross join generate_series(1, %s)
  returning id, site_id
), talked as (
  insert into public.conversaciones (site_id, contacto_id) select site_id, id from made
  returning id, site_id, contacto_id
)
insert into public.webchat_sessions (site_id, session_id, token_hash, conversacion_id, contacto_id)
select site_id, 'label', encode(sha256(id::text::bytea), 'hex'), id, contacto_id from talked
"""
_TURNS = """
insert into public.turns (site_id, conversacion_id, webchat_session, state, upto_seq, owner_epoch, worker, lease_until,
  source, answer_message_id, finished_at)
select m.site_id, m.conversacion_id, s.id, 'done', m.seq - 1, 0, 'bench', now(), 'model', m.id, now()
from public.mensajes m
join public.webchat_sessions s on s.conversacion_id = m.conversacion_id
where m.author = 'assistant' and m.turn_id is null
"""
_LAST = """
update public.conversaciones c set last_seq = %(last)s, last_visitor_seq = %(last)s - 1, answered_seq = %(last)s - 1
where c.id = %(conversation)s or (%(conversation)s::uuid is null and c.last_seq = 0)
"""
PER_CONVERSATION = 100


def fill_conversation(url: str, conversation: str, messages: int) -> None:
    """Let the conversation hold `messages` (an even number), those that it has included."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_QUICKLY)
        at = {"conversation": conversation, "last": messages}
        connection.execute(_MESSAGES, at)
        connection.execute(_LAST, at)


def fill_database(url: str, messages: int) -> None:
    """Add so many messages in conversations of PER_CONVERSATION, each pair of them with its finished turn."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_QUICKLY)
        connection.execute(_CONVERSATIONS, (messages // PER_CONVERSATION,))
        at = {"conversation": None, "last": PER_CONVERSATION}
        connection.execute(_MESSAGES, at)
        connection.execute(_TURNS)
        connection.execute(_LAST, at)
        # As autovacuum would have done long before there were so many.
        connection.execute("vacuum (analyze)")
