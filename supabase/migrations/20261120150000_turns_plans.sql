-- What a turn calls many times, in the language that keeps its plans: before PostgreSQL 18 a function `language sql` is
-- parsed and planned anew in every statement that calls it. Each of these says what it said before.

create or replace function private.iso(p_at timestamptz) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
end
$$;

create or replace function private.new_id() returns uuid
language plpgsql volatile parallel safe
set search_path = ''
as $$
begin
  return encode(
    set_bit(
      set_bit(
        overlay(
          uuid_send(gen_random_uuid())
          placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6),
        52, 1),
      53, 1),
    'hex')::uuid;
end
$$;

create or replace function private.parties(p_site uuid, p_contact uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'visitor', jsonb_build_object('uuid', p_contact, 'name', coalesce(c.nombre_completo, ''), 'avatar', null),
      'assistant', jsonb_build_object(
        'uuid', s.id,
        'name', coalesce(s.settings #>> '{assistant,name}', 'TalIA'),
        'avatar', s.settings #>> '{assistant,avatar}'),
      'pbk', s.public_key)
    from public.sites s
    left join public.contactos c on c.site_id = s.id and c.id = p_contact
    where s.id = p_site);
end
$$;

create or replace function private.message_json(p_message public.mensajes, p_parties jsonb) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'conversation_uuid', p_message.conversacion_id,
    'message_id', p_message.id,
    'id', p_message.id,
    'seq', p_message.seq,
    'author', p_message.author,
    'turn_id', p_message.turn_id,
    'attempt', p_message.attempt,
    'private', p_message.private,
    'client_message_id', p_message.client_message_id,
    'sender', case
      when p_message.author = 'visitor' then p_parties -> 'visitor'
      else coalesce(p_message.datos -> 'sender', p_parties -> 'assistant') end,
    'receiver', case
      when p_message.author = 'visitor' then p_parties -> 'assistant'
      else p_parties -> 'visitor' end,
    'context', jsonb_strip_nulls(jsonb_build_object(
      'type', p_message.tipo_contenido,
      'texts', p_message.texts,
      'quick_replies', p_message.datos -> 'quick_replies',
      'cards', p_message.datos -> 'cards'))
      || jsonb_build_object('text', case when p_message.deleted_at is null then p_message.texto else '' end),
    'attachments', coalesce(p_message.datos -> 'attachments', '[]'),
    'metadata', coalesce(p_message.datos -> 'metadata', '[]'),
    'reactions', coalesce(p_message.datos -> 'reactions', '[]'),
    'status', jsonb_build_object(
      'is_read', p_message.read_at is not null,
      'read_at', private.iso(p_message.read_at),
      'delivered_at', private.iso(p_message.delivered_at),
      'is_deleted', p_message.deleted_at is not null),
    'timestamps', jsonb_build_object(
      'created_at', private.iso(p_message.creado_en),
      'updated_at', private.iso(coalesce(p_message.edited_at, p_message.creado_en))),
    'pbk', p_parties -> 'pbk',
    'device', p_message.datos -> 'device')
    || case when p_message.change is not null then jsonb_build_object('change', p_message.change) else '{}' end;
end
$$;

create or replace function private.session_json(p_session public.webchat_sessions) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'session_id', p_session.session_id,
    'conversation_id', p_session.conversacion_id,
    'contact_id', p_session.contacto_id,
    'locale', p_session.locale,
    'expires_at', private.iso(p_session.expires_at));
end
$$;

create or replace function private.consent_to(p_site uuid, p_contact uuid, p_purpose text) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select e.granted from public.consents e
    where e.site_id = p_site and e.contacto_id = p_contact and e.purpose = p_purpose
    order by e.created_at desc, e.id desc limit 1);
end
$$;

create or replace function private.lead_version(p_conversation public.conversaciones) returns int
language plpgsql stable
set search_path = ''
as $$
begin
  return coalesce((
    select l.version from public.leads l
    where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id), 0);
end
$$;

create or replace function private.lead_event(p_lead public.leads) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'uuid', p_lead.conversacion_id,
    'quality', coalesce(p_lead.manual_quality, p_lead.quality),
    'score', p_lead.score,
    'reasons', p_lead.reasons,
    'rubric', p_lead.rubric_ref,
    'gap', case when p_lead.gap_dismissed_at is null then p_lead.gap end,
    'scored_at', private.iso(p_lead.scored_at));
end
$$;

create or replace function private.gap_of(p_lead public.leads, p_contact public.contactos) returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_known boolean := p_contact.email is not null or p_contact.telefono is not null;
  v_own boolean := p_lead.heard ? 'email' or p_lead.heard ? 'phone';
  v_unsure boolean := coalesce((p_lead.heard ->> 'unsure')::boolean, false);
  v_invalid boolean := coalesce((p_lead.heard ->> 'invalid')::boolean, false);
  v_others boolean := coalesce((p_lead.heard ->> 'others')::boolean, false);
  v_consent boolean;
begin
  if p_contact.lead_captured_at is not null or not (v_known or v_own or v_unsure or v_invalid or v_others) then
    return null;
  end if;
  v_consent := private.consent_to(p_lead.site_id, p_lead.contacto_id, 'contact');
  return case
    when (v_known or v_own or v_unsure) and v_consent is false then 'consent_refused'
    when v_unsure and not v_known then 'unconfirmed'
    when (v_known or v_own) and v_consent is null then 'no_consent'
    when v_known or v_own then 'not_saved'
    when v_invalid then 'invalid_contact'
    else 'somebody_elses' end;
end
$$;

create or replace function private.fold(p_text text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return translate(lower(p_text), 'áàâãäåéèêëíìîïóòôõöúùûüñçýÿ', 'aaaaaaeeeeiiiiooooouuuuncyy');
end
$$;

create or replace function private.stems(p_locale text, p_text text) returns tsvector
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return case p_locale
    when 'en' then to_tsvector('pg_catalog.english', private.fold(p_text))
    when 'pt' then to_tsvector('pg_catalog.portuguese', private.fold(p_text))
    else to_tsvector('pg_catalog.spanish', private.fold(p_text)) end;
end
$$;

create or replace function private.any_of(p_words text[]) returns tsquery
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return (
    select string_agg('''' || replace(replace(w, '\', '\\'), '''', '''''') || '''', ' | ')::tsquery
    from unnest(p_words) w);
end
$$;

create or replace function private.item_json(p_item public.knowledge_items) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', p_item.item_id, 'title', p_item.title, 'price', p_item.price, 'currency', p_item.currency,
    'image', p_item.image, 'url', p_item.url, 'facts', p_item.facts, 'availability', p_item.availability,
    'updated_at', private.iso(p_item.updated_at));
end
$$;
