-- Written by scripts/dump_schema.py from supabase/migrations: do not edit.
-- It says what is true now; the migrations say how it came about.

-- Name: private; Type: SCHEMA; Schema: -

CREATE SCHEMA private;

-- Name: access_admin(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.access_admin(p_site uuid, p_staff uuid) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if (private.access_member(p_site, p_staff)).role <> 'admin' then
    raise sqlstate 'PT403' using message = 'staff.role';
  end if;
end
$$;

-- Name: new_id(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.new_id() RETURNS uuid
    LANGUAGE plpgsql PARALLEL SAFE
    SET search_path TO ''
    AS $$
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

-- Name: conversaciones; Type: TABLE; Schema: public

CREATE TABLE public.conversaciones (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    contacto_id uuid NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    handler text DEFAULT 'assistant'::text NOT NULL,
    owner_epoch integer DEFAULT 0 NOT NULL,
    assignee uuid,
    locale text DEFAULT 'es'::text NOT NULL,
    last_seq bigint DEFAULT 0 NOT NULL,
    last_visitor_seq bigint DEFAULT 0 NOT NULL,
    answered_seq bigint DEFAULT 0 NOT NULL,
    last_message_text text,
    last_message_at timestamp with time zone,
    taggable_type text,
    taggable_info jsonb,
    lead_quality text,
    lead_score integer,
    outcome text,
    waiting_since timestamp with time zone,
    handoff_reason text,
    handoff_summary text,
    rating integer,
    rating_comment text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    archived_at timestamp with time zone,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    snoozed_until timestamp with time zone,
    assigned_at timestamp with time zone,
    answer_due_at timestamp with time zone,
    overdue_at timestamp with time zone,
    first_reply_at timestamp with time zone,
    changes bigint DEFAULT 0 NOT NULL,
    handoff_summary_by text,
    lead_due timestamp with time zone,
    CONSTRAINT conversaciones_handler_check CHECK ((handler = ANY (ARRAY['assistant'::text, 'queue'::text, 'seller'::text]))),
    CONSTRAINT conversaciones_handoff_reason_check CHECK ((handoff_reason = ANY (ARRAY['visitor_request'::text, 'missing_knowledge'::text, 'policy'::text, 'failure'::text, 'hot_lead'::text, 'budget'::text, 'seller_takeover'::text]))),
    CONSTRAINT conversaciones_handoff_summary_by_check CHECK ((handoff_summary_by = ANY (ARRAY['model'::text, 'facts'::text, 'staff'::text]))),
    CONSTRAINT conversaciones_lead_quality_check CHECK ((lead_quality = ANY (ARRAY['hot'::text, 'warm'::text, 'cold'::text]))),
    CONSTRAINT conversaciones_lead_score_check CHECK (((lead_score >= 0) AND (lead_score <= 100))),
    CONSTRAINT conversaciones_outcome CHECK ((outcome = ANY (ARRAY['pending'::text, 'appointment_scheduled'::text, 'offer_made'::text, 'purchased'::text, 'not_interested'::text, 'unavailable'::text]))),
    CONSTRAINT conversaciones_rating_check CHECK (((rating >= 1) AND (rating <= 5))),
    CONSTRAINT conversaciones_status_check CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text, 'blocked'::text])))
);

-- Name: access_conversation(uuid, uuid, uuid, boolean); Type: FUNCTION; Schema: private

CREATE FUNCTION private.access_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_lock boolean DEFAULT false) RETURNS public.conversaciones
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_in public.staff_sites := private.access_member(p_site, p_staff);
  v_conversation public.conversaciones;
begin
  if p_lock then
    select * into v_conversation from public.conversaciones c
    where c.site_id = p_site and c.id = p_conversation for update;
  else
    select * into v_conversation from public.conversaciones c where c.site_id = p_site and c.id = p_conversation;
  end if;
  if v_conversation.id is null then
    raise sqlstate 'PT404' using message = 'conversation.not_found';
  end if;
  if not private.may_see(v_conversation, p_staff, v_in.role) then
    raise sqlstate 'PT403' using message = 'conversation.not_participant';
  end if;
  return v_conversation;
end
$$;

-- Name: access_editor(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.access_editor(p_site uuid, p_staff uuid) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if (private.access_member(p_site, p_staff)).role not in ('marketing', 'admin') then
    raise sqlstate 'PT403' using message = 'staff.role';
  end if;
end
$$;

-- Name: access_exporter(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.access_exporter(p_site uuid, p_staff uuid) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if p_staff is not null and (private.access_member(p_site, p_staff)).role not in ('marketing', 'admin') then
    raise sqlstate 'PT403' using message = 'staff.role';
  end if;
end
$$;

-- Name: access_lead(uuid, uuid, uuid, boolean); Type: FUNCTION; Schema: private

CREATE FUNCTION private.access_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_lock boolean DEFAULT false) RETURNS public.conversaciones
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_conversation public.conversaciones;
begin
  if p_lock then
    select * into v_conversation from public.conversaciones c
    where c.site_id = p_site and c.id = p_conversation for update;
  else
    select * into v_conversation from public.conversaciones c where c.site_id = p_site and c.id = p_conversation;
  end if;
  if v_conversation.id is null or not exists (
    select from public.leads l where l.site_id = p_site and l.conversacion_id = p_conversation) then
    raise sqlstate 'PT404' using message = 'lead.not_found';
  end if;
  if v_role <> 'marketing' and not private.may_see(v_conversation, p_staff, v_role) then
    raise sqlstate 'PT403' using message = 'conversation.not_participant';
  end if;
  return v_conversation;
end
$$;

-- Name: staff_sites; Type: TABLE; Schema: public

CREATE TABLE public.staff_sites (
    site_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    role text NOT NULL,
    languages text[] DEFAULT '{}'::text[] NOT NULL,
    capacity integer DEFAULT 6 NOT NULL,
    last_assigned_at timestamp with time zone,
    away boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    viewing uuid,
    CONSTRAINT staff_sites_capacity_check CHECK (((capacity >= 0) AND (capacity <= 100))),
    CONSTRAINT staff_sites_role_check CHECK ((role = ANY (ARRAY['seller'::text, 'marketing'::text, 'admin'::text])))
);

-- Name: access_member(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.access_member(p_site uuid, p_staff uuid) RETURNS public.staff_sites
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_in public.staff_sites;
begin
  select i.* into v_in
  from public.staff_sites i join public.staff s on s.id = i.staff_id
  where i.site_id = p_site and i.staff_id = p_staff and i.disabled_at is null and s.disabled_at is null;
  if not found then
    raise sqlstate 'PT403' using message = 'staff.not_of_site';
  end if;
  return v_in;
end
$$;

-- Name: mensajes; Type: TABLE; Schema: public

CREATE TABLE public.mensajes (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    conversacion_id uuid NOT NULL,
    seq bigint NOT NULL,
    direccion text NOT NULL,
    author text NOT NULL,
    tipo_contenido text DEFAULT 'text'::text NOT NULL,
    texto text NOT NULL,
    texts jsonb,
    datos jsonb DEFAULT '{}'::jsonb NOT NULL,
    estado text DEFAULT 'sent'::text NOT NULL,
    private boolean DEFAULT false NOT NULL,
    client_message_id text,
    body_hash text,
    turn_id uuid,
    attempt integer,
    prompt_ref text,
    delivered_at timestamp with time zone,
    read_at timestamp with time zone,
    edited_at timestamp with time zone,
    deleted_at timestamp with time zone,
    creado_en timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    change bigint,
    CONSTRAINT mensajes_author_check CHECK ((author = ANY (ARRAY['visitor'::text, 'assistant'::text, 'seller'::text, 'system'::text]))),
    CONSTRAINT mensajes_client_message_id_check CHECK (((length(client_message_id) >= 1) AND (length(client_message_id) <= 128))),
    CONSTRAINT mensajes_direccion_check CHECK ((direccion = ANY (ARRAY['entrante'::text, 'saliente'::text]))),
    CONSTRAINT mensajes_estado_check CHECK ((estado = ANY (ARRAY['sent'::text, 'delivered'::text, 'read'::text, 'failed'::text]))),
    CONSTRAINT mensajes_seq_check CHECK ((seq > 0))
);

-- Name: access_message(uuid, uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.access_message(p_site uuid, p_staff uuid, p_message uuid) RETURNS public.mensajes
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_message public.mensajes;
begin
  perform private.access_member(p_site, p_staff);
  select * into v_message from public.mensajes m where m.site_id = p_site and m.id = p_message;
  if not found then
    raise sqlstate 'PT404' using message = 'message.not_found';
  end if;
  perform private.access_conversation(p_site, p_staff, v_message.conversacion_id, true);
  select * into strict v_message from public.mensajes m where m.site_id = p_site and m.id = p_message for update;
  return v_message;
end
$$;

-- Name: webchat_sessions; Type: TABLE; Schema: public

CREATE TABLE public.webchat_sessions (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    session_id text NOT NULL,
    token_hash text NOT NULL,
    conversacion_id uuid DEFAULT private.new_id() NOT NULL,
    contacto_id uuid DEFAULT private.new_id() NOT NULL,
    assistant_thread_id text,
    assistant_thread_seq bigint DEFAULT 0 NOT NULL,
    locale text DEFAULT 'es'::text NOT NULL,
    datos jsonb DEFAULT '{}'::jsonb NOT NULL,
    tokens_reserved bigint DEFAULT 0 NOT NULL,
    tokens_used bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_activity timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone DEFAULT (now() + '30 days'::interval) NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT webchat_sessions_session_id_check CHECK (((length(session_id) >= 1) AND (length(session_id) <= 128))),
    CONSTRAINT webchat_sessions_token_hash_check CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT webchat_sessions_tokens_reserved_check CHECK ((tokens_reserved >= 0))
);

-- Name: access_session(uuid, text, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.access_session(p_site uuid, p_token_hash text, p_session_id text DEFAULT NULL::text) RETURNS public.webchat_sessions
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions;
begin
  select * into v_session
  from public.webchat_sessions s
  where s.site_id = p_site and s.token_hash = p_token_hash and s.revoked_at is null and s.expires_at > now();
  if not found then
    raise sqlstate 'PT401' using message = 'session.invalid_token';
  end if;
  if p_session_id is not null and p_session_id <> v_session.session_id then
    raise sqlstate 'PT404' using message = 'session.not_found';
  end if;
  return v_session;
end
$$;

-- Name: tasks; Type: TABLE; Schema: public

CREATE TABLE public.tasks (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    conversacion_id uuid NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    assignee uuid,
    author text NOT NULL,
    created_by uuid,
    message_id uuid,
    overdue_at timestamp with time zone,
    done_at timestamp with time zone,
    done_by uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT tasks_author_check CHECK ((author = ANY (ARRAY['assistant'::text, 'seller'::text]))),
    CONSTRAINT tasks_kind_check CHECK ((kind = ANY (ARRAY['call'::text, 'message'::text, 'confirm'::text, 'other'::text]))),
    CONSTRAINT tasks_text_check CHECK (((length(text) >= 1) AND (length(text) <= 1000)))
);

-- Name: access_task(uuid, uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.access_task(p_site uuid, p_staff uuid, p_task uuid) RETURNS public.tasks
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_task public.tasks;
begin
  perform private.access_member(p_site, p_staff);
  select * into v_task from public.tasks t where t.site_id = p_site and t.id = p_task for update;
  if not found then
    raise sqlstate 'PT404' using message = 'task.not_found';
  end if;
  if v_task.assignee is distinct from p_staff then
    perform private.access_conversation(p_site, p_staff, v_task.conversacion_id);
  end if;
  return v_task;
end
$$;

-- Name: access_task_holder(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.access_task_holder(p_site uuid, p_staff uuid) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if p_staff is not null and not exists (
    select from public.staff_sites i join public.staff s on s.id = i.staff_id
    where i.site_id = p_site and i.staff_id = p_staff and i.role in ('seller', 'admin') and i.disabled_at is null
      and s.disabled_at is null) then
    raise sqlstate 'PT404' using message = 'staff.not_found';
  end if;
  return p_staff;
end
$$;

-- Name: add_prompt(uuid, text, text, text, text, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.add_prompt(p_site uuid, p_author text, p_content text, p_sha256 text, p_note text, p_base integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_version public.prompt_versions;
begin
  -- One after the other, so that numbers have no gaps and no doubles.
  perform from public.sites s where s.id = p_site for update;
  select * into v_version from public.prompt_versions v
  where v.site_id = p_site and v.sha256 = p_sha256 and v.archived_at is null order by v.number desc limit 1;
  if found then
    return private.prompt_json(v_version, private.prompt_state(p_site), true) || '{"created": false}';
  end if;
  insert into public.prompt_versions (site_id, number, content, sha256, note, base, author)
  values (p_site, coalesce((select max(v.number) from public.prompt_versions v where v.site_id = p_site), 0) + 1,
    p_content, p_sha256, p_note, p_base, p_author)
  returning * into v_version;
  perform private.audit(p_site, p_author, 'prompt.saved', v_version.number::text);
  return private.prompt_json(v_version, private.prompt_state(p_site), true) || '{"created": true}';
end
$$;

-- Name: add_release(uuid, text, integer, integer, timestamp with time zone, text, jsonb, boolean); Type: FUNCTION; Schema: private

CREATE FUNCTION private.add_release(p_site uuid, p_actor text, p_number integer, p_percent integer, p_at timestamp with time zone, p_reason text, p_overridden jsonb, p_rollback boolean DEFAULT false) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  insert into public.prompt_releases (site_id, position, number, percent, effective_at, actor, reason, overridden, rollback)
  values (p_site, coalesce((select max(r.position) from public.prompt_releases r where r.site_id = p_site), 0) + 1,
    p_number, p_percent, greatest(coalesce(p_at, clock_timestamp()), clock_timestamp()), p_actor, p_reason,
    p_overridden, p_rollback);
  perform private.audit(p_site, p_actor, 'prompt.released', p_number::text, jsonb_build_object(
    'percent', p_percent, 'at', private.iso(p_at), 'reason', p_reason, 'overridden', p_overridden));
  return private.prompt_state(p_site);
end
$$;

-- Name: add_system_message(public.conversaciones, text, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.add_system_message(p_conversation public.conversaciones, p_event text, p_detail jsonb DEFAULT '{}'::jsonb) RETURNS public.mensajes
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_seq bigint;
  v_message public.mensajes;
begin
  update public.conversaciones c set last_seq = c.last_seq + 1, updated_at = now()
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id
  returning c.last_seq into v_seq;
  insert into public.mensajes (site_id, conversacion_id, seq, direccion, author, tipo_contenido, texto, datos)
  values (p_conversation.site_id, p_conversation.id, v_seq, 'saliente', 'system', 'system', p_event,
    jsonb_build_object('metadata', jsonb_build_array(jsonb_build_object('event', p_event) || p_detail)))
  returning * into v_message;
  return v_message;
end
$$;

-- Name: any_of(text[]); Type: FUNCTION; Schema: private

CREATE FUNCTION private.any_of(p_words text[]) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
begin
  return (
    select string_agg('''' || replace(replace(w, '\', '\\'), '''', '''''') || '''', ' | ')::tsquery
    from unnest(p_words) w);
end
$$;

-- Name: apply_contact(uuid, uuid, uuid, jsonb, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.apply_contact(p_site uuid, p_contact uuid, p_conversation uuid, p_patch jsonb, p_consents jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_consent jsonb;
begin
  if p_patch is not null then
    update public.contactos k set
      nombre_completo = coalesce(p_patch ->> 'name', k.nombre_completo),
      email = coalesce(p_patch ->> 'email', k.email),
      telefono = coalesce(p_patch ->> 'phone', k.telefono),
      identity = case
        when k.identity = 'anonymous' and (p_patch ->> 'email' is not null or p_patch ->> 'phone' is not null)
        then 'claimed' else k.identity end,
      actualizado_en = now()
    where k.site_id = p_site and k.id = p_contact;
  end if;
  for v_consent in select value from jsonb_array_elements(coalesce(p_consents, '[]')) loop
    insert into public.consents (site_id, contacto_id, purpose, granted, text_version, text_sha256, locale, source, message_id)
    values (p_site, p_contact, v_consent ->> 'purpose', (v_consent ->> 'granted')::boolean, v_consent ->> 'text_version',
      v_consent ->> 'text_sha256', v_consent ->> 'locale', v_consent ->> 'source', (v_consent ->> 'message_id')::uuid);
    if not (v_consent ->> 'granted')::boolean and v_consent ->> 'purpose' = 'contact' then
      update public.outbox o set cancelled_at = clock_timestamp()
      where o.site_id = p_site and o.contacto_id = p_contact and o.kind = 'lead_captured'
        and o.done_at is null and o.cancelled_at is null;
      update public.contactos k set lead_captured_at = null where k.site_id = p_site and k.id = p_contact;
    end if;
  end loop;
  perform private.capture_lead(p_site, p_contact, p_conversation);
end
$$;

-- Name: apply_lead(public.conversaciones, uuid, jsonb, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.apply_lead(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb, p_version integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  return private.apply_lead_strictly(p_conversation, p_turn, p_lead, p_version);
exception when others then
  return jsonb_build_object('stale', false, 'changed', false, 'dropped', 0, 'lead', null, 'message', null,
    'failed', sqlstate);
end
$$;

-- Name: apply_lead_strictly(public.conversaciones, uuid, jsonb, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.apply_lead_strictly(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb, p_version integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_before public.leads := private.open_lead(p_conversation);
  v_lead public.leads;
  v_dropped int;
  v_quality text;
  v_changed boolean;
  v_message public.mensajes;
begin
  if (p_lead ->> 'version')::int <> coalesce(p_version, v_before.version) then
    return jsonb_build_object('stale', true, 'changed', false, 'dropped', 0, 'lead', null, 'message', null);
  end if;
  v_dropped := private.store_facts(p_conversation, p_turn, p_lead -> 'facts');
  perform private.mark_holding(p_conversation.site_id, p_conversation.id, p_lead -> 'holding');
  v_quality := coalesce(v_before.manual_quality, p_lead #>> '{score,quality}');
  v_changed := (v_before.quality, v_before.score)
    is distinct from (p_lead #>> '{score,quality}', (p_lead #>> '{score,score}')::int);
  update public.leads l set
    quality = p_lead #>> '{score,quality}',
    score = (p_lead #>> '{score,score}')::int,
    reasons = p_lead #> '{score,reasons}',
    rubric_ref = p_lead #>> '{score,rubric}',
    scored_at = clock_timestamp(),
    read_seq = greatest(l.read_seq, (p_lead ->> 'read_seq')::bigint),
    heard = p_lead -> 'heard',
    version = v_before.version + 1,
    last_touch = k.last_touch,
    page = coalesce((
      select s.datos -> 'page' from public.webchat_sessions s
      where s.site_id = p_conversation.site_id and s.conversacion_id = p_conversation.id
      order by s.last_activity desc, s.id desc limit 1), l.page),
    item = coalesce(p_conversation.taggable_info, l.item),
    first_hot_at = case when v_changed and v_quality = 'hot' then coalesce(l.first_hot_at, clock_timestamp())
      else l.first_hot_at end,
    updated_at = case when v_changed then clock_timestamp() else l.updated_at end
  from public.contactos k
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id
    and k.site_id = l.site_id and k.id = l.contacto_id
  returning l.* into v_lead;
  if private.refresh_gaps(p_conversation.site_id, p_conversation.contacto_id) then
    select * into v_lead from public.leads l
    where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id;
  end if;
  update public.conversaciones c set
    lead_quality = v_quality,
    lead_score = v_lead.score,
    lead_due = case when c.last_visitor_seq > v_lead.read_seq then c.lead_due end,
    updated_at = case when v_changed then clock_timestamp() else c.updated_at end
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  if v_changed then
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload)
    values (p_conversation.site_id, 'chat.lead.updated', p_conversation.contacto_id, p_conversation.id,
      jsonb_build_object('quality', v_quality, 'score', v_lead.score,
        'previous_quality', coalesce(v_before.manual_quality, v_before.quality)));
  end if;
  -- Of yesterday's words nobody is called: a rescoring of history asks for no person. Nor does a turn that has just asked
  -- the visitor whether they want one: theirs is the answer.
  if v_quality = 'hot' and v_before.first_hot_at is null
    and p_conversation.last_message_at > clock_timestamp() - interval '1 hour' then
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload)
    values (p_conversation.site_id, 'lead_hot', p_conversation.contacto_id, p_conversation.id,
      jsonb_build_object('score', v_lead.score));
    if not coalesce((p_lead ->> 'offered')::boolean, false) then
      v_message := private.welcome_hot(p_conversation);
    end if;
  end if;
  return jsonb_build_object(
    'stale', false,
    'changed', v_changed or v_before.gap is distinct from v_lead.gap,
    'dropped', v_dropped,
    'lead', private.lead_event(v_lead),
    'message', case when v_message.id is not null
      then private.message_json(v_message, private.parties(p_conversation.site_id, p_conversation.contacto_id)) end);
end
$$;

-- Name: audit(uuid, text, text, text, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.audit(p_site uuid, p_actor text, p_action text, p_subject text, p_detail jsonb DEFAULT '{}'::jsonb) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into public.audit_log (site_id, actor, action, subject, detail)
  values (p_site, p_actor, p_action, p_subject, jsonb_strip_nulls(p_detail)
    - array['tags', 'text', 'note', 'summary', 'name', 'email', 'phone']
    || case when p_detail ? 'tags' then '{"tags": true}'::jsonb else '{}' end)
$$;

-- Name: lead_exports; Type: TABLE; Schema: public

CREATE TABLE public.lead_exports (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    staff_id uuid,
    actor text NOT NULL,
    state text DEFAULT 'running'::text NOT NULL,
    request jsonb NOT NULL,
    worker text NOT NULL,
    lease_until timestamp with time zone NOT NULL,
    total bigint DEFAULT 0 NOT NULL,
    scanned bigint DEFAULT 0 NOT NULL,
    written bigint DEFAULT 0 NOT NULL,
    failure text,
    manifest jsonb,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    expires_at timestamp with time zone,
    CONSTRAINT lead_exports_request_check CHECK ((jsonb_typeof(request) = 'object'::text)),
    CONSTRAINT lead_exports_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text, 'failed'::text, 'interrupted'::text, 'removed'::text, 'expired'::text, 'outdated'::text])))
);

-- Name: audit_export(public.lead_exports); Type: FUNCTION; Schema: private

CREATE FUNCTION private.audit_export(p_export public.lead_exports) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select private.audit(p_export.site_id, p_export.actor, 'leads.exported', p_export.id::text,
    jsonb_build_object('state', p_export.state, 'rows', p_export.written, 'request', p_export.request,
      'failure', p_export.failure))
$$;

-- Name: cancel_mail(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.cancel_mail() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.outbox o set cancelled_at = clock_timestamp()
  where o.site_id = new.site_id and o.contacto_id = new.contacto_id and o.kind = 'seller_wrote'
    and o.done_at is null and o.cancelled_at is null;
  update public.deliveries d set state = 'cancelled', failure = 'consent_withdrawn', finished_at = clock_timestamp()
  where d.site_id = new.site_id and d.contacto_id = new.contacto_id and d.state in ('pending', 'dead');
  return new;
end
$$;

-- Name: canned_replies; Type: TABLE; Schema: public

CREATE TABLE public.canned_replies (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    staff_id uuid,
    shortcut text NOT NULL,
    texts jsonb NOT NULL,
    usage_count bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT canned_replies_shortcut_check CHECK ((shortcut ~ '^[a-z0-9][a-z0-9_-]{0,39}$'::text)),
    CONSTRAINT canned_replies_texts_check CHECK ((jsonb_typeof(texts) = 'object'::text))
);

-- Name: canned_json(public.canned_replies); Type: FUNCTION; Schema: private

CREATE FUNCTION private.canned_json(p_reply public.canned_replies) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('id', p_reply.id, 'shortcut', p_reply.shortcut, 'texts', p_reply.texts,
    'shared', p_reply.staff_id is null, 'usage_count', p_reply.usage_count, 'updated_at', private.iso(p_reply.updated_at))
$$;

-- Name: capture_lead(uuid, uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.capture_lead(p_site uuid, p_contact uuid, p_conversation uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_free uuid[];
begin
  if private.consent_to(p_site, p_contact, 'contact') then
    update public.contactos k set lead_captured_at = clock_timestamp()
    where k.site_id = p_site and k.id = p_contact and k.lead_captured_at is null
      and (k.email is not null or k.telefono is not null);
    if found then
      insert into public.outbox (site_id, kind, contacto_id, conversacion_id)
      values (p_site, 'lead_captured', p_contact, p_conversation);
    end if;
  end if;
  perform private.refresh_gaps(p_site, p_contact);
  v_free := array(
    select c.id from public.conversaciones c
    where c.site_id = p_site and c.contacto_id = p_contact and c.last_visitor_seq > 0
    order by c.id
    for update skip locked);
  update public.leads l set version = l.version + 1 where l.site_id = p_site and l.conversacion_id = any (v_free);
  update public.conversaciones c set lead_due = coalesce(c.lead_due, clock_timestamp())
  where c.site_id = p_site and c.id = any (v_free);
end
$$;

-- Name: eval_cases; Type: TABLE; Schema: public

CREATE TABLE public.eval_cases (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    name text NOT NULL,
    body jsonb NOT NULL,
    blocking boolean DEFAULT true NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    author text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    archived_at timestamp with time zone,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT eval_cases_body_check CHECK ((jsonb_typeof(body) = 'object'::text)),
    CONSTRAINT eval_cases_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);

-- Name: case_json(public.eval_cases); Type: FUNCTION; Schema: private

CREATE FUNCTION private.case_json(p_case public.eval_cases) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select p_case.body || jsonb_build_object('id', p_case.id, 'name', p_case.name, 'blocking', p_case.blocking,
    'tags', to_jsonb(p_case.tags), 'revision', p_case.revision, 'updated_at', private.iso(p_case.updated_at),
    'archived_at', private.iso(p_case.archived_at))
$$;

-- Name: changed_message(public.mensajes); Type: FUNCTION; Schema: private

CREATE FUNCTION private.changed_message(p_message public.mensajes) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('message', private.message_json(p_message, private.parties(p_message.site_id, c.contacto_id)))
  from public.conversaciones c where c.site_id = p_message.site_id and c.id = p_message.conversacion_id
$$;

-- Name: changed_since(public.conversaciones, jsonb, bigint, boolean); Type: FUNCTION; Schema: private

CREATE FUNCTION private.changed_since(p_conversation public.conversaciones, p_parties jsonb, p_changed bigint, p_staff boolean) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_changed jsonb;
  v_last bigint;
begin
  if p_changed is null then
    return jsonb_build_object('changes', p_conversation.changes);
  end if;
  select coalesce(jsonb_agg(private.message_json(m, p_parties) order by m.change), '[]'), max(m.change)
  into v_changed, v_last
  from (
    select * from public.mensajes m
    where m.site_id = p_conversation.site_id and m.conversacion_id = p_conversation.id and m.change > p_changed
      and (p_staff or not m.private)
    order by m.change limit 200) m;
  return jsonb_build_object(
    'changed', v_changed,
    'changes', case when jsonb_array_length(v_changed) = 200 then v_last else p_conversation.changes end,
    'reads', (
      select coalesce(jsonb_agg(jsonb_build_object('author', r.reader, 'up_to_seq', r.seq,
        'at', private.iso(r.read_at))), '[]')
      from (
        (select 'seller' as reader, m.seq, m.read_at from public.mensajes m
          where m.conversacion_id = p_conversation.id and m.author = 'visitor' and m.read_at is not null
          order by m.seq desc limit 1)
        union all
        (select 'visitor', m.seq, m.read_at from public.mensajes m
          where m.conversacion_id = p_conversation.id and m.author in ('assistant', 'seller') and m.read_at is not null
          order by m.seq desc limit 1)) r));
end
$$;

-- Name: check_evidence(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.check_evidence() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if new.quote is not null and not exists (
    select from (select * from public.mensajes o where o.id = new.message_id offset 0) m
    where m.site_id = new.site_id and m.conversacion_id = new.conversacion_id
      and m.author = 'visitor' and m.deleted_at is null and position(new.quote in m.texto) > 0) then
    raise sqlstate 'PT422' using message = 'lead.no_evidence';
  end if;
  return new;
end
$$;

-- Name: claim_turn(public.conversaciones, uuid, bigint, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.claim_turn(p_conversation public.conversaciones, p_session uuid, p_upto_seq bigint, p_claim jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_reserve int := (p_claim ->> 'reserve_tokens')::int;
  v_over text;
  v_turn public.turns;
begin
  v_over := private.reserve_tokens(p_conversation.site_id, p_session, v_reserve,
    (p_claim ->> 'session_budget')::bigint, (p_claim ->> 'site_day_budget')::bigint);
  insert into public.turns (site_id, conversacion_id, webchat_session, upto_seq, owner_epoch, worker, lease_until,
    over_budget, tokens_reserved)
  values (p_conversation.site_id, p_conversation.id, p_session, p_upto_seq, p_conversation.owner_epoch,
    p_claim ->> 'worker', clock_timestamp() + make_interval(secs => (p_claim ->> 'lease_seconds')::double precision),
    v_over, case when v_over is null then v_reserve else 0 end)
  returning * into v_turn;
  return private.turn_json(v_turn, (p_claim ->> 'history')::int);
end
$$;

-- Name: close_by_assistant(public.conversaciones, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.close_by_assistant(p_conversation public.conversaciones, p_outcome text) RETURNS public.mensajes
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if p_conversation.handler <> 'assistant' or p_conversation.status <> 'active' then
    return null;
  end if;
  update public.conversaciones c set
    status = 'archived', archived_at = clock_timestamp(), outcome = coalesce(p_outcome, c.outcome, 'pending'),
    snoozed_until = null, updated_at = clock_timestamp()
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  return private.add_system_message(p_conversation, 'conversation.closed',
    jsonb_strip_nulls(jsonb_build_object('outcome', p_outcome)));
end
$$;

-- Name: consent_to(uuid, uuid, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.consent_to(p_site uuid, p_contact uuid, p_purpose text) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return (
    select e.granted from public.consents e
    where e.site_id = p_site and e.contacto_id = p_contact and e.purpose = p_purpose
    order by e.created_at desc, e.id desc limit 1);
end
$$;

-- Name: conversation_json(public.conversaciones); Type: FUNCTION; Schema: private

CREATE FUNCTION private.conversation_json(p_conversation public.conversaciones) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'uuid', p_conversation.id,
    'taggable_type', p_conversation.taggable_type,
    'taggable_info', p_conversation.taggable_info,
    'last_message_text', p_conversation.last_message_text,
    'last_message_at', private.iso(p_conversation.last_message_at),
    'is_archived', p_conversation.status = 'archived',
    'created_at', private.iso(p_conversation.created_at),
    'updated_at', private.iso(p_conversation.updated_at),
    'handler', p_conversation.handler,
    'last_seq', p_conversation.last_seq,
    'answered_seq', p_conversation.answered_seq,
    'awaiting_reply', exists (
      select from public.turns t
      where t.site_id = p_conversation.site_id and t.conversacion_id = p_conversation.id and t.state = 'running'))
$$;

-- Name: conversation_state(public.conversaciones); Type: FUNCTION; Schema: private

CREATE FUNCTION private.conversation_state(p_conversation public.conversaciones) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select case
    when p_conversation.status = 'blocked' then 'blocked'
    when p_conversation.status = 'archived' then 'closed'
    when p_conversation.snoozed_until > now() then 'snoozed'
    when p_conversation.handler = 'seller' then 'open'
    when p_conversation.handler = 'queue' then 'waiting'
    else 'bot' end
$$;

-- Name: dead_letters(uuid, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.dead_letters(p_site uuid, p_limit integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(to_jsonb(l) order by l.created_at desc, l.id), '[]')
  from (
    select * from (
      select d.id, 'delivery' as step, d.channel, d.kind, d.attempts, d.failure, d.staff_id, d.conversacion_id as conversation_id,
        private.iso(d.created_at) as created_at, private.iso(d.finished_at) as dead_at
      from public.deliveries d where d.site_id = p_site and d.state = 'dead'
      union all
      select o.id, 'event', null, o.kind, o.attempts, o.failure, null, o.conversacion_id, private.iso(o.created_at),
        private.iso(o.dead_at)
      from public.outbox o where o.site_id = p_site and o.dead_at is not null) both_steps
    order by created_at desc, id
    limit p_limit) l
$$;

-- Name: digest_to_embed(text, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.digest_to_embed(p_kind text, p_text text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
begin
  return left(p_kind, 1) || encode(sha256(convert_to(p_text, 'UTF8')), 'hex');
end
$$;

-- Name: knowledge_documents; Type: TABLE; Schema: public

CREATE TABLE public.knowledge_documents (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    slug text NOT NULL,
    locale text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    updated_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT knowledge_documents_body_check CHECK (((length(body) >= 1) AND (length(body) <= 200000))),
    CONSTRAINT knowledge_documents_locale_check CHECK ((locale = ANY (ARRAY['es'::text, 'en'::text, 'pt'::text]))),
    CONSTRAINT knowledge_documents_slug_check CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,99}$'::text)),
    CONSTRAINT knowledge_documents_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);

-- Name: document_json(public.knowledge_documents, boolean); Type: FUNCTION; Schema: private

CREATE FUNCTION private.document_json(p_document public.knowledge_documents, p_body boolean) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'slug', p_document.slug, 'locale', p_document.locale, 'title', p_document.title,
    'length', length(p_document.body), 'updated_at', private.iso(p_document.updated_at))
    || case when p_body then jsonb_build_object('body', p_document.body) else '{}' end
$$;

-- Name: email_at(text, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.email_at(p_email text, p_address_hash text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select encode(sha256(convert_to(lower(p_email) || ' ' || p_address_hash, 'UTF8')), 'hex')
$$;

-- Name: email_key(text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.email_key(p_email text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select 'email:' || encode(sha256(convert_to(lower(p_email), 'UTF8')), 'hex')
$$;

-- Name: enable_vectors(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.enable_vectors() RETURNS text
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $_$
declare
  v_extension oid;
  v_schema text;
  f regprocedure;
begin
  if private.vector_schema() is not null then
    return 'ready';
  end if;
  if not exists (select from pg_available_extensions a where a.name = 'vector') then
    return 'missing';
  end if;
  begin
    if not exists (select from pg_extension e where e.extname = 'vector') then
      create schema if not exists extensions;
      create extension vector with schema extensions;
    end if;
    select e.oid, n.nspname into v_extension, v_schema
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector';
    if not has_schema_privilege('service_role', v_schema, 'usage') then
      execute format('grant usage on schema %I to service_role', v_schema);
    end if;
    -- What we make nobody may execute by default, what an extension makes in our name included.
    for f in
      select d.objid::regprocedure from pg_depend d
      where d.refclassid = 'pg_extension'::regclass and d.refobjid = v_extension and d.deptype = 'e'
        and d.classid = 'pg_proc'::regclass and not has_function_privilege('service_role', d.objid, 'execute')
    loop
      execute format('grant execute on function %s to service_role', f);
    end loop;
    -- Of a table whose vectors went with a dropped extension nothing is left to keep.
    drop table if exists public.knowledge_vectors;
    delete from public.knowledge_embeddings;
    -- No index over the vectors: a search is exact over one site's, which an index over all sites' would not be.
    execute format($ddl$
      create table public.knowledge_vectors (
        site_id uuid not null,
        model text not null,
        digest text not null,
        embedding %I.vector not null,
        primary key (site_id, model, digest),
        foreign key (site_id, digest, model) references public.knowledge_embeddings (site_id, digest, model)
          on delete cascade
      )$ddl$, v_schema);
    -- In the row itself: out of line each comparison would be another look-up.
    alter table public.knowledge_vectors alter column embedding set storage main;
    alter table public.knowledge_vectors enable row level security;
    revoke all on public.knowledge_vectors from public, anon, authenticated, service_role;
    grant select, insert, update, delete on public.knowledge_vectors to service_role;
  exception
    when insufficient_privilege then
      return 'forbidden';
  end;
  return 'ready';
end
$_$;

-- Name: erase_conversations(uuid, uuid[]); Type: FUNCTION; Schema: private

CREATE FUNCTION private.erase_conversations(p_site uuid, p_conversations uuid[]) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_threads jsonb;
begin
  perform from public.conversaciones c
  where c.site_id = p_site and c.id = any (p_conversations)
  order by c.id
  for update;
  select coalesce(jsonb_agg(s.assistant_thread_id), '[]') into v_threads
  from public.webchat_sessions s
  where s.site_id = p_site and s.conversacion_id = any (p_conversations) and s.assistant_thread_id is not null;
  perform private.settle_erased(p_site, p_conversations);
  delete from public.outbox o where o.site_id = p_site and o.conversacion_id = any (p_conversations);
  delete from public.deliveries d
  where d.site_id = p_site and d.conversacion_id = any (p_conversations) and d.contacto_id in (
    select c.contacto_id from public.conversaciones c where c.site_id = p_site and c.id = any (p_conversations));
  delete from public.conversaciones c where c.site_id = p_site and c.id = any (p_conversations);
  delete from public.webchat_sessions s where s.site_id = p_site and s.conversacion_id = any (p_conversations);
  return jsonb_build_object('conversations', to_jsonb(p_conversations), 'threads', v_threads);
end
$$;

-- Name: erase_person(uuid, uuid, text, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.erase_person(p_site uuid, p_contact uuid, p_actor text, p_action text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversations uuid[];
  v_erased jsonb;
begin
  -- A session names its conversation before there is one: a stream may already listen to it.
  select coalesce(array_agg(x.id), '{}') into v_conversations from (
    select c.id from public.conversaciones c where c.site_id = p_site and c.contacto_id = p_contact
    union
    select s.conversacion_id from public.webchat_sessions s where s.site_id = p_site and s.contacto_id = p_contact) x;
  v_erased := private.erase_conversations(p_site, v_conversations);
  -- Without its session nothing begins any more; what was just beginning is there by now.
  perform private.erase_conversations(p_site, v_conversations);
  delete from public.outbox o where o.site_id = p_site and o.contacto_id = p_contact;
  delete from public.contactos k where k.site_id = p_site and k.id = p_contact;
  delete from public.webchat_sessions s where s.site_id = p_site and s.contacto_id = p_contact;
  perform private.audit(p_site, p_actor, p_action, p_contact::text);
  return v_erased;
end
$$;

-- Name: export_json(public.lead_exports); Type: FUNCTION; Schema: private

CREATE FUNCTION private.export_json(p_export public.lead_exports) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'id', p_export.id, 'state', private.export_state(p_export), 'actor', p_export.actor, 'request', p_export.request,
    'total', p_export.total, 'scanned', least(p_export.scanned, p_export.total), 'rows', p_export.written, 'failure', p_export.failure,
    'manifest', p_export.manifest, 'created_at', private.iso(p_export.created_at),
    'finished_at', private.iso(p_export.finished_at), 'expires_at', private.iso(p_export.expires_at))
$$;

-- Name: export_outdated(public.lead_exports); Type: FUNCTION; Schema: private

CREATE FUNCTION private.export_outdated(p_export public.lead_exports) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select exists (
      select from public.audit_log a
      where a.site_id = p_export.site_id and a.created_at > p_export.created_at
        and a.action in ('visitor.erased', 'contact.erased', 'conversation.erased')
        and (p_export.request ->> 'consent' = 'any' or exists (
          select from public.consents e
          where e.site_id = a.site_id and e.granted and e.purpose in ('contact', 'marketing')
            -- Other entries have subjects that are no ids, and nothing says that they are sorted out first.
            and e.contacto_id = case
              when a.action in ('visitor.erased', 'contact.erased', 'conversation.erased') then a.subject::uuid end)))
    or exists (
      select from public.consents w
      where w.site_id = p_export.site_id and not w.granted and w.created_at > p_export.created_at
        and w.purpose in ('contact', 'marketing')
        and exists (
          select from public.consents e
          where e.contacto_id = w.contacto_id and e.site_id = w.site_id and e.granted and e.created_at < w.created_at))
$$;

-- Name: export_rows(uuid, text, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.export_rows(p_site uuid, p_need text, p_picked jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'key', case when p.known then k.address end,
      'contact_id', k.id,
      'name', case when p.known then k.nombre_completo end,
      'email', case when p.known then k.email end,
      'phone', case when p.known then k.telefono end,
      'identity', k.identity,
      'contact_consent', k.consent_contact,
      'marketing_consent', k.consent_marketing,
      'consent_at', private.iso(g.created_at),
      'consent_text_version', g.text_version,
      'consent_source', g.source,
      'opted_out_at', private.iso(r.created_at),
      'first_touch', case when p.known then k.first_touch
        else k.first_touch - array['gclid', 'fbclid', 'msclkid', 'landing_page', 'referrer'] end,
      'last_touch', case when p.known then k.last_touch
        else k.last_touch - array['gclid', 'fbclid', 'msclkid', 'landing_page', 'referrer'] end,
      'first_touch_at', private.iso(k.creado_en),
      'last_touch_at', private.iso(coalesce(c.last_message_at, c.created_at)))
    || jsonb_build_object(
      'conversation_id', c.id,
      'conversation_at', private.iso(c.created_at),
      'conversations', (
        select count(*) from public.conversaciones o where o.site_id = p_site and o.contacto_id = k.id),
      'language', c.locale,
      'item', coalesce(c.taggable_info, l.item),
      'quality', c.lead_quality,
      'score', coalesce(c.lead_score, l.score),
      'outcome', c.outcome,
      'rubric', l.rubric_ref,
      'verdict', l.verdict,
      'gap', l.gap,
      'facts', case when p.known then (
        select jsonb_object_agg(f.criterion, f.value order by f.seq, f.start)
        from public.lead_facts f
        where f.site_id = p_site and f.conversacion_id = c.id and f.withdrawn_at is null and f.value <> 'none') end,
      'tags', to_jsonb(c.tags),
      'assigned_to', (select s.name from public.staff s where s.id = c.assignee),
      'handoff_reason', c.handoff_reason,
      'rating', c.rating,
      'messages', c.last_seq,
      'prompt_version', (
        select m.prompt_ref from public.mensajes m
        where m.site_id = p_site and m.conversacion_id = c.id and m.prompt_ref is not null
        order by m.seq desc limit 1))
    order by p.n), '[]')
  from jsonb_to_recordset(p_picked) as p (n int, contact uuid, conversation uuid, known boolean)
  join public.contactos k on k.site_id = p_site and k.id = p.contact
  join public.conversaciones c on c.site_id = p_site and c.id = p.conversation
  left join public.leads l on l.site_id = p_site and l.conversacion_id = c.id
  left join lateral (
    select e.created_at, e.text_version, e.source
    from public.consents e
    where e.site_id = p_site and e.contacto_id = k.id and e.granted
      and e.purpose = case p_need when 'marketing' then 'marketing' else 'contact' end
    order by e.created_at desc, e.id desc limit 1) g on true
  left join lateral (
    select e.created_at
    from public.consents e
    where e.site_id = p_site and e.contacto_id = k.id and not e.granted and e.purpose in ('contact', 'marketing')
      and (k.consent_contact = false or k.consent_marketing = false)
    order by e.created_at desc, e.id desc limit 1) r on true
$$;

-- Name: export_state(public.lead_exports); Type: FUNCTION; Schema: private

CREATE FUNCTION private.export_state(p_export public.lead_exports) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select case
    when p_export.state = 'running' and p_export.lease_until < clock_timestamp() then 'interrupted'
    when p_export.state = 'done' and p_export.expires_at <= clock_timestamp() then 'expired'
    when p_export.state = 'done' and private.export_outdated(p_export) then 'outdated'
    else p_export.state end
$$;

-- Name: export_wants(public.conversaciones, jsonb, jsonb, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.export_wants(p_conversation public.conversaciones, p_first jsonb, p_last jsonb, p_filter jsonb) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select (p_filter ->> 'from' is null or p_conversation.created_at >= (p_filter ->> 'from')::timestamptz)
    and (p_filter ->> 'to' is null or p_conversation.created_at < (p_filter ->> 'to')::timestamptz)
    and (p_filter -> 'quality' is null or coalesce(p_filter -> 'quality' ? p_conversation.lead_quality, false))
    and (p_filter -> 'outcome' is null
      or coalesce(p_filter -> 'outcome' ? coalesce(p_conversation.outcome, 'pending'), false))
    and (p_filter ->> 'campaign' is null
      or lower(p_filter ->> 'campaign') in (lower(p_first ->> 'utm_campaign'), lower(p_last ->> 'utm_campaign'))
      or exists (
        select from public.leads l
        where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id
          and lower(p_filter ->> 'campaign') in (
            lower(l.first_touch ->> 'utm_campaign'), lower(l.last_touch ->> 'utm_campaign'))))
    and (p_filter ->> 'item' is null
      or p_conversation.taggable_info ->> 'id' = p_filter ->> 'item'
      or position(lower(p_filter ->> 'item') in lower(coalesce(p_conversation.taggable_info ->> 'title', ''))) > 0)
$$;

-- Name: facts_text(jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.facts_text(p_facts jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
begin
  return coalesce((select string_agg(f, '. ') from jsonb_array_elements_text(p_facts) f), '');
end
$$;

-- Name: deliveries; Type: TABLE; Schema: public

CREATE TABLE public.deliveries (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    channel text NOT NULL,
    kind text NOT NULL,
    lane text NOT NULL,
    staff_id uuid,
    subscription_id uuid,
    contacto_id uuid,
    conversacion_id uuid,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    fence integer DEFAULT 0 NOT NULL,
    worker text,
    lease_until timestamp with time zone,
    upto_seq bigint,
    failure text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    available_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT deliveries_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'push'::text]))),
    CONSTRAINT deliveries_kind_check CHECK ((kind = ANY (ARRAY['inbox'::text, 'staff_link'::text, 'visitor_unread'::text]))),
    CONSTRAINT deliveries_lane_check CHECK (((length(lane) >= 1) AND (length(lane) <= 200))),
    CONSTRAINT deliveries_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'sent'::text, 'cancelled'::text, 'dead'::text])))
);

-- Name: fail_delivery(public.deliveries, text, boolean, interval); Type: FUNCTION; Schema: private

CREATE FUNCTION private.fail_delivery(p_row public.deliveries, p_failure text, p_final boolean, p_after interval) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_dead boolean := p_final or p_row.attempts >= private.most_attempts();
begin
  update public.deliveries d set
    failure = left(p_failure, 200), lease_until = null, state = case when v_dead then 'dead' else d.state end,
    available_at = clock_timestamp() + coalesce(p_after, private.retry_after(p_row.attempts)),
    finished_at = case when v_dead then clock_timestamp() end
  where d.id = p_row.id;
  return case when v_dead then 'dead' else 'pending' end;
end
$$;

-- Name: failing_cases(uuid, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.failing_cases(p_site uuid, p_number integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('case_id', c.id, 'name', c.name,
    'why', case when newest.run_id is null then 'not_run' else 'failed' end) order by c.created_at, c.id), '[]')
  from public.eval_cases c
  left join lateral (
    select r.run_id, bool_and(r.passed) as passed
    from public.eval_results r join public.eval_runs n on n.site_id = r.site_id and n.id = r.run_id
    where r.site_id = p_site and r.case_id = c.id and r.number = p_number and r.revision = c.revision
      and private.run_state(n) in ('done', 'running')
    group by r.run_id, n.position, n.repeats
    having count(*) = n.repeats or not bool_and(r.passed)
    order by n.position desc limit 1
  ) newest on true
  where c.site_id = p_site and c.blocking and c.archived_at is null and newest.passed is distinct from true
$$;

-- Name: outbox; Type: TABLE; Schema: public

CREATE TABLE public.outbox (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    kind text NOT NULL,
    contacto_id uuid,
    conversacion_id uuid,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    available_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    done_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    failure text,
    dead_at timestamp with time zone
);

-- Name: fan_out(public.outbox, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.fan_out(p_event public.outbox, p_channels jsonb) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_staff uuid;
begin
  case p_event.kind
    when 'handoff_requested', 'conversation_waiting' then
      return private.fan_out_waiting(p_event, p_channels);
    when 'conversation_assigned', 'visitor_wrote' then
      v_staff := (p_event.payload ->> 'staff')::uuid;
      if not private.is_there(p_event.site_id, v_staff) then
        perform private.tell_staff(p_event.site_id, v_staff,
          case p_event.kind when 'visitor_wrote' then 'message' else 'assigned' end, p_event.conversacion_id, p_channels);
      end if;
    when 'seller_wrote' then
      perform private.fan_out_seller_wrote(p_event, p_channels);
    else
      if p_event.created_at > clock_timestamp() - interval '10 minutes' then
        return p_event.created_at + interval '10 minutes';
      end if;
  end case;
  return null;
end
$$;

-- Name: fan_out_due(jsonb, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.fan_out_due(p_channels jsonb, p_limit integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_event public.outbox;
  v_again timestamptz;
begin
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('outbox', 0)) then
    return;
  end if;
  for v_event in
    select * from public.outbox o
    where o.done_at is null and o.cancelled_at is null and o.dead_at is null and o.available_at <= clock_timestamp()
    order by o.available_at, o.created_at
    limit p_limit
    for update skip locked
  loop
    begin
      v_again := private.fan_out(v_event, p_channels);
      update public.outbox o set
        done_at = case when v_again is null then clock_timestamp() end, available_at = coalesce(v_again, o.available_at)
      where o.id = v_event.id;
    exception when others then
      update public.outbox o set
        attempts = o.attempts + 1, failure = 'fan_out.' || sqlstate,
        available_at = clock_timestamp() + private.retry_after(o.attempts + 1),
        dead_at = case when o.attempts + 1 >= private.most_attempts() then clock_timestamp() end
      where o.id = v_event.id;
    end;
  end loop;
end
$$;

-- Name: fan_out_seller_wrote(public.outbox, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.fan_out_seller_wrote(p_event public.outbox, p_channels jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if not p_channels ? 'email' or exists (
    select from public.deliveries d
    where d.site_id = p_event.site_id and d.contacto_id = p_event.contacto_id and d.state = 'pending'
      and d.conversacion_id = p_event.conversacion_id
      and (d.lease_until is null or d.lease_until <= clock_timestamp())) then
    return;
  end if;
  insert into public.deliveries (site_id, channel, kind, lane, contacto_id, conversacion_id, available_at)
  select k.site_id, 'email', 'visitor_unread', 'visitor:' || k.site_id || ':' || private.email_key(k.email), k.id,
    p_event.conversacion_id, clock_timestamp() + interval '2 minutes'
  from public.contactos k
  where k.site_id = p_event.site_id and k.id = p_event.contacto_id and private.may_mail(k);
end
$$;

-- Name: fan_out_waiting(public.outbox, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.fan_out_waiting(p_event public.outbox, p_channels jsonb) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_role text;
begin
  if not exists (
    select from public.conversaciones c
    where c.site_id = p_event.site_id and c.id = p_event.conversacion_id and c.handler = 'queue' and c.status = 'active'
      and (c.snoozed_until is null or c.snoozed_until <= now())) then
    return null;
  end if;
  if p_event.created_at > clock_timestamp() - interval '2 minutes'
    and (public.staff_online(p_event.site_id) ->> 'online')::int > 0 then
    return clock_timestamp() + interval '15 seconds';
  end if;
  select coalesce(max(i.role) filter (where i.role = 'seller'), 'admin') into v_role
  from public.staff_sites i join public.staff s on s.id = i.staff_id
  where i.site_id = p_event.site_id and i.disabled_at is null and s.disabled_at is null;
  perform private.tell_staff(i.site_id, i.staff_id, 'waiting', p_event.conversacion_id, p_channels)
  from public.staff_sites i join public.staff s on s.id = i.staff_id
  where i.site_id = p_event.site_id and i.role = v_role and i.disabled_at is null and s.disabled_at is null
    and not private.is_there(i.site_id, i.staff_id);
  return null;
end
$$;

-- Name: prompt_versions; Type: TABLE; Schema: public

CREATE TABLE public.prompt_versions (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    number integer NOT NULL,
    content text NOT NULL,
    sha256 text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    base integer,
    author text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    archived_at timestamp with time zone,
    CONSTRAINT prompt_versions_content_check CHECK (((length(content) >= 1) AND (length(content) <= 100000))),
    CONSTRAINT prompt_versions_note_check CHECK ((length(note) <= 500)),
    CONSTRAINT prompt_versions_number_check CHECK ((number > 0)),
    CONSTRAINT prompt_versions_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

-- Name: find_prompt(uuid, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.find_prompt(p_site uuid, p_number integer) RETURNS public.prompt_versions
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_version public.prompt_versions;
begin
  select * into v_version from public.prompt_versions v where v.site_id = p_site and v.number = p_number;
  if not found then
    raise sqlstate 'PT404' using message = 'prompt.not_found';
  end if;
  return v_version;
end
$$;

-- Name: eval_runs; Type: TABLE; Schema: public

CREATE TABLE public.eval_runs (
    id uuid DEFAULT private.new_id() NOT NULL,
    "position" bigint NOT NULL,
    site_id uuid NOT NULL,
    numbers integer[] NOT NULL,
    repeats integer NOT NULL,
    total integer NOT NULL,
    state text DEFAULT 'running'::text NOT NULL,
    error text,
    author text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    cases jsonb,
    fence integer DEFAULT 1 NOT NULL,
    lease_until timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT eval_runs_repeats_check CHECK (((repeats >= 1) AND (repeats <= 10))),
    CONSTRAINT eval_runs_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
);

-- Name: find_run(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.find_run(p_site uuid, p_run uuid) RETURNS public.eval_runs
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_run public.eval_runs;
begin
  select * into v_run from public.eval_runs r where r.site_id = p_site and r.id = p_run;
  if not found then
    raise sqlstate 'PT404' using message = 'eval.run_not_found';
  end if;
  return v_run;
end
$$;

-- Name: fold(text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.fold(p_text text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
begin
  return translate(lower(p_text), 'áàâãäåéèêëíìîïóòôõöúùûüñçýÿ', 'aaaaaaeeeeiiiiooooouuuuncyy');
end
$$;

-- Name: follow_consent(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.follow_consent() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.contactos k set
    consent_contact = case when new.purpose = 'contact' then new.granted else k.consent_contact end,
    consent_marketing = case when new.purpose = 'marketing' then new.granted else k.consent_marketing end
  where k.site_id = new.site_id and k.id = new.contacto_id;
  if new.purpose = 'contact' and not new.granted then
    update public.outbox o set cancelled_at = clock_timestamp()
    where o.site_id = new.site_id and o.contacto_id = new.contacto_id
      and o.kind in ('lead_captured', 'chat.lead.updated') and o.done_at is null and o.cancelled_at is null;
  end if;
  return null;
end
$$;

-- Name: follow_last_touch(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.follow_last_touch() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.contactos k set last_touch = new.datos -> 'touch'
  where k.site_id = new.site_id and k.id = new.contacto_id and k.last_touch is distinct from new.datos -> 'touch';
  return new;
end
$$;

-- Name: forget_deliveries(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.forget_deliveries() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  delete from public.deliveries d where d.site_id = old.site_id and d.contacto_id = old.id;
  return old;
end
$$;

-- Name: forget_embedding(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.forget_embedding() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if not exists (select from public.knowledge_items i where i.site_id = old.site_id and i.digest = old.digest)
    and not exists (select from public.knowledge_passages p where p.site_id = old.site_id and p.digest = old.digest) then
    delete from public.knowledge_embeddings e where e.site_id = old.site_id and e.digest = old.digest;
  end if;
  return null;
end
$$;

-- Name: forget_summary_maker(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.forget_summary_maker() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  new.handoff_summary_by := null;
  return new;
end
$$;

-- Name: former_keys_json(uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.former_keys_json(p_site uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('public_key', f.public_key, 'until', private.iso(f.valid_until))
    order by f.valid_until, f.public_key), '[]')
  from public.site_former_keys f
  where f.site_id = p_site and f.valid_until > now()
$$;

-- Name: contactos; Type: TABLE; Schema: public

CREATE TABLE public.contactos (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    nombre_completo text,
    email text,
    telefono text,
    contacto_datos jsonb DEFAULT '{}'::jsonb NOT NULL,
    origen text DEFAULT 'webchat'::text NOT NULL,
    identity text DEFAULT 'anonymous'::text NOT NULL,
    first_touch jsonb,
    last_touch jsonb,
    lead_captured_at timestamp with time zone,
    creado_en timestamp with time zone DEFAULT now() NOT NULL,
    actualizado_en timestamp with time zone DEFAULT now() NOT NULL,
    subject text,
    mail_opt_out_at timestamp with time zone,
    consent_contact boolean,
    consent_marketing boolean,
    address text GENERATED ALWAYS AS (COALESCE(lower(email), telefono)) STORED COLLATE pg_catalog."C",
    CONSTRAINT contactos_identity_check CHECK ((identity = ANY (ARRAY['anonymous'::text, 'claimed'::text, 'verified'::text]))),
    CONSTRAINT contactos_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 200))),
    CONSTRAINT contactos_telefono_check CHECK ((telefono ~ '^\+[1-9][0-9]{6,14}$'::text))
);

-- Name: leads; Type: TABLE; Schema: public

CREATE TABLE public.leads (
    conversacion_id uuid NOT NULL,
    site_id uuid NOT NULL,
    contacto_id uuid NOT NULL,
    quality text,
    score integer,
    reasons jsonb DEFAULT '[]'::jsonb NOT NULL,
    rubric_ref text,
    scored_at timestamp with time zone,
    manual_quality text,
    first_hot_at timestamp with time zone,
    read_seq bigint DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    heard jsonb DEFAULT '{}'::jsonb NOT NULL,
    gap text,
    gap_since timestamp with time zone,
    gap_dismissed_at timestamp with time zone,
    verdict text,
    verdict_reason text,
    verdict_quality text,
    verdict_by uuid,
    verdict_at timestamp with time zone,
    first_touch jsonb,
    last_touch jsonb,
    page jsonb,
    item jsonb,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT leads_check CHECK (((verdict IS NULL) OR (verdict_at IS NOT NULL))),
    CONSTRAINT leads_gap_check CHECK ((gap = ANY (ARRAY['no_consent'::text, 'consent_refused'::text, 'invalid_contact'::text, 'somebody_elses'::text, 'unconfirmed'::text, 'not_saved'::text]))),
    CONSTRAINT leads_heard_check CHECK ((jsonb_typeof(heard) = 'object'::text)),
    CONSTRAINT leads_manual_quality_check CHECK ((manual_quality = ANY (ARRAY['hot'::text, 'warm'::text, 'cold'::text]))),
    CONSTRAINT leads_quality_check CHECK ((quality = ANY (ARRAY['hot'::text, 'warm'::text, 'cold'::text]))),
    CONSTRAINT leads_reasons_check CHECK ((jsonb_typeof(reasons) = 'array'::text)),
    CONSTRAINT leads_rubric_ref_check CHECK ((length(rubric_ref) <= 200)),
    CONSTRAINT leads_score_check CHECK (((score >= 0) AND (score <= 100))),
    CONSTRAINT leads_verdict_check CHECK ((verdict = ANY (ARRAY['right'::text, 'wrong'::text]))),
    CONSTRAINT leads_verdict_quality_check CHECK ((verdict_quality = ANY (ARRAY['hot'::text, 'warm'::text, 'cold'::text]))),
    CONSTRAINT leads_verdict_reason_check CHECK (((length(verdict_reason) >= 1) AND (length(verdict_reason) <= 1000)))
);

-- Name: gap_of(public.leads, public.contactos); Type: FUNCTION; Schema: private

CREATE FUNCTION private.gap_of(p_lead public.leads, p_contact public.contactos) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

-- Name: give_to_seller(public.conversaciones, uuid, uuid, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.give_to_seller(p_conversation public.conversaciones, p_actor uuid, p_seller uuid, p_reason text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_turn uuid := private.supersede_turn(p_conversation);
  v_message public.mensajes;
begin
  update public.conversaciones c set
    handler = 'seller', assignee = p_seller, owner_epoch = c.owner_epoch + 1, status = 'active', archived_at = null,
    snoozed_until = null, assigned_at = clock_timestamp(),
    handoff_reason = coalesce(c.handoff_reason, 'seller_takeover'),
    -- Whoever waits for a person goes on waiting until this one writes; so does a visitor whom nobody answered yet.
    waiting_since = case
      when c.handler <> 'assistant' then c.waiting_since
      when c.last_visitor_seq > c.answered_seq then clock_timestamp() end,
    updated_at = clock_timestamp()
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  update public.staff_sites i set last_assigned_at = clock_timestamp()
  where i.site_id = p_conversation.site_id and i.staff_id = p_seller;
  v_message := private.add_system_message(p_conversation, 'agent.joined',
    jsonb_build_object('agent', private.staff_party(p_seller), 'by', p_actor));
  perform private.join_conversation(p_conversation, p_seller);
  perform private.audit(p_conversation.site_id, p_actor::text, p_reason, p_conversation.id::text,
    jsonb_build_object('from', p_conversation.assignee, 'to', p_seller, 'handler', p_conversation.handler));
  return private.owned_json(p_conversation.site_id, p_conversation.id, array[v_message], v_turn, p_seller);
end
$$;

-- Name: has_contact_consent(public.contactos); Type: FUNCTION; Schema: private

CREATE FUNCTION private.has_contact_consent(p_contact public.contactos) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce((
    select e.granted and (p_contact.mail_opt_out_at is null or e.created_at > p_contact.mail_opt_out_at)
    from public.consents e
    where e.site_id = p_contact.site_id and e.contacto_id = p_contact.id and e.purpose = 'contact'
    order by e.created_at desc, e.id desc limit 1), false)
$$;

-- Name: hold_job(text, text, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.hold_job(p_name text, p_holder text, p_seconds integer) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  insert into public.job_leases as j (name, holder, held_until)
  values (p_name, p_holder, clock_timestamp() + make_interval(secs => p_seconds))
  on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until
    where j.holder = excluded.holder or j.held_until < clock_timestamp();
  return found;
end
$$;

-- Name: identified_json(public.webchat_sessions, boolean); Type: FUNCTION; Schema: private

CREATE FUNCTION private.identified_json(p_session public.webchat_sessions, p_created boolean) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select private.session_json(p_session) || jsonb_build_object(
    'created', p_created,
    'identity', (select k.identity from public.contactos k
      where k.site_id = p_session.site_id and k.id = p_session.contacto_id))
$$;

-- Name: inbox_line(public.conversaciones); Type: FUNCTION; Schema: private

CREATE FUNCTION private.inbox_line(p_conversation public.conversaciones) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select private.conversation_json(p_conversation) || jsonb_build_object(
    'state', private.conversation_state(p_conversation),
    'participants', private.participants_json(p_conversation),
    'assignee', private.staff_party(p_conversation.assignee),
    'contact', (
      select jsonb_build_object('uuid', k.id, 'name', k.nombre_completo, 'email', k.email, 'phone', k.telefono,
        'identity', k.identity)
      from public.contactos k where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id),
    'locale', p_conversation.locale,
    'lead_quality', p_conversation.lead_quality,
    'lead_score', p_conversation.lead_score,
    'outcome', p_conversation.outcome,
    'tags', to_jsonb(p_conversation.tags),
    'waiting_since', private.iso(p_conversation.waiting_since),
    'due_at', private.iso(nullif(p_conversation.answer_due_at, 'infinity')),
    'overdue', coalesce(p_conversation.answer_due_at <= now(), false),
    'response', case when p_conversation.waiting_since is not null
      then case when p_conversation.first_reply_at is null then 'first' else 'next' end end,
    'snoozed_until', private.iso(nullif(p_conversation.snoozed_until, 'infinity')),
    'handoff_reason', p_conversation.handoff_reason,
    'handoff_summary', p_conversation.handoff_summary,
    'handoff_summary_by', p_conversation.handoff_summary_by,
    'tasks', (
      select jsonb_build_object('open', count(*), 'due_at', private.iso(min(t.due_at)),
        'overdue', coalesce(min(t.due_at) <= now(), false))
      from public.tasks t
      where t.site_id = p_conversation.site_id and t.conversacion_id = p_conversation.id and t.done_at is null),
    'rating', p_conversation.rating)
$$;

-- Name: is_online(public.staff_sites); Type: FUNCTION; Schema: private

CREATE FUNCTION private.is_online(p_in public.staff_sites) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(p_in.last_seen_at > now() - interval '15 seconds', false)
$$;

-- Name: is_there(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.is_there(p_site uuid, p_staff uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select exists (
    select from public.staff_sites i
    where i.site_id = p_site and i.staff_id = p_staff and i.disabled_at is null and not i.away and private.is_online(i))
$$;

-- Name: iso(timestamp with time zone); Type: FUNCTION; Schema: private

CREATE FUNCTION private.iso(p_at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
begin
  return to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
end
$$;

-- Name: knowledge_items; Type: TABLE; Schema: public

CREATE TABLE public.knowledge_items (
    site_id uuid NOT NULL,
    item_id text NOT NULL,
    title text NOT NULL,
    price numeric(17,2),
    currency text,
    image text,
    url text,
    facts jsonb DEFAULT '[]'::jsonb NOT NULL,
    availability text,
    search tsvector NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    digest text NOT NULL,
    CONSTRAINT knowledge_items_availability_check CHECK ((availability = ANY (ARRAY['available'::text, 'reserved'::text, 'sold'::text, 'on_order'::text]))),
    CONSTRAINT knowledge_items_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT knowledge_items_facts_check CHECK ((jsonb_typeof(facts) = 'array'::text)),
    CONSTRAINT knowledge_items_item_id_check CHECK (((length(item_id) >= 1) AND (length(item_id) <= 200))),
    CONSTRAINT knowledge_items_price_check CHECK ((price >= (0)::numeric)),
    CONSTRAINT knowledge_items_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);

-- Name: item_json(public.knowledge_items); Type: FUNCTION; Schema: private

CREATE FUNCTION private.item_json(p_item public.knowledge_items) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return jsonb_build_object(
    'id', p_item.item_id, 'title', p_item.title, 'price', p_item.price, 'currency', p_item.currency,
    'image', p_item.image, 'url', p_item.url, 'facts', p_item.facts, 'availability', p_item.availability,
    'updated_at', private.iso(p_item.updated_at));
end
$$;

-- Name: join_conversation(public.conversaciones, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.join_conversation(p_conversation public.conversaciones, p_staff uuid) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into public.conversation_participants (site_id, conversacion_id, staff_id, last_read_seq, last_read_at)
  values (p_conversation.site_id, p_conversation.id, p_staff, p_conversation.last_seq, now())
  on conflict (conversacion_id, staff_id) do nothing
$$;

-- Name: keep_promise(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.keep_promise() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_promise jsonb := coalesce(new.datos -> 'promise', new.datos #> '{meta,promise}');
  v_seller uuid := case when new.author = 'seller' then (new.datos ->> 'staff_id')::uuid end;
  v_task public.tasks;
begin
  insert into public.tasks (site_id, conversacion_id, kind, text, due_at, assignee, author, created_by, message_id)
  select new.site_id, new.conversacion_id, v_promise ->> 'kind', v_promise ->> 'quote',
    (v_promise ->> 'due_at')::timestamptz, coalesce(v_seller, c.assignee), new.author, v_seller, new.id
  from public.conversaciones c where c.site_id = new.site_id and c.id = new.conversacion_id
  on conflict (conversacion_id, author, kind) where done_at is null and message_id is not null
  do update set text = excluded.text, due_at = excluded.due_at, message_id = excluded.message_id, overdue_at = null,
    assignee = coalesce(excluded.created_by, tasks.assignee), updated_at = clock_timestamp()
  returning * into v_task;
  perform private.audit(new.site_id, coalesce(v_seller::text, new.author), 'task.promised', v_task.id::text,
    jsonb_build_object('kind', v_task.kind));
  return null;
end
$$;

-- Name: known_zone(text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.known_zone(p_zone text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform now() at time zone p_zone;
  return p_zone;
exception when invalid_parameter_value then
  return 'UTC';
end
$$;

-- Name: lead_case(public.conversaciones, bigint, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.lead_case(p_conversation public.conversaciones, p_upto bigint, p_messages integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
declare
  v_contact public.contactos;
  v_lead public.leads;
  v_facts jsonb;
  v_messages jsonb;
begin
  select * into v_contact from public.contactos k
  where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id;
  if not found then
    return null;
  end if;
  select * into v_lead from public.leads l
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id;
  v_facts := (
    select jsonb_agg(jsonb_build_object(
      'criterion', f.criterion, 'value', f.value, 'data', coalesce(f.data, '{}'), 'message_id', f.message_id,
      'quote', coalesce(f.quote, ''), 'source', f.source, 'seq', f.seq, 'start', f.start) order by f.seq, f.start, f.id)
    from (
      select g.id, g.criterion, g.value, g.data, g.message_id, g.quote, g.source, g.seq, g.start
      from public.lead_facts g
      where g.site_id = p_conversation.site_id and g.conversacion_id = p_conversation.id and not g.repeated
      order by g.seq desc, g.start desc, g.id desc limit 500) f);
  v_messages := (
    select jsonb_agg(jsonb_build_object(
      'id', m.id, 'text', m.texto, 'at', m.creado_en, 'seq', m.seq,
      'asked', case when a.datos #>> '{meta,guided,asked}' = 'consent' then '.' else coalesce(a.texto, '') end,
      'asked_at', a.creado_en) order by m.seq)
    from (
      select v.id, v.texto, v.creado_en, v.seq from public.mensajes v
      where v.site_id = p_conversation.site_id and v.conversacion_id = p_conversation.id and v.author = 'visitor'
        and v.deleted_at is null and v.seq <= p_upto
      order by v.seq desc limit p_messages) m
    left join lateral (
      select b.texto, b.datos, b.creado_en from public.mensajes b
      where b.site_id = p_conversation.site_id and b.conversacion_id = p_conversation.id and b.seq < m.seq
        and b.author in ('assistant', 'seller') and not b.private and b.deleted_at is null
      order by b.seq desc limit 1) a on true);
  return jsonb_build_object(
    'version', coalesce(v_lead.version, 0),
    'read_seq', coalesce(v_lead.read_seq, 0),
    'upto_seq', p_upto,
    'quality', v_lead.quality,
    'score', v_lead.score,
    'heard', coalesce(v_lead.heard, '{}'),
    'email', v_contact.email is not null,
    'phone', v_contact.telefono is not null,
    'consent', private.consent_to(v_contact.site_id, v_contact.id, 'contact'),
    'visits', (
      select count(*) from public.webchat_sessions s
      where s.site_id = v_contact.site_id and s.contacto_id = v_contact.id),
    'visitor_messages', coalesce(jsonb_array_length(v_messages), 0),
    'locale', p_conversation.locale,
    'now', clock_timestamp(),
    'facts', coalesce(v_facts, '[]'),
    'messages', coalesce(v_messages, '[]'));
end
$$;

-- Name: lead_conditions(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.lead_conditions() RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $_$
  select $q$
    l.site_id = $1
    and ($3 <> 'seller' or c.assignee = $2 or (c.assignee is null and c.status = 'active') or exists (
      select from public.conversation_participants p where p.conversacion_id = c.id and p.staff_id = $2))
    and ($4 ->> 'from' is null or l.created_at >= ($4 ->> 'from')::timestamptz)
    and ($4 ->> 'to' is null or l.created_at < ($4 ->> 'to')::timestamptz)
    and ($4 ->> 'quality' is null or coalesce(l.manual_quality, l.quality) = $4 ->> 'quality')
    and ($4 ->> 'outcome' is null or coalesce(c.outcome, 'pending') = $4 ->> 'outcome')
    and ($4 ->> 'campaign' is null or lower($4 ->> 'campaign') in (
      lower(l.first_touch ->> 'utm_campaign'), lower(l.last_touch ->> 'utm_campaign')))
    and ($4 ->> 'item' is null or l.item ->> 'id' = $4 ->> 'item'
      or position(lower($4 ->> 'item') in lower(coalesce(l.item ->> 'title', ''))) > 0)
    and ($4 ->> 'gap' is null
      or (l.gap is not null and l.gap_dismissed_at is null and $4 ->> 'gap' in ('any', l.gap)))
    and ($4 ->> 'text' is null
      or position(lower($4 ->> 'text') in lower(coalesce(l.item ->> 'title', ''))) > 0
      or (position(lower($4 ->> 'text') in lower(concat_ws(' ', k.nombre_completo, k.email, k.telefono))) > 0
        -- What marketing may not see, a search must not tell either.
        and ($3 <> 'marketing' or coalesce(private.consent_to(k.site_id, k.id, 'contact'), false))))
    and ($4 ->> 'consent' is null
      or ($4 ->> 'consent') = case private.consent_to(l.site_id, l.contacto_id, 'contact')
        when true then 'granted' when false then 'refused' else 'none' end)
  $q$
$_$;

-- Name: lead_consents(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.lead_consents(p_site uuid, p_contact uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'contact', private.consent_to(p_site, p_contact, 'contact'),
    'marketing', private.consent_to(p_site, p_contact, 'marketing'))
$$;

-- Name: lead_event(public.leads); Type: FUNCTION; Schema: private

CREATE FUNCTION private.lead_event(p_lead public.leads) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

-- Name: lead_facts_json(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.lead_facts_json(p_site uuid, p_conversation uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'uuid', f.id, 'criterion', f.criterion, 'value', f.value, 'data', coalesce(f.data, '{}'), 'source', f.source,
    'message_id', f.message_id, 'quote', f.quote, 'start', f.start, 'seq', f.seq, 'turn_id', f.turn_id,
    'by', private.staff_party(f.staff_id), 'created_at', private.iso(f.created_at),
    'holds', f.withdrawn_at is null, 'withdrawn_at', private.iso(f.withdrawn_at), 'withdrawn_by', f.withdrawn_by)
    order by f.seq, f.start, f.created_at, f.id), '[]')
  from public.lead_facts f
  where f.site_id = p_site and f.conversacion_id = p_conversation
$$;

-- Name: lead_json(public.leads, public.conversaciones, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.lead_json(p_lead public.leads, p_conversation public.conversaciones, p_role text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'uuid', p_lead.conversacion_id,
    'conversation_uuid', p_lead.conversacion_id,
    'quality', coalesce(p_lead.manual_quality, p_lead.quality),
    'scored_quality', p_lead.quality,
    'manual_quality', p_lead.manual_quality,
    'score', p_lead.score,
    'reasons', case when shown.yes then p_lead.reasons else (
      select coalesce(jsonb_agg(jsonb_build_object('key', r.value -> 'key', 'points', r.value -> 'points')
        order by r.ordinality), '[]')
      from jsonb_array_elements(p_lead.reasons) with ordinality r) end,
    'rubric', p_lead.rubric_ref,
    'scored_at', private.iso(p_lead.scored_at),
    'outcome', coalesce(p_conversation.outcome, 'pending'),
    'state', private.conversation_state(p_conversation),
    'assignee', private.staff_party(p_conversation.assignee),
    'locale', p_conversation.locale,
    'tags', to_jsonb(p_conversation.tags),
    'contact', jsonb_build_object(
      'uuid', k.id,
      'name', case when shown.yes then k.nombre_completo end,
      'email', case when shown.yes then k.email end,
      'phone', case when shown.yes then k.telefono end,
      'identity', k.identity,
      'hidden', not shown.yes,
      'captured_at', private.iso(k.lead_captured_at),
      'consents', private.lead_consents(k.site_id, k.id)),
    'gap', case when p_lead.gap is not null then jsonb_build_object(
      'code', p_lead.gap, 'since', private.iso(p_lead.gap_since), 'dismissed_at', private.iso(p_lead.gap_dismissed_at)) end,
    'verdict', case when p_lead.verdict is not null then jsonb_build_object(
      'verdict', p_lead.verdict, 'reason', p_lead.verdict_reason, 'quality', p_lead.verdict_quality,
      'by', private.staff_party(p_lead.verdict_by), 'at', private.iso(p_lead.verdict_at)) end,
    'first_touch', private.touch_json(p_lead.first_touch, shown.yes),
    'last_touch', private.touch_json(coalesce(p_lead.last_touch, p_lead.first_touch), shown.yes),
    'page', case when shown.yes then p_lead.page end,
    'item', p_lead.item,
    'first_hot_at', private.iso(p_lead.first_hot_at),
    'last_message_at', private.iso(p_conversation.last_message_at),
    'created_at', private.iso(p_lead.created_at),
    'updated_at', private.iso(p_lead.updated_at))
  from public.contactos k
  cross join lateral (
    select p_role <> 'marketing' or coalesce(private.consent_to(k.site_id, k.id, 'contact'), false) yes) shown
  where k.site_id = p_lead.site_id and k.id = p_lead.contacto_id
$$;

-- Name: lead_version(public.conversaciones); Type: FUNCTION; Schema: private

CREATE FUNCTION private.lead_version(p_conversation public.conversaciones) RETURNS integer
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return coalesce((
    select l.version from public.leads l
    where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id), 0);
end
$$;

-- Name: lock_conversation(public.webchat_sessions); Type: FUNCTION; Schema: private

CREATE FUNCTION private.lock_conversation(p_session public.webchat_sessions) RETURNS public.conversaciones
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones;
begin
  select * into v_conversation
  from public.conversaciones c
  where c.site_id = p_session.site_id and c.id = p_session.conversacion_id
  for update;
  if found then
    return v_conversation;
  end if;
  -- Nothing begins for a session that is gone; while it is held, an erasure waits for what begins.
  perform from public.webchat_sessions s
  where s.site_id = p_session.site_id and s.id = p_session.id
  for key share;
  if not found then
    raise sqlstate 'PT401' using message = 'session.invalid_token';
  end if;
  insert into public.contactos (id, site_id, contacto_datos, first_touch, last_touch)
  values (p_session.contacto_id, p_session.site_id, jsonb_build_object('session_id', p_session.session_id),
    p_session.datos -> 'touch', p_session.datos -> 'touch')
  on conflict do nothing;
  insert into public.conversaciones (id, site_id, contacto_id, locale, taggable_type, taggable_info)
  values (p_session.conversacion_id, p_session.site_id, p_session.contacto_id, p_session.locale,
    p_session.datos #>> '{item,type}', p_session.datos -> 'item')
  on conflict do nothing;
  if found then
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id)
    values (p_session.site_id, 'webchat_started', p_session.contacto_id, p_session.conversacion_id);
  end if;
  select * into strict v_conversation
  from public.conversaciones c
  where c.site_id = p_session.site_id and c.id = p_session.conversacion_id
  for update;
  return v_conversation;
end
$$;

-- Name: staff_links; Type: TABLE; Schema: public

CREATE TABLE public.staff_links (
    id uuid DEFAULT private.new_id() NOT NULL,
    purpose text NOT NULL,
    site_id uuid NOT NULL,
    staff_id uuid,
    email text NOT NULL,
    name text,
    role text,
    token_hash text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT staff_links_check CHECK (((purpose = 'invite'::text) = (role IS NOT NULL))),
    CONSTRAINT staff_links_check1 CHECK (((purpose = 'invite'::text) OR (staff_id IS NOT NULL))),
    CONSTRAINT staff_links_email_check CHECK ((email = lower(email))),
    CONSTRAINT staff_links_purpose_check CHECK ((purpose = ANY (ARRAY['invite'::text, 'reset'::text]))),
    CONSTRAINT staff_links_role_check CHECK ((role = ANY (ARRAY['seller'::text, 'marketing'::text, 'admin'::text]))),
    CONSTRAINT staff_links_token_hash_check CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text))
);

-- Name: mail_link(public.staff_links, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.mail_link(p_link public.staff_links, p_sealed text) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into public.deliveries (site_id, channel, kind, lane, staff_id, payload)
  select p_link.site_id, 'email', 'staff_link', 'link:' || private.email_key(p_link.email), p_link.staff_id,
    jsonb_build_object('link', p_link.id, 'sealed', p_sealed)
  where p_sealed is not null
$$;

-- Name: sites; Type: TABLE; Schema: public

CREATE TABLE public.sites (
    id uuid DEFAULT private.new_id() NOT NULL,
    slug text NOT NULL,
    public_key text NOT NULL,
    name text NOT NULL,
    allowed_origins text[] DEFAULT '{}'::text[] NOT NULL,
    locale text DEFAULT 'es'::text NOT NULL,
    region text DEFAULT 'DO'::text NOT NULL,
    time_zone text DEFAULT 'America/Santo_Domingo'::text NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    CONSTRAINT sites_locale_check CHECK ((locale = ANY (ARRAY['es'::text, 'en'::text, 'pt'::text]))),
    CONSTRAINT sites_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT sites_public_key_check CHECK (((length(public_key) >= 3) AND (length(public_key) <= 200))),
    CONSTRAINT sites_region_check CHECK ((region ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT sites_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text)),
    CONSTRAINT sites_slug_check CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
);

-- Name: mail_site_json(public.sites); Type: FUNCTION; Schema: private

CREATE FUNCTION private.mail_site_json(p_site public.sites) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('slug', p_site.slug, 'name', p_site.name, 'locale', p_site.locale, 'region', p_site.region)
$$;

-- Name: mark_holding(uuid, uuid, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.mark_holding(p_site uuid, p_conversation uuid, p_holding jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
declare
  v_again uuid[];
begin
  update public.lead_facts f set
    withdrawn_at = clock_timestamp(),
    withdrawn_by = case
      when f.value = 'none' then case when f.source = 'seller' then 'seller' else 'visitor' end
      when exists (
        select from public.lead_facts s
        where s.site_id = p_site and s.conversacion_id = p_conversation and s.criterion = f.criterion
          and not s.repeated and s.source = 'seller' and s.seq >= f.seq and s.id <> f.id) then 'seller'
      when exists (
        select from public.lead_facts n
        where n.site_id = p_site and n.conversacion_id = p_conversation and n.criterion = f.criterion
          and not n.repeated and n.value = 'none' and (n.seq, n.start) >= (f.seq, f.start)) then 'visitor'
      else 'superseded' end
  where f.site_id = p_site and f.conversacion_id = p_conversation and not f.repeated and f.withdrawn_at is null
    and not exists (
      select from jsonb_array_elements(p_holding) h
      where h.value ->> 'criterion' = f.criterion and h.value ->> 'value' = f.value
        and (h.value ->> 'message_id') is not distinct from f.message_id::text
        and (h.value ->> 'seq')::bigint = f.seq and h.value ->> 'source' = f.source);
  if found then
    update public.lead_facts f set repeated = true
    where f.site_id = p_site and f.conversacion_id = p_conversation and not f.repeated and exists (
      select from public.lead_facts r
      where r.site_id = p_site and r.conversacion_id = p_conversation and r.criterion = f.criterion and r.value = f.value
        and not r.repeated and (r.seq, r.source = 'seller', r.start) > (f.seq, f.source = 'seller', f.start));
  end if;
  v_again := array(
    select g.id
    from jsonb_array_elements(p_holding) h
    cross join lateral (
      select * from public.lead_facts o
      where o.site_id = p_site and o.conversacion_id = p_conversation and o.seq = (h.value ->> 'seq')::bigint offset 0) g
    where g.withdrawn_at is not null and h.value ->> 'criterion' = g.criterion and h.value ->> 'value' = g.value
      and (h.value ->> 'message_id') is not distinct from g.message_id::text and h.value ->> 'source' = g.source);
  if cardinality(v_again) > 0 then
    update public.lead_facts f set withdrawn_at = null, withdrawn_by = null
    where f.site_id = p_site and f.conversacion_id = p_conversation and f.id = any (v_again);
  end if;
end
$$;

-- Name: matches(public.conversaciones, uuid, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.matches(p_conversation public.conversaciones, p_staff uuid, p_filter jsonb) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select case coalesce(p_filter ->> 'view', 'participant')
      when 'mine' then p_conversation.assignee = p_staff
      when 'unassigned' then p_conversation.handler = 'queue' and p_conversation.assignee is null
      when 'bot' then p_conversation.handler = 'assistant' and p_conversation.status = 'active'
      when 'all' then true
      else exists (
        select from public.conversation_participants p
        where p.conversacion_id = p_conversation.id and p.staff_id = p_staff) end
    and (p_filter ->> 'state' is null or private.conversation_state(p_conversation) = p_filter ->> 'state')
    and (p_filter ->> 'overdue' is null
      or coalesce(p_conversation.answer_due_at <= now(), false) = (p_filter ->> 'overdue')::boolean)
    and (p_filter ->> 'quality' is null or p_conversation.lead_quality = p_filter ->> 'quality')
    and (p_filter ->> 'outcome' is null or p_conversation.outcome = p_filter ->> 'outcome')
    and (p_filter ->> 'tag' is null or p_filter ->> 'tag' = any (p_conversation.tags))
    and (p_filter ->> 'from' is null or p_conversation.last_message_at >= (p_filter ->> 'from')::timestamptz)
    and (p_filter ->> 'to' is null or p_conversation.last_message_at < (p_filter ->> 'to')::timestamptz)
    and (p_filter ->> 'text' is null
      or position(lower(p_filter ->> 'text') in lower(coalesce(p_conversation.taggable_info ->> 'title', ''))) > 0
      or exists (
        select from public.contactos k
        where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id
          and position(lower(p_filter ->> 'text') in
            lower(concat_ws(' ', k.nombre_completo, k.email, k.telefono))) > 0)
      or exists (
        select from public.mensajes m
        where m.conversacion_id = p_conversation.id and m.deleted_at is null and m.author <> 'system'
          and position(lower(p_filter ->> 'text') in lower(m.texto)) > 0))
$$;

-- Name: may_export(public.contactos, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.may_export(p_contact public.contactos, p_purpose text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select case p_purpose when 'marketing' then p_contact.consent_marketing else p_contact.consent_contact end is true
    and not exists (
      select from public.contactos o
      where o.site_id = p_contact.site_id and (o.consent_contact = false or o.consent_marketing = false)
        and o.address = p_contact.address
        and (o.consent_contact = false or p_purpose = 'marketing'))
$$;

-- Name: may_mail(public.contactos); Type: FUNCTION; Schema: private

CREATE FUNCTION private.may_mail(p_contact public.contactos) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return p_contact.email is not null and private.has_contact_consent(p_contact) and not exists (
    select from public.contactos o
    where o.site_id = p_contact.site_id and o.address = lower(p_contact.email) and o.id <> p_contact.id
      and (o.consent_contact is false or (o.mail_opt_out_at is not null and not private.has_contact_consent(o))));
end
$$;

-- Name: may_see(public.conversaciones, uuid, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.may_see(p_conversation public.conversaciones, p_staff uuid, p_role text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select p_role = 'admin'
    or (p_role = 'seller' and (
      p_conversation.assignee = p_staff
      or (p_conversation.assignee is null and p_conversation.status = 'active')
      or exists (
        select from public.conversation_participants p
        where p.conversacion_id = p_conversation.id and p.staff_id = p_staff)))
$$;

-- Name: staff; Type: TABLE; Schema: public

CREATE TABLE public.staff (
    id uuid DEFAULT private.new_id() NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    avatar text,
    password_hash text,
    supabase_user uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    CONSTRAINT staff_avatar_check CHECK ((length(avatar) <= 2000)),
    CONSTRAINT staff_email_check CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 254)))),
    CONSTRAINT staff_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);

-- Name: membership_json(public.staff, public.staff_sites); Type: FUNCTION; Schema: private

CREATE FUNCTION private.membership_json(p_staff public.staff, p_in public.staff_sites) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select private.staff_json(p_staff) || jsonb_build_object(
    'role', p_in.role, 'languages', to_jsonb(p_in.languages), 'capacity', p_in.capacity, 'away', p_in.away,
    'disabled', p_in.disabled_at is not null or p_staff.disabled_at is not null,
    'last_assigned_at', private.iso(p_in.last_assigned_at),
    'online', private.is_online(p_in), 'last_seen_at', private.iso(p_in.last_seen_at),
    'viewing', case when private.is_online(p_in) then p_in.viewing end)
$$;

-- Name: message_json(public.mensajes, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.message_json(p_message public.mensajes, p_parties jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

-- Name: most_attempts(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.most_attempts() RETURNS integer
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select 6
$$;

-- Name: nearest_texts(uuid, text, text, double precision, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.nearest_texts(p_site uuid, p_model text, p_vector text, p_least double precision, p_limit integer) RETURNS TABLE(digest text, similarity double precision)
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
declare
  v_schema text := private.vector_schema();
begin
  if v_schema is null then
    return;
  end if;
  -- Vectors of another length cannot be compared: a server that changed its model under the same name must not break
  -- the search. What is not a number is above every number, hence the upper bound.
  return query execute format($query$
    select r.digest, r.similarity
    from (
      select n.*, row_number() over (partition by left(n.digest, 1) order by n.similarity desc, n.digest) as place
      from (
        select v.digest,
          case when %1$I.vector_dims(v.embedding) = %1$I.vector_dims(asked.vector)
            then 1 - (v.embedding operator(%1$I.<=>) asked.vector) end as similarity
        from public.knowledge_vectors v, (select $3::%1$I.vector as vector) asked
        where v.site_id = $1 and v.model = $2
      ) n
      where n.similarity between $4 and 1.01
    ) r
    where r.place <= $5$query$, v_schema)
  using p_site, p_model, p_vector, p_least, p_limit;
end
$_$;

-- Name: new_session(uuid, text, text, text, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.new_session(p_site uuid, p_token_hash text, p_session_id text, p_locale text, p_metadata jsonb) RETURNS public.webchat_sessions
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions;
begin
  insert into public.webchat_sessions (site_id, session_id, token_hash, locale, datos)
  select p_site, coalesce(p_session_id, 's_' || replace(private.new_id()::text, '-', '')), p_token_hash,
    coalesce(p_locale, s.locale), coalesce(p_metadata, '{}')
  from public.sites s
  where s.id = p_site and s.disabled_at is null
  on conflict (site_id, token_hash) do nothing
  returning * into v_session;
  if not found then
    return private.access_session(p_site, p_token_hash);
  end if;
  return v_session;
end
$$;

-- Name: news_json(uuid, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.news_json(p_site uuid, p_item jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'event', p_item ->> 'event', 'conversation_id', c.id,
    'first_name', left(split_part(btrim(coalesce(k.nombre_completo, '')), ' ', 1), 40),
    'item', left(coalesce(c.taggable_info ->> 'title', ''), 80),
    'excerpt', (
      select left(m.texto, 1000) from public.mensajes m
      where m.conversacion_id = c.id and m.author = 'visitor' and m.deleted_at is null order by m.seq desc limit 1))
  from public.conversaciones c
  join public.contactos k on k.site_id = c.site_id and k.id = c.contacto_id
  where c.site_id = p_site and c.id = (p_item ->> 'conversation')::uuid
$$;

-- Name: note_assigned(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.note_assigned() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.note_for_staff(new.site_id, 'conversation_assigned', c.contacto_id, c.id,
    (new.datos #>> '{metadata,0,agent,uuid}')::uuid)
  from public.conversaciones c
  where c.site_id = new.site_id and c.id = new.conversacion_id;
  return new;
end
$$;

-- Name: note_case_edit(public.eval_cases, text, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.note_case_edit(p_case public.eval_cases, p_act text, p_author text) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into public.eval_case_edits (site_id, case_id, place, act, revision, name, body, blocking, tags, author)
  select p_case.site_id, p_case.id, 1 + coalesce(max(e.place), 0), p_act, p_case.revision, p_case.name, p_case.body,
    p_case.blocking, p_case.tags, p_author
  from public.eval_case_edits e where e.site_id = p_case.site_id and e.case_id = p_case.id
$$;

-- Name: note_for_staff(uuid, text, uuid, uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.note_for_staff(p_site uuid, p_kind text, p_contact uuid, p_conversation uuid, p_staff uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if exists (
    select from public.outbox o
    where o.site_id = p_site and o.contacto_id = p_contact and o.conversacion_id = p_conversation and o.kind = p_kind
      and o.payload ->> 'staff' = p_staff::text and o.done_at is null and o.cancelled_at is null
      and o.dead_at is null) then
    return;
  end if;
  insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload, available_at)
  values (p_site, p_kind, p_contact, p_conversation, jsonb_build_object('staff', p_staff),
    clock_timestamp() + case when private.is_there(p_site, p_staff) then interval '20 seconds' else interval '0' end);
end
$$;

-- Name: note_lead_due(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.note_lead_due() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  new.lead_due := coalesce(new.lead_due, clock_timestamp());
  return new;
end
$$;

-- Name: note_seller_wrote(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.note_seller_wrote() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  insert into public.outbox (site_id, kind, contacto_id, conversacion_id)
  select new.site_id, 'seller_wrote', c.contacto_id, c.id
  from public.conversaciones c
  where c.site_id = new.site_id and c.id = new.conversacion_id and not exists (
    select from public.outbox o
    where o.site_id = new.site_id and o.contacto_id = c.contacto_id and o.conversacion_id = c.id
      and o.kind = 'seller_wrote' and o.done_at is null and o.cancelled_at is null and o.dead_at is null);
  return new;
end
$$;

-- Name: note_visitor_wrote(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.note_visitor_wrote() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.note_for_staff(new.site_id, 'visitor_wrote', new.contacto_id, new.id, new.assignee);
  return new;
end
$$;

-- Name: note_waiting(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.note_waiting() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  insert into public.outbox (site_id, kind, contacto_id, conversacion_id)
  values (new.site_id, 'conversation_waiting', new.contacto_id, new.id);
  return new;
end
$$;

-- Name: staff_notification_settings; Type: TABLE; Schema: public

CREATE TABLE public.staff_notification_settings (
    site_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    push text[] DEFAULT '{waiting,assigned,message}'::text[] NOT NULL,
    email text[] DEFAULT '{waiting,assigned,message}'::text[] NOT NULL,
    quiet_from time without time zone,
    quiet_to time without time zone,
    time_zone text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT staff_notification_settings_check CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
    CONSTRAINT staff_notification_settings_check1 CHECK ((quiet_from <> quiet_to)),
    CONSTRAINT staff_notification_settings_email_check CHECK ((email <@ ARRAY['waiting'::text, 'assigned'::text, 'message'::text])),
    CONSTRAINT staff_notification_settings_push_check CHECK ((push <@ ARRAY['waiting'::text, 'assigned'::text, 'message'::text]))
);

-- Name: notification_settings(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.notification_settings(p_site uuid, p_staff uuid) RETURNS public.staff_notification_settings
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_settings public.staff_notification_settings;
begin
  select * into v_settings from public.staff_notification_settings n where n.site_id = p_site and n.staff_id = p_staff;
  if not found then
    v_settings.site_id := p_site;
    v_settings.staff_id := p_staff;
    v_settings.push := '{waiting,assigned,message}';
    v_settings.email := '{waiting,assigned,message}';
  end if;
  return v_settings;
end
$$;

-- Name: notification_settings_json(public.staff_notification_settings); Type: FUNCTION; Schema: private

CREATE FUNCTION private.notification_settings_json(p_settings public.staff_notification_settings) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('push', to_jsonb(p_settings.push), 'email', to_jsonb(p_settings.email),
    'quiet_from', to_char(p_settings.quiet_from, 'HH24:MI'), 'quiet_to', to_char(p_settings.quiet_to, 'HH24:MI'),
    'time_zone', coalesce(p_settings.time_zone, (
      select t.time_zone from public.sites t where t.id = p_settings.site_id)))
$$;

-- Name: number_change(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.number_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.conversaciones c set changes = c.changes + 1
  where c.site_id = new.site_id and c.id = new.conversacion_id
  returning c.changes into new.change;
  return new;
end
$$;

-- Name: number_of(uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.number_of(p_id uuid) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
  select ('x' || left(encode(sha256(uuid_send(p_id)), 'hex'), 13))::bit(52)::bigint
$$;

-- Name: open_lead(public.conversaciones); Type: FUNCTION; Schema: private

CREATE FUNCTION private.open_lead(p_conversation public.conversaciones) RETURNS public.leads
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_lead public.leads;
begin
  select * into v_lead from public.leads l
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id for update;
  if found then
    return v_lead;
  end if;
  insert into public.leads (conversacion_id, site_id, contacto_id, version, first_touch, item)
  select p_conversation.id, p_conversation.site_id, p_conversation.contacto_id, 0, k.first_touch, p_conversation.taggable_info
  from public.contactos k
  where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id
  on conflict (conversacion_id) do nothing;
  select * into strict v_lead from public.leads l
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id for update;
  return v_lead;
end
$$;

-- Name: open_link(text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.open_link(p_token_hash text) RETURNS public.staff_links
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_link public.staff_links;
begin
  select * into v_link from public.staff_links l
  where l.token_hash = p_token_hash and l.used_at is null and l.expires_at > now();
  if not found then
    raise sqlstate 'PT404' using message = 'staff.link_invalid';
  end if;
  return v_link;
end
$$;

-- Name: own_conversation(uuid, uuid, uuid, boolean); Type: FUNCTION; Schema: private

CREATE FUNCTION private.own_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_unowned_too boolean DEFAULT false) RETURNS public.conversaciones
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation, true);
begin
  if v_conversation.assignee is distinct from p_staff
    and not (p_unowned_too and v_conversation.assignee is null)
    and (private.access_member(p_site, p_staff)).role <> 'admin' then
    raise sqlstate 'PT409' using message = 'conversation.not_yours',
      detail = (select s.name from public.staff s where s.id = v_conversation.assignee);
  end if;
  return v_conversation;
end
$$;

-- Name: owned_json(uuid, uuid, public.mensajes[], uuid, uuid, boolean); Type: FUNCTION; Schema: private

CREATE FUNCTION private.owned_json(p_site uuid, p_conversation uuid, p_messages public.mensajes[], p_turn uuid DEFAULT NULL::uuid, p_agent uuid DEFAULT NULL::uuid, p_changed boolean DEFAULT true) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'changed', p_changed,
    'conversation', private.inbox_line(c),
    'agent', private.staff_party(p_agent),
    'superseded_turn', p_turn,
    'messages', (
      select coalesce(jsonb_agg(private.message_json(m, private.parties(p_site, c.contacto_id)) order by m.seq), '[]')
      from unnest(p_messages) m))
  from public.conversaciones c where c.site_id = p_site and c.id = p_conversation
$$;

-- Name: participants_json(public.conversaciones); Type: FUNCTION; Schema: private

CREATE FUNCTION private.participants_json(p_conversation public.conversaciones) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_array((
    select jsonb_build_object('uuid', k.id, 'name', coalesce(k.nombre_completo, ''), 'email', k.email, 'type', 'visitor',
      'pivot', jsonb_build_object(
        'conversation_id', private.number_of(p_conversation.id), 'user_id', private.number_of(k.id),
        'unread_count', (
          select count(*) from public.mensajes m
          where m.conversacion_id = p_conversation.id and m.read_at is null and m.author in ('assistant', 'seller')
            and not m.private),
        'last_read_at', (
          select private.iso(max(m.read_at)) from public.mensajes m
          where m.conversacion_id = p_conversation.id and m.author in ('assistant', 'seller')),
        'joined_at', private.iso(p_conversation.created_at),
        'created_at', private.iso(p_conversation.created_at),
        'updated_at', private.iso(p_conversation.updated_at)))
    from public.contactos k where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id))
  || coalesce((
    select jsonb_agg(jsonb_build_object('uuid', s.id, 'name', s.name, 'email', s.email, 'type', 'staff',
      'pivot', jsonb_build_object(
        'conversation_id', private.number_of(p.conversacion_id), 'user_id', private.number_of(s.id),
        'unread_count', private.unread_of(p.conversacion_id, p.last_read_seq),
        'last_read_at', private.iso(p.last_read_at), 'joined_at', private.iso(p.joined_at),
        'created_at', private.iso(p.created_at), 'updated_at', private.iso(p.updated_at))) order by p.joined_at, s.id)
    from public.conversation_participants p join public.staff s on s.id = p.staff_id
    where p.conversacion_id = p_conversation.id), '[]')
$$;

-- Name: parties(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.parties(p_site uuid, p_contact uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

-- Name: plan_delivery(public.deliveries); Type: FUNCTION; Schema: private

CREATE FUNCTION private.plan_delivery(p_row public.deliveries) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select case p_row.kind
    when 'inbox' then private.plan_inbox(p_row)
    when 'staff_link' then private.plan_staff_link(p_row)
    else private.plan_visitor_unread(p_row) end
$$;

-- Name: plan_inbox(public.deliveries); Type: FUNCTION; Schema: private

CREATE FUNCTION private.plan_inbox(p_row public.deliveries) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_now timestamptz := clock_timestamp();
  v_in public.staff_sites;
  v_staff public.staff;
  v_site public.sites;
  v_settings public.staff_notification_settings := private.notification_settings(p_row.site_id, p_row.staff_id);
  v_wanted text[] := case p_row.channel when 'push' then v_settings.push else v_settings.email end;
  v_news jsonb;
  v_until timestamptz;
begin
  select * into v_site from public.sites t where t.id = p_row.site_id and t.disabled_at is null;
  select * into v_staff from public.staff s where s.id = p_row.staff_id and s.disabled_at is null;
  select * into v_in from public.staff_sites i
  where i.site_id = p_row.site_id and i.staff_id = p_row.staff_id and i.disabled_at is null and i.role in ('seller', 'admin');
  if v_site.id is null or v_staff.id is null or v_in.staff_id is null then
    return '{"cancel": "not_of_site"}';
  end if;
  select jsonb_agg(private.news_json(p_row.site_id, i.value) order by i.ordinality) into v_news
  from jsonb_array_elements(p_row.payload -> 'items') with ordinality i
  where i.value ->> 'event' = any (v_wanted) and private.still_matters(v_in, i.value);
  if v_news is null then
    return '{"cancel": "settled"}';
  end if;
  v_until := private.quiet_until(v_settings, v_site.time_zone, v_now);
  if v_until is null and p_row.channel = 'email' then
    -- One mail in ten minutes, with all that came meanwhile.
    select max(d.finished_at) + interval '10 minutes' into v_until
    from public.deliveries d where d.lane = p_row.lane and d.state = 'sent' and d.finished_at > v_now - interval '10 minutes';
  end if;
  if v_until is not null then
    return jsonb_build_object('wait', v_until);
  end if;
  return jsonb_build_object('send', jsonb_build_object(
    'to', v_staff.email, 'name', v_staff.name, 'languages', to_jsonb(v_in.languages), 'site', private.mail_site_json(v_site),
    'news', v_news, 'subscription', (
      select jsonb_build_object('id', s.id, 'endpoint', s.endpoint,
        'keys', jsonb_build_object('p256dh', s.p256dh, 'auth', s.auth))
      from public.staff_push_subscriptions s where s.id = p_row.subscription_id)));
end
$$;

-- Name: plan_staff_link(public.deliveries); Type: FUNCTION; Schema: private

CREATE FUNCTION private.plan_staff_link(p_row public.deliveries) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce((
    select jsonb_build_object('send', jsonb_build_object(
      'to', l.email, 'name', coalesce(s.name, l.name, ''), 'languages', '[]'::jsonb, 'site', private.mail_site_json(t),
      'purpose', l.purpose, 'sealed', p_row.payload ->> 'sealed', 'expires_at', private.iso(l.expires_at),
      'time_zone', private.known_zone(t.time_zone)))
    from public.staff_links l
    join public.sites t on t.id = l.site_id and t.disabled_at is null
    left join public.staff s on s.id = l.staff_id
    where l.site_id = p_row.site_id and l.id = (p_row.payload ->> 'link')::uuid and l.used_at is null and l.expires_at > now()),
    '{"cancel": "link_used"}')
$$;

-- Name: plan_visitor_unread(public.deliveries); Type: FUNCTION; Schema: private

CREATE FUNCTION private.plan_visitor_unread(p_row public.deliveries) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_now timestamptz := clock_timestamp();
  v_site public.sites;
  v_contact public.contactos;
  v_conversation public.conversaciones;
  v_mailed bigint;
  v_until timestamptz;
  v_messages jsonb;
  v_count int;
  v_upto bigint;
begin
  select * into v_site from public.sites t where t.id = p_row.site_id and t.disabled_at is null;
  select * into v_contact from public.contactos k where k.site_id = p_row.site_id and k.id = p_row.contacto_id;
  if v_site.id is null or v_contact.id is null or not private.may_mail(v_contact) then
    return '{"cancel": "no_consent"}';
  end if;
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_row.site_id and c.id = p_row.conversacion_id and c.status <> 'blocked';
  select coalesce(max(d.upto_seq), 0) into v_mailed from public.deliveries d
  where d.site_id = p_row.site_id and d.contacto_id = v_contact.id and d.conversacion_id = p_row.conversacion_id
    and d.state = 'sent';
  select count(*), max(u.seq),
    jsonb_agg(jsonb_build_object('seq', u.seq, 'text', u.texto, 'sender', u.datos #>> '{sender,name}') order by u.seq)
      filter (where u.newest <= 10)
  into v_count, v_upto, v_messages
  from (
    select m.*, row_number() over (order by m.seq desc) as newest from public.mensajes m
    where m.site_id = p_row.site_id and m.conversacion_id = v_conversation.id and m.author = 'seller' and not m.private
      and m.deleted_at is null and m.read_at is null and m.seq > v_mailed and m.creado_en > v_now - interval '7 days') u;
  if v_count = 0 then
    return '{"cancel": "read"}';
  end if;
  v_until := greatest(
    (select max(s.last_activity) from public.webchat_sessions s
      where s.site_id = p_row.site_id and s.conversacion_id = v_conversation.id),
    (select max(case when m.author = 'visitor' then m.creado_en else m.read_at end) from public.mensajes m
      where m.conversacion_id = v_conversation.id and m.author in ('visitor', 'seller', 'assistant')
        and m.seq > v_conversation.last_seq - 200)) + interval '10 minutes';
  v_until := greatest(v_until, (
    select max(d.finished_at) + interval '15 minutes' from public.deliveries d where d.lane = p_row.lane and d.state = 'sent'));
  if v_until > v_now then
    return jsonb_build_object('wait', v_until);
  end if;
  return jsonb_build_object('upto_seq', v_upto, 'send', jsonb_build_object(
    'to', v_contact.email, 'name', coalesce(v_contact.nombre_completo, ''),
    'languages', jsonb_build_array(v_conversation.locale), 'site', private.mail_site_json(v_site),
    'contact_id', v_contact.id, 'messages', v_messages, 'earlier', v_count - jsonb_array_length(v_messages),
    'page', (
      select s.datos #>> '{page,url}' from public.webchat_sessions s
      where s.site_id = p_row.site_id and s.conversacion_id = v_conversation.id
      order by s.last_activity desc limit 1),
    'origins', to_jsonb(v_site.allowed_origins)));
end
$$;

-- Name: prompt_json(public.prompt_versions, jsonb, boolean); Type: FUNCTION; Schema: private

CREATE FUNCTION private.prompt_json(p_version public.prompt_versions, p_state jsonb, p_content boolean) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'number', p_version.number, 'sha256', p_version.sha256, 'note', p_version.note, 'base', p_version.base,
    'author', coalesce((select s.name from public.staff s where s.id::text = p_version.author), p_version.author),
    'created_at', private.iso(p_version.created_at),
    'put_away', p_version.archived_at is not null,
    'state', case
      when p_version.archived_at is not null then 'archived'
      when (p_state ->> 'live')::int = p_version.number then 'published'
      when (p_state #>> '{canary,number}')::int = p_version.number then 'canary'
      when exists (select from jsonb_array_elements(p_state -> 'scheduled') n where (n ->> 'number')::int = p_version.number)
        then 'scheduled'
      when exists (select from public.prompt_releases r where r.site_id = p_version.site_id
        and r.number = p_version.number and r.cancelled_at is null) then 'archived'
      else 'draft' end)
    || case when p_content then jsonb_build_object('content', p_version.content) else '{}' end
$$;

-- Name: prompt_state(uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.prompt_state(p_site uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  with effective as (
    select r.* from public.prompt_releases r
    where r.site_id = p_site and r.cancelled_at is null and r.effective_at <= clock_timestamp()
  ), live as (
    select * from effective e where e.percent = 100 order by e.effective_at desc, e.position desc limit 1
  ), later as (
    select e.* from effective e
    where not exists (select from live) or (e.effective_at, e.position) > (select l.effective_at, l.position from live l)
  ), newest as (
    select * from later e order by e.effective_at desc, e.position desc limit 1
  )
  select jsonb_build_object(
    'live', coalesce((select l.number from live l), 0),
    'since', (select private.iso(l.effective_at) from live l),
    'canary', (
      select jsonb_build_object('number', n.number, 'percent', n.percent, 'stages', (
        select jsonb_agg(jsonb_build_object('percent', e.percent,
          'since_ms', floor(extract(epoch from e.effective_at) * 1000)::bigint) order by e.effective_at, e.position)
        from later e where e.number = n.number))
      from newest n where n.percent between 1 and 99),
    'scheduled', (
      select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'percent', r.percent,
        'at', private.iso(r.effective_at)) order by r.effective_at, r.position), '[]')
      from public.prompt_releases r
      where r.site_id = p_site and r.cancelled_at is null and r.effective_at > clock_timestamp()))
$$;

-- Name: put_document(uuid, text, jsonb, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.put_document(p_site uuid, p_by text, p_document jsonb, p_passages jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_document public.knowledge_documents;
begin
  insert into public.knowledge_documents as d (site_id, slug, locale, title, body, updated_by)
  values (p_site, p_document ->> 'slug', p_document ->> 'locale', p_document ->> 'title', p_document ->> 'body', p_by)
  on conflict (site_id, slug, locale) do update set
    title = excluded.title, body = excluded.body, updated_by = excluded.updated_by, updated_at = now()
  returning * into v_document;
  insert into public.knowledge_passages as p (document_id, site_id, ordinal, heading, body, search, digest)
  select v_document.id, p_site, n.ordinality, n.value ->> 'heading', n.value ->> 'body',
    private.search_vector(coalesce(nullif(n.value ->> 'heading', ''), v_document.title),
      v_document.title || '. ' || (n.value ->> 'body')),
    private.digest_to_embed('passage',
      private.text_to_embed(v_document.title, n.value ->> 'heading', n.value ->> 'body'))
  from jsonb_array_elements(p_passages) with ordinality n
  on conflict (document_id, ordinal) do update set
    heading = excluded.heading, body = excluded.body, search = excluded.search, digest = excluded.digest;
  delete from public.knowledge_passages p
  where p.site_id = p_site and p.document_id = v_document.id and p.ordinal > jsonb_array_length(p_passages);
  return private.document_json(v_document, true);
end
$$;

-- Name: put_item(uuid, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.put_item(p_site uuid, p_item jsonb) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_old jsonb;
  v_new public.knowledge_items;
  v_facts text := private.facts_text(coalesce(p_item -> 'facts', '[]'));
begin
  select private.item_json(i) - 'updated_at' into v_old
  from public.knowledge_items i where i.site_id = p_site and i.item_id = p_item ->> 'id' for update;
  if v_old = p_item then
    return 'unchanged';
  end if;
  insert into public.knowledge_items as i (site_id, item_id, title, price, currency, image, url, facts, availability, search,
    digest)
  values (p_site, p_item ->> 'id', p_item ->> 'title', (p_item ->> 'price')::numeric, p_item ->> 'currency',
    p_item ->> 'image', p_item ->> 'url', coalesce(p_item -> 'facts', '[]'), p_item ->> 'availability',
    private.search_vector(p_item ->> 'title', v_facts),
    private.digest_to_embed('item', private.text_to_embed(p_item ->> 'title', null, v_facts)))
  on conflict (site_id, item_id) do update set
    title = excluded.title, price = excluded.price, currency = excluded.currency, image = excluded.image,
    url = excluded.url, facts = excluded.facts, availability = excluded.availability, search = excluded.search,
    digest = excluded.digest, updated_at = now()
  returning * into v_new;
  return case when v_old is null then 'added' else 'changed' end;
end
$$;

-- Name: queue_embeddings(text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.queue_embeddings(p_model text) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_queued int;
begin
  insert into public.knowledge_embeddings (site_id, digest, model)
  select t.site_id, t.digest, p_model
  from (
    select i.site_id, i.digest from public.knowledge_items i
    union
    select p.site_id, p.digest from public.knowledge_passages p
  ) t
  join public.sites s on s.id = t.site_id and s.disabled_at is null
  where not exists (
    select from public.knowledge_embeddings e
    where e.site_id = t.site_id and e.digest = t.digest and e.model = p_model)
  limit 5000
  on conflict do nothing;
  get diagnostics v_queued = row_count;
  if v_queued = 0 then
    delete from public.knowledge_embeddings e
    where e.model <> p_model and coalesce(e.embedded_at, e.created_at) < now() - interval '7 days';
  end if;
  return v_queued;
end
$$;

-- Name: quiet_until(public.staff_notification_settings, text, timestamp with time zone); Type: FUNCTION; Schema: private

CREATE FUNCTION private.quiet_until(p_settings public.staff_notification_settings, p_site_zone text, p_now timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_zone text := private.known_zone(coalesce(p_settings.time_zone, p_site_zone));
  v_day date := (p_now at time zone v_zone)::date;
  v_time time := (p_now at time zone v_zone)::time;
  v_past_midnight boolean := p_settings.quiet_from > p_settings.quiet_to;
begin
  if p_settings.quiet_from is null then
    return null;
  elsif v_past_midnight and v_time >= p_settings.quiet_from then
    return (v_day + 1 + p_settings.quiet_to) at time zone v_zone;
  elsif v_time < p_settings.quiet_to and (v_past_midnight or v_time >= p_settings.quiet_from) then
    return (v_day + p_settings.quiet_to) at time zone v_zone;
  end if;
  return null;
end
$$;

-- Name: refresh_gaps(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.refresh_gaps(p_site uuid, p_contact uuid) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if not exists (
    select from public.leads g
    join public.contactos k on k.site_id = g.site_id and k.id = g.contacto_id
    where g.site_id = p_site and g.contacto_id = p_contact and g.gap is distinct from private.gap_of(g, k)) then
    return false;
  end if;
  with free as (
    select c.id from public.conversaciones c
    where c.site_id = p_site and c.contacto_id = p_contact
    order by c.id
    for update skip locked
  ), now_is as (
    select g.conversacion_id, private.gap_of(g, k) code
    from public.leads g
    join public.contactos k on k.site_id = g.site_id and k.id = g.contacto_id
    where g.site_id = p_site and g.contacto_id = p_contact
  )
  update public.leads l set
    gap = n.code,
    gap_since = case when n.code is not null then clock_timestamp() end,
    -- Put aside under one reason, it comes back under another.
    gap_dismissed_at = null,
    updated_at = clock_timestamp()
  from now_is n, free f
  where l.site_id = p_site and l.conversacion_id = n.conversacion_id and f.id = n.conversacion_id
    and l.gap is distinct from n.code;
  return found;
end
$$;

-- Name: release_conversations(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.release_conversations() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.conversaciones c set
    handler = case when c.handler = 'seller' then 'queue' else c.handler end, assignee = null, assigned_at = null,
    owner_epoch = c.owner_epoch + case when c.handler = 'seller' then 1 else 0 end,
    waiting_since = coalesce(c.waiting_since, clock_timestamp()),
    updated_at = clock_timestamp()
  where c.site_id = new.site_id and c.assignee = new.staff_id;
  update public.tasks t set assignee = null, updated_at = clock_timestamp()
  where t.site_id = new.site_id and t.assignee = new.staff_id and t.done_at is null;
  return new;
end
$$;

-- Name: replay_dead_letters(uuid, text, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.replay_dead_letters(p_site uuid, p_actor text, p_id uuid) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_deliveries int;
  v_events int;
begin
  update public.deliveries d set state = 'pending', attempts = 0, failure = null, finished_at = null, lease_until = null,
    available_at = clock_timestamp()
  where d.site_id = p_site and d.state = 'dead' and (p_id is null or d.id = p_id);
  get diagnostics v_deliveries = row_count;
  update public.outbox o set dead_at = null, attempts = 0, failure = null, available_at = clock_timestamp()
  where o.site_id = p_site and o.dead_at is not null and (p_id is null or o.id = p_id);
  get diagnostics v_events = row_count;
  if v_deliveries + v_events > 0 then
    perform private.audit(p_site, p_actor, 'notification.replayed', p_id::text,
      jsonb_build_object('count', v_deliveries + v_events));
  end if;
  return v_deliveries + v_events;
end
$$;

-- Name: reply_to(uuid, uuid, bigint, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.reply_to(p_site uuid, p_conversation uuid, p_seq bigint, p_parties jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select private.message_json(m, p_parties) || jsonb_build_object('response_id', t.response_id)
  from public.turns t
  join public.mensajes m on m.site_id = t.site_id and m.id = t.answer_message_id
  where t.site_id = p_site and t.conversacion_id = p_conversation and t.upto_seq >= p_seq and t.state = 'done'
  order by t.upto_seq
  limit 1
$$;

-- Name: request_handoff(public.conversaciones, text, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.request_handoff(p_conversation public.conversaciones, p_reason text, p_summary text) RETURNS public.mensajes
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if p_conversation.handler <> 'assistant' then
    return null;
  end if;
  update public.conversaciones c set
    handler = 'queue', handoff_reason = p_reason, handoff_summary = nullif(p_summary, ''),
    waiting_since = coalesce(c.waiting_since, clock_timestamp()), updated_at = now()
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload)
  values (p_conversation.site_id, 'handoff_requested', p_conversation.contacto_id, p_conversation.id,
    jsonb_build_object('reason', p_reason));
  return private.add_system_message(p_conversation, 'handoff.requested', jsonb_build_object('reason', p_reason));
end
$$;

-- Name: reserve_of_day(uuid, integer, bigint, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.reserve_of_day(p_site uuid, p_tokens integer, p_budget bigint, p_lease_seconds integer) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_today date := (now() at time zone 'UTC')::date;
  v_id uuid;
begin
  if p_budget > 0 and p_tokens > p_budget then
    return null;
  end if;
  insert into public.site_usage as u (site_id, day, reserved)
  values (p_site, v_today, p_tokens)
  on conflict (site_id, day) do update set reserved = u.reserved + p_tokens
    where p_budget = 0 or u.used + u.reserved + p_tokens <= p_budget;
  if found then
    insert into public.work_reservations (site_id, day, tokens, lease_until)
    values (p_site, v_today, p_tokens, clock_timestamp() + make_interval(secs => p_lease_seconds))
    returning id into v_id;
  end if;
  return v_id;
end
$$;

-- Name: reserve_tokens(uuid, uuid, integer, bigint, bigint); Type: FUNCTION; Schema: private

CREATE FUNCTION private.reserve_tokens(p_site uuid, p_session uuid, p_tokens integer, p_session_budget bigint, p_site_day_budget bigint) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_today date := (now() at time zone 'UTC')::date;
begin
  if p_tokens = 0 then
    return null;
  end if;
  update public.webchat_sessions s set tokens_reserved = s.tokens_reserved + p_tokens
  where s.site_id = p_site and s.id = p_session
    and (p_session_budget = 0 or s.tokens_used + s.tokens_reserved + p_tokens <= p_session_budget);
  if not found then
    return 'session';
  end if;
  if p_site_day_budget > 0 and p_tokens > p_site_day_budget then
    update public.webchat_sessions s set tokens_reserved = s.tokens_reserved - p_tokens
    where s.site_id = p_site and s.id = p_session;
    return 'site_day';
  end if;
  insert into public.site_usage as u (site_id, day, reserved)
  values (p_site, v_today, p_tokens)
  on conflict (site_id, day) do update set reserved = u.reserved + p_tokens
    where p_site_day_budget = 0 or u.used + u.reserved + p_tokens <= p_site_day_budget;
  if not found then
    update public.webchat_sessions s set tokens_reserved = s.tokens_reserved - p_tokens
    where s.site_id = p_site and s.id = p_session;
    return 'site_day';
  end if;
  return null;
end
$$;

-- Name: restart_deadline(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.restart_deadline() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if new.waiting_since is distinct from old.waiting_since then
    new.answer_due_at := null;
    new.overdue_at := null;
  end if;
  if new.handler = 'assistant' then
    new.first_reply_at := null;
  end if;
  return new;
end
$$;

-- Name: retry_after(integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.retry_after(p_attempts integer) RETURNS interval
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select make_interval(secs => (array[10, 60, 300, 1200, 3600])[least(greatest(p_attempts, 1), 5)]
    * (0.67 + random() * 0.66))
$$;

-- Name: room_for_case(uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.room_for_case(p_site uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  -- Side by side, two admins would both be the last one.
  perform from public.sites s where s.id = p_site for update;
  if (select count(*) from public.eval_cases c where c.site_id = p_site and c.archived_at is null) >= 500 then
    raise sqlstate 'PT422' using message = 'eval.too_many', detail = 'a site has at most 500 cases';
  end if;
end
$$;

-- Name: room_for_run(uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.room_for_run(p_site uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform from public.sites s where s.id = p_site for update;
  if (select count(*) from public.eval_runs r where r.site_id = p_site and private.run_state(r) = 'running') >= 3 then
    raise sqlstate 'PT409' using message = 'eval.busy', detail = 'three runs are under way; wait for one, or cancel it';
  end if;
end
$$;

-- Name: run_json(public.eval_runs); Type: FUNCTION; Schema: private

CREATE FUNCTION private.run_json(p_run public.eval_runs) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('id', p_run.id, 'numbers', to_jsonb(p_run.numbers), 'repeats', p_run.repeats,
    'state', private.run_state(p_run), 'error', p_run.error, 'total', p_run.total,
    'cases', jsonb_array_length(p_run.cases),
    'can_continue', p_run.cases is not null and private.run_state(p_run) not in ('running', 'done'),
    'done', (select count(*) from public.eval_results r where r.site_id = p_run.site_id and r.run_id = p_run.id),
    'passed', (select count(*) from public.eval_results r
      where r.site_id = p_run.site_id and r.run_id = p_run.id and r.passed),
    'by', coalesce((select s.name from public.staff s where s.id::text = p_run.author), p_run.author),
    'created_at', private.iso(p_run.created_at), 'finished_at', private.iso(p_run.finished_at))
$$;

-- Name: run_state(public.eval_runs); Type: FUNCTION; Schema: private

CREATE FUNCTION private.run_state(p_run public.eval_runs) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select case when p_run.state = 'running' and p_run.lease_until < clock_timestamp() then 'interrupted' else p_run.state end
$$;

-- Name: search_fused(uuid, text, text, text, integer, text, text, double precision); Type: FUNCTION; Schema: private

CREATE FUNCTION private.search_fused(p_site uuid, p_query text, p_locale text, p_item text, p_limit integer, p_vector text, p_model text, p_least double precision) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_listed constant int := 40;
  v_words text[] := tsvector_to_array(private.stems(p_locale, left(p_query, 2000)));
  v_query tsquery := private.any_of(v_words);
  v_digests text[];
  v_similar double precision[];
begin
  select array_agg(n.digest), array_agg(n.similarity) into v_digests, v_similar
  from private.nearest_texts(p_site, p_model, p_vector, p_least, v_listed) n;
  return jsonb_build_object(
    'words', to_jsonb(v_words),
    'items', (
      with worded as (
        select w.item_id, row_number() over (order by w.named desc, w.rank desc, w.item_id) as place
        from (
          select i.item_id, ts_rank(i.search, v_query) as rank,
            cardinality(array(select w from unnest(v_words) w
              where w = any (tsvector_to_array(ts_filter(i.search, '{a}'))))) as named
          from public.knowledge_items i
          where i.site_id = p_site and i.search @@ v_query
          order by named desc, rank desc, i.item_id
          limit v_listed
        ) w
      ), meant as (
        select i.item_id, n.similarity, row_number() over (order by n.similarity desc, i.item_id) as place
        from unnest(v_digests, v_similar) n (digest, similarity)
        join public.knowledge_items i on i.site_id = p_site and i.digest = n.digest
      ), listed as (
        select item_id, coalesce(1.0 / (60 + w.place), 0) + coalesce(1.0 / (60 + m.place), 0) as score, m.similarity
        from worded w full join meant m using (item_id)
      ), found as (
        select i as item, i.item_id is not distinct from p_item as current, coalesce(l.score, 0) as score, l.similarity,
          array(select w from unnest(v_words) w
            where w = any (tsvector_to_array(ts_filter(i.search, '{a}'))) order by w) as named
        from public.knowledge_items i
        left join listed l on l.item_id = i.item_id
        where i.site_id = p_site and i.item_id = any (array(select item_id from listed) || p_item)
        order by current desc, score desc, cardinality(array(select w from unnest(v_words) w
          where w = any (tsvector_to_array(ts_filter(i.search, '{a}'))))) desc, i.item_id
        limit p_limit
      )
      select coalesce(jsonb_agg(private.item_json(f.item)
        || jsonb_build_object('named', to_jsonb(f.named), 'near', round(f.similarity::numeric, 3))
        order by f.current desc, f.score desc, cardinality(f.named) desc, (f.item).item_id), '[]')
      from found f),
    'passages', (
      with worded as (
        select w.document_id, w.ordinal,
          row_number() over (order by w.score desc, w.slug, w.ordinal) as place
        from (
          select p.document_id, p.ordinal, d.slug,
            ts_rank(p.search, v_query) * case when d.locale = p_locale then 1.0 else 0.4 end as score
          from public.knowledge_passages p
          join public.knowledge_documents d on d.site_id = p.site_id and d.id = p.document_id
          where p.site_id = p_site and p.search @@ v_query
          order by score desc, d.slug, p.ordinal
          limit v_listed
        ) w
      ), meant as (
        -- Of a text and its translation, which mean the same, the visitor's own language first.
        select p.document_id, p.ordinal, n.similarity, row_number() over (
          order by n.similarity * case when d.locale = p_locale then 1.0 else 0.9 end desc, d.slug, p.ordinal) as place
        from unnest(v_digests, v_similar) n (digest, similarity)
        join public.knowledge_passages p on p.site_id = p_site and p.digest = n.digest
        join public.knowledge_documents d on d.site_id = p.site_id and d.id = p.document_id
      ), listed as (
        select document_id, ordinal, coalesce(1.0 / (60 + w.place), 0) + coalesce(1.0 / (60 + m.place), 0) as score,
          m.similarity
        from worded w full join meant m using (document_id, ordinal)
        order by score desc, document_id, ordinal
        limit p_limit
      )
      select coalesce(jsonb_agg(jsonb_build_object(
        'document', d.slug, 'title', d.title, 'locale', d.locale, 'heading', p.heading, 'body', p.body,
        'headed', to_jsonb(array(select w from unnest(v_words) w
          where w = any (tsvector_to_array(ts_filter(p.search, '{a}'))) order by w)),
        'matched', (select count(*) from unnest(v_words) w where w = any (tsvector_to_array(p.search))),
        'near', round(l.similarity::numeric, 3))
        order by l.score desc, d.slug, p.ordinal), '[]')
      from listed l
      join public.knowledge_passages p on p.site_id = p_site and p.document_id = l.document_id and p.ordinal = l.ordinal
      join public.knowledge_documents d on d.site_id = p.site_id and d.id = p.document_id));
end
$$;

-- Name: search_vector(text, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.search_vector(p_called text, p_said text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
  select setweight(private.stems('es', p_called) || private.stems('en', p_called) || private.stems('pt', p_called), 'A')
    || setweight(private.stems('es', p_said) || private.stems('en', p_said) || private.stems('pt', p_said), 'C')
$$;

-- Name: session_json(public.webchat_sessions); Type: FUNCTION; Schema: private

CREATE FUNCTION private.session_json(p_session public.webchat_sessions) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return jsonb_build_object(
    'session_id', p_session.session_id,
    'conversation_id', p_session.conversacion_id,
    'contact_id', p_session.contacto_id,
    'locale', p_session.locale,
    'expires_at', private.iso(p_session.expires_at));
end
$$;

-- Name: session_of_contact(uuid, text, uuid, text, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.session_of_contact(p_site uuid, p_token_hash text, p_contact uuid, p_locale text, p_metadata jsonb) RETURNS public.webchat_sessions
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions;
begin
  v_session := private.new_session(p_site, p_token_hash, null, p_locale, p_metadata);
  update public.webchat_sessions s set
    contacto_id = p_contact,
    conversacion_id = coalesce((
      select c.id from public.conversaciones c
      where c.site_id = p_site and c.contacto_id = p_contact
      order by c.last_message_at desc nulls last, c.created_at desc limit 1), s.conversacion_id)
  where s.site_id = p_site and s.id = v_session.id
  returning s.* into v_session;
  return v_session;
end
$$;

-- Name: session_of_conversation(public.conversaciones); Type: FUNCTION; Schema: private

CREATE FUNCTION private.session_of_conversation(p_conversation public.conversaciones) RETURNS uuid
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select s.id from public.webchat_sessions s
  where s.site_id = p_conversation.site_id and s.conversacion_id = p_conversation.id
  order by s.last_activity desc, s.id desc limit 1
$$;

-- Name: set_manual_quality(public.conversaciones, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.set_manual_quality(p_conversation public.conversaciones, p_quality text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_lead public.leads := private.open_lead(p_conversation);
begin
  update public.leads l set manual_quality = p_quality, updated_at = clock_timestamp()
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id;
  update public.conversaciones c set lead_quality = coalesce(p_quality, v_lead.quality)
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  if coalesce(p_quality, v_lead.quality) is distinct from coalesce(v_lead.manual_quality, v_lead.quality) then
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload)
    values (p_conversation.site_id, 'chat.lead.updated', p_conversation.contacto_id, p_conversation.id,
      jsonb_build_object('quality', coalesce(p_quality, v_lead.quality), 'score', v_lead.score,
        'previous_quality', coalesce(v_lead.manual_quality, v_lead.quality)));
  end if;
end
$$;

-- Name: settle_erased(uuid, uuid[]); Type: FUNCTION; Schema: private

CREATE FUNCTION private.settle_erased(p_site uuid, p_conversations uuid[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_turn public.turns;
begin
  for v_turn in
    select * from public.turns t
    where t.site_id = p_site and t.conversacion_id = any (p_conversations) and t.state = 'running'
    for update
  loop
    perform private.settle_tokens(v_turn, v_turn.tokens_reserved / 4);
  end loop;
end
$$;

-- Name: turns; Type: TABLE; Schema: public

CREATE TABLE public.turns (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    conversacion_id uuid NOT NULL,
    webchat_session uuid NOT NULL,
    state text DEFAULT 'running'::text NOT NULL,
    upto_seq bigint NOT NULL,
    owner_epoch integer NOT NULL,
    worker text NOT NULL,
    lease_until timestamp with time zone NOT NULL,
    fence integer DEFAULT 1 NOT NULL,
    attempt integer DEFAULT 1 NOT NULL,
    over_budget text,
    tokens_reserved integer DEFAULT 0 NOT NULL,
    reserved_on date DEFAULT ((now() AT TIME ZONE 'UTC'::text))::date NOT NULL,
    source text,
    failure text,
    model text,
    prompt_ref text,
    response_id text,
    input_tokens integer DEFAULT 0 NOT NULL,
    output_tokens integer DEFAULT 0 NOT NULL,
    cached_tokens integer DEFAULT 0 NOT NULL,
    first_text_ms integer,
    answer_message_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT turns_over_budget_check CHECK ((over_budget = ANY (ARRAY['session'::text, 'site_day'::text]))),
    CONSTRAINT turns_source_check CHECK ((source = ANY (ARRAY['model'::text, 'guided'::text]))),
    CONSTRAINT turns_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'superseded'::text])))
);

-- Name: settle_tokens(public.turns, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.settle_tokens(p_turn public.turns, p_used integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if p_turn.tokens_reserved = 0 and p_used = 0 then
    return;
  end if;
  update public.webchat_sessions s
  set tokens_reserved = greatest(s.tokens_reserved - p_turn.tokens_reserved, 0), tokens_used = s.tokens_used + p_used
  where s.site_id = p_turn.site_id and s.id = p_turn.webchat_session;
  update public.site_usage u
  set reserved = greatest(u.reserved - p_turn.tokens_reserved, 0), used = u.used + p_used
  where u.site_id = p_turn.site_id and u.day = p_turn.reserved_on;
end
$$;

-- Name: site_admin_json(public.sites); Type: FUNCTION; Schema: private

CREATE FUNCTION private.site_admin_json(p_site public.sites) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'id', p_site.id, 'slug', p_site.slug, 'public_key', p_site.public_key, 'name', p_site.name,
    'former_keys', private.former_keys_json(p_site.id),
    'locale', p_site.locale, 'region', p_site.region, 'time_zone', p_site.time_zone,
    'allowed_origins', (select coalesce(jsonb_agg(o order by o), '[]') from unnest(p_site.allowed_origins) as o),
    'image_origins', coalesce(p_site.settings -> 'image_origins', '[]'),
    'appearance', coalesce(p_site.settings -> 'appearance', '{}'),
    -- Whether there is a secret, and since when; never what it is.
    'identity_secret_at', (
      select private.iso(k.created_at) from public.site_secrets k
      where k.site_id = p_site.id and k.purpose = 'identity'))
$$;

-- Name: site_by_key(text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.site_by_key(p_public_key text) RETURNS public.sites
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_site public.sites;
begin
  select * into v_site from public.sites s where s.public_key = p_public_key and s.disabled_at is null;
  if not found then
    select s.* into v_site
    from public.site_former_keys f
    join public.sites s on s.id = f.site_id
    where f.public_key = p_public_key and f.valid_until > now() and s.disabled_at is null;
  end if;
  if v_site.id is null then
    raise sqlstate 'PT401' using message = 'site.unknown_key';
  end if;
  return v_site;
end
$$;

-- Name: site_json(public.sites); Type: FUNCTION; Schema: private

CREATE FUNCTION private.site_json(p_site public.sites) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'id', p_site.id, 'slug', p_site.slug, 'public_key', p_site.public_key, 'name', p_site.name,
    'former_keys', (
      select coalesce(jsonb_agg(f.public_key order by f.public_key), '[]') from public.site_former_keys f
      where f.site_id = p_site.id and f.valid_until > now()),
    'allowed_origins', to_jsonb(p_site.allowed_origins), 'locale', p_site.locale, 'region', p_site.region,
    'time_zone', p_site.time_zone, 'settings', p_site.settings)
$$;

-- Name: site_of_slug(text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.site_of_slug(p_slug text) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_site uuid;
begin
  select s.id into v_site from public.sites s where s.slug = p_slug;
  if not found then
    raise sqlstate 'PT404' using message = 'site.not_found';
  end if;
  return v_site;
end
$$;

-- Name: staff_json(public.staff); Type: FUNCTION; Schema: private

CREATE FUNCTION private.staff_json(p_staff public.staff) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('uuid', p_staff.id, 'number', private.number_of(p_staff.id), 'email', p_staff.email,
    'name', p_staff.name, 'avatar', p_staff.avatar)
$$;

-- Name: staff_party(uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.staff_party(p_staff uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('uuid', s.id, 'name', s.name, 'avatar', s.avatar) from public.staff s where s.id = p_staff
$$;

-- Name: stems(text, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.stems(p_locale text, p_text text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
declare
  v_text text := translate(private.fold(p_text), '_@~/', '    ');
begin
  return case p_locale
    when 'en' then to_tsvector('pg_catalog.english', v_text)
    when 'pt' then to_tsvector('pg_catalog.portuguese', v_text)
    else to_tsvector('pg_catalog.spanish', v_text) end;
end
$$;

-- Name: still_matters(public.staff_sites, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.still_matters(p_in public.staff_sites, p_item jsonb) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select (p_in.away or p_in.last_seen_at is null or p_in.last_seen_at < (p_item ->> 'at')::timestamptz)
    and exists (
      select from public.conversaciones c
      where c.site_id = p_in.site_id and c.id = (p_item ->> 'conversation')::uuid and c.status = 'active'
        and (c.snoozed_until is null or c.snoozed_until <= now())
        and case p_item ->> 'event'
          when 'waiting' then c.handler = 'queue' and (c.assignee is null or c.assignee = p_in.staff_id)
          else c.handler = 'seller' and c.assignee = p_in.staff_id and not exists (
            select from public.conversation_participants p
            where p.conversacion_id = c.id and p.staff_id = p_in.staff_id
              and p.last_read_at > (p_item ->> 'at')::timestamptz)
            and (p_item ->> 'event' = 'assigned' or c.last_visitor_seq > c.answered_seq) end)
$$;

-- Name: store_facts(public.conversaciones, uuid, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.store_facts(p_conversation public.conversaciones, p_turn uuid, p_facts jsonb) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $_$
declare
  v_good int;
begin
  if jsonb_array_length(p_facts) = 0 then
    return 0;
  end if;
  with told as materialized (
    select f.value fact, f.ordinality place, f.value ->> 'quote' quote,
      case when f.value ->> 'message_id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        then (f.value ->> 'message_id')::uuid end message_id
    from jsonb_array_elements(p_facts) with ordinality f
    where f.value ->> 'source' in ('model', 'extractor') and length(f.value ->> 'quote') between 1 and 1000
      and length(f.value ->> 'value') between 1 and 500 and f.value ->> 'criterion' ~ '^[a-z][a-z0-9_]{0,39}$'
  ), good as (
    select t.fact, t.place, t.quote, t.message_id, m.seq, m.texto
    from told t
    cross join lateral (select * from public.mensajes o where o.id = t.message_id offset 0) m
    where m.site_id = p_conversation.site_id and m.conversacion_id = p_conversation.id
      and m.author = 'visitor' and m.deleted_at is null and position(t.quote in m.texto) > 0
  ), stored as (
    insert into public.lead_facts (site_id, conversacion_id, turn_id, criterion, value, data, message_id, quote, seq, start, source)
    select p_conversation.site_id, p_conversation.id, p_turn, g.fact ->> 'criterion', g.fact ->> 'value',
      nullif(g.fact -> 'data', '{}'), g.message_id, g.quote, g.seq,
      case when substr(g.texto, (g.fact ->> 'start')::int + 1, length(g.quote)) = g.quote
        then (g.fact ->> 'start')::int else position(g.quote in g.texto) - 1 end,
      g.fact ->> 'source'
    from good g
    order by g.place
    on conflict (message_id, criterion, value) do nothing
  )
  select count(*) into v_good from good;
  return jsonb_array_length(p_facts) - v_good;
end
$_$;

-- Name: stored_export(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.stored_export(p_site uuid, p_export uuid) RETURNS public.lead_exports
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_export public.lead_exports;
begin
  select * into v_export from public.lead_exports e where e.site_id = p_site and e.id = p_export;
  if not found then
    raise sqlstate 'PT404' using message = 'export.not_found';
  end if;
  return v_export;
end
$$;

-- Name: staff_push_subscriptions; Type: TABLE; Schema: public

CREATE TABLE public.staff_push_subscriptions (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    endpoint text NOT NULL,
    p256dh text NOT NULL,
    auth text NOT NULL,
    label text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_sent_at timestamp with time zone,
    CONSTRAINT staff_push_subscriptions_auth_check CHECK (((length(auth) >= 20) AND (length(auth) <= 30))),
    CONSTRAINT staff_push_subscriptions_endpoint_check CHECK (((length(endpoint) >= 10) AND (length(endpoint) <= 2000))),
    CONSTRAINT staff_push_subscriptions_label_check CHECK ((length(label) <= 200)),
    CONSTRAINT staff_push_subscriptions_p256dh_check CHECK (((length(p256dh) >= 80) AND (length(p256dh) <= 100)))
);

-- Name: subscription_json(public.staff_push_subscriptions); Type: FUNCTION; Schema: private

CREATE FUNCTION private.subscription_json(p_subscription public.staff_push_subscriptions) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('id', p_subscription.id, 'label', p_subscription.label,
    'created_at', private.iso(p_subscription.created_at), 'last_sent_at', private.iso(p_subscription.last_sent_at))
$$;

-- Name: supersede_turn(public.conversaciones); Type: FUNCTION; Schema: private

CREATE FUNCTION private.supersede_turn(p_conversation public.conversaciones) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_turn public.turns;
begin
  update public.turns t set state = 'superseded', finished_at = clock_timestamp()
  where t.site_id = p_conversation.site_id and t.conversacion_id = p_conversation.id and t.state = 'running'
  returning * into v_turn;
  if found then
    perform private.settle_tokens(v_turn, 0);
    update public.turns t set tokens_reserved = 0 where t.site_id = v_turn.site_id and t.id = v_turn.id;
  end if;
  return v_turn.id;
end
$$;

-- Name: task_json(public.tasks); Type: FUNCTION; Schema: private

CREATE FUNCTION private.task_json(p_task public.tasks) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'id', p_task.id,
    'conversation_uuid', p_task.conversacion_id,
    'kind', p_task.kind,
    'text', p_task.text,
    'due_at', private.iso(p_task.due_at),
    'overdue', p_task.done_at is null and p_task.due_at <= now(),
    'assignee', private.staff_party(p_task.assignee),
    'author', p_task.author,
    'created_by', private.staff_party(p_task.created_by),
    'message_id', p_task.message_id,
    'contact', (
      select jsonb_build_object('uuid', k.id, 'name', k.nombre_completo)
      from public.conversaciones c
      join public.contactos k on k.site_id = c.site_id and k.id = c.contacto_id
      where c.site_id = p_task.site_id and c.id = p_task.conversacion_id),
    'created_at', private.iso(p_task.created_at),
    'done_at', private.iso(p_task.done_at),
    'done_by', private.staff_party(p_task.done_by))
$$;

-- Name: tell_staff(uuid, uuid, text, uuid, jsonb); Type: FUNCTION; Schema: private

CREATE FUNCTION private.tell_staff(p_site uuid, p_staff uuid, p_event text, p_conversation uuid, p_channels jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_now timestamptz := clock_timestamp();
  v_settings public.staff_notification_settings := private.notification_settings(p_site, p_staff);
  v_item jsonb := jsonb_build_object('event', p_event, 'conversation', p_conversation);
  v_news jsonb := jsonb_build_object('items', jsonb_build_array(v_item));
  v_quiet timestamptz := private.quiet_until(v_settings, (select t.time_zone from public.sites t where t.id = p_site), v_now);
  v_lane record;
begin
  for v_lane in
    select 'push' as channel, 'push:' || s.id as name, s.id as subscription, interval '0' as after
    from public.staff_push_subscriptions s
    where p_channels ? 'push' and p_event = any (v_settings.push) and s.site_id = p_site and s.staff_id = p_staff
    union all
    select 'email', 'staff:' || p_site || ':' || p_staff, null, interval '3 minutes'
    where p_channels ? 'email' and p_event = any (v_settings.email)
  loop
    -- `@>`: whatever else stands in the entry, such as its moment.
    if exists (
      select from public.deliveries d
      where d.lane = v_lane.name and d.payload @> v_news
        and (d.state = 'pending'
          or (d.state = 'sent' and v_lane.channel = 'push' and d.finished_at > v_now - interval '5 minutes'))
        and (d.lease_until is null or d.lease_until <= v_now)) then
      continue;
    end if;
    update public.deliveries d
    set payload = jsonb_set(d.payload, '{items}', (d.payload -> 'items')
      || jsonb_build_array(v_item || jsonb_build_object('at', v_now)))
    where d.id = (
      select w.id from public.deliveries w
      where w.lane = v_lane.name and w.state = 'pending' and (v_lane.channel = 'email' or w.available_at > v_now)
        and (w.lease_until is null or w.lease_until <= v_now)
      order by w.created_at desc, w.id desc limit 1)
      -- Once more: a worker may claim it just now, and what is added then would be lost.
      and d.state = 'pending' and (d.lease_until is null or d.lease_until <= v_now);
    if not found then
      insert into public.deliveries (site_id, channel, kind, lane, staff_id, subscription_id, payload, available_at)
      values (p_site, v_lane.channel, 'inbox', v_lane.name, p_staff, v_lane.subscription,
        jsonb_build_object('items', jsonb_build_array(v_item || jsonb_build_object('at', v_now))),
        greatest(v_quiet, v_now + v_lane.after));
    end if;
  end loop;
end
$$;

-- Name: text_to_embed(text, text, text); Type: FUNCTION; Schema: private

CREATE FUNCTION private.text_to_embed(p_title text, p_heading text, p_body text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO ''
    AS $$
begin
  return left(concat_ws(E'\n', nullif(p_title, ''), nullif(p_heading, ''), nullif(p_body, '')), 6000);
end
$$;

-- Name: throttle(text, integer, interval); Type: FUNCTION; Schema: private

CREATE FUNCTION private.throttle(p_key text, p_most integer, p_window interval) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_now timestamptz := clock_timestamp();
  v_row public.staff_throttle;
begin
  insert into public.staff_throttle as t (key, attempts, window_ends)
  values (p_key, 1, v_now + p_window)
  on conflict (key) do update set
    attempts = case when t.window_ends <= v_now then 1 else t.attempts + 1 end,
    window_ends = case when t.window_ends <= v_now then v_now + p_window else t.window_ends end
  returning * into v_row;
  if v_row.attempts > p_most then
    return ceil(extract(epoch from v_row.window_ends - v_now));
  end if;
  return null;
end
$$;

-- Name: told_of_lead(uuid, uuid); Type: FUNCTION; Schema: private

CREATE FUNCTION private.told_of_lead(p_site uuid, p_conversation uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('lead', private.lead_event(l))
  from public.leads l where l.site_id = p_site and l.conversacion_id = p_conversation
$$;

-- Name: touch_json(jsonb, boolean); Type: FUNCTION; Schema: private

CREATE FUNCTION private.touch_json(p_touch jsonb, p_whole boolean) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select case when p_whole or p_touch is null then p_touch else jsonb_strip_nulls(jsonb_build_object(
    'utm_source', p_touch -> 'utm_source', 'utm_medium', p_touch -> 'utm_medium',
    'utm_campaign', p_touch -> 'utm_campaign')) end
$$;

-- Name: turn_json(public.turns, integer); Type: FUNCTION; Schema: private

CREATE FUNCTION private.turn_json(p_turn public.turns, p_history integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
declare
  v_conversation public.conversaciones;
  v_session public.webchat_sessions;
  v_contact public.contactos;
begin
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_turn.site_id and c.id = p_turn.conversacion_id;
  select * into v_session from public.webchat_sessions s
  where s.site_id = p_turn.site_id and s.id = p_turn.webchat_session;
  select * into v_contact from public.contactos k
  where k.site_id = p_turn.site_id and k.id = v_conversation.contacto_id;
  if v_session.id is null or v_contact.id is null then
    return null;
  end if;
  return jsonb_build_object(
    'turn_id', p_turn.id,
    'site_id', p_turn.site_id,
    'conversation_id', v_conversation.id,
    'session_id', v_session.session_id,
    'fence', p_turn.fence,
    'attempt', p_turn.attempt,
    'owner_epoch', p_turn.owner_epoch,
    'upto_seq', p_turn.upto_seq,
    'answered_seq', v_conversation.answered_seq,
    'over_budget', p_turn.over_budget,
    'locale', v_session.locale,
    'handler', v_conversation.handler,
    'item', v_session.datos -> 'item',
    'page', v_session.datos -> 'page',
    'thread', v_session.assistant_thread_id,
    'thread_seq', v_session.assistant_thread_seq,
    'lead', private.lead_case(v_conversation, p_turn.upto_seq, p_history),
    'contact', jsonb_build_object(
      'contact_id', v_contact.id, 'name', v_contact.nombre_completo, 'email', v_contact.email,
      'phone', v_contact.telefono,
      'consents', (
        select coalesce(jsonb_agg(latest.purpose), '[]')
        from (
          select distinct on (e.purpose) e.purpose, e.granted
          from public.consents e
          where e.site_id = p_turn.site_id and e.contacto_id = v_contact.id
          order by e.purpose, e.created_at desc, e.id desc
        ) latest
        where latest.granted)),
    'history', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'message_id', h.id, 'seq', h.seq, 'author', h.author,
        'text', case when h.author = 'system' then coalesce(h.datos #>> '{metadata,0,note}', '') else h.texto end,
        'source', h.datos ->> 'source',
        'meta', case when h.author = 'system' then jsonb_build_object('handed_back_by', h.datos #>> '{metadata,0,agent,name}')
          else coalesce(h.datos -> 'meta', '{}') end) order by h.seq), '[]')
      from (
        select m.id, m.seq, m.author, m.texto, m.datos
        from public.mensajes m
        where m.site_id = p_turn.site_id and m.conversacion_id = v_conversation.id
          and (m.seq <= p_turn.upto_seq or m.author <> 'visitor') and not m.private and m.deleted_at is null
          and (m.author <> 'system' or m.texto = 'agent.left')
        order by m.seq desc
        limit p_history
      ) h));
end
$$;

-- Name: unread_of(uuid, bigint); Type: FUNCTION; Schema: private

CREATE FUNCTION private.unread_of(p_conversation uuid, p_after bigint) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select count(*) from public.mensajes m
  where m.conversacion_id = p_conversation and m.seq > p_after and m.author = 'visitor' and m.deleted_at is null
$$;

-- Name: vector_schema(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.vector_schema() RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return (
    select n.nspname
    from pg_attribute a
    join pg_type t on t.oid = a.atttypid
    join pg_namespace n on n.oid = t.typnamespace
    where a.attrelid = to_regclass('public.knowledge_vectors') and a.attname = 'embedding' and not a.attisdropped);
end
$$;

-- Name: saved_views; Type: TABLE; Schema: public

CREATE TABLE public.saved_views (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    staff_id uuid,
    name text NOT NULL,
    filter jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT saved_views_filter_check CHECK ((jsonb_typeof(filter) = 'object'::text)),
    CONSTRAINT saved_views_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);

-- Name: view_json(public.saved_views); Type: FUNCTION; Schema: private

CREATE FUNCTION private.view_json(p_view public.saved_views) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('id', p_view.id, 'name', p_view.name, 'filter', p_view.filter,
    'shared', p_view.staff_id is null, 'updated_at', private.iso(p_view.updated_at))
$$;

-- Name: wake_conversation(); Type: FUNCTION; Schema: private

CREATE FUNCTION private.wake_conversation() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  new.snoozed_until := null;
  return new;
end
$$;

-- Name: welcome_hot(public.conversaciones); Type: FUNCTION; Schema: private

CREATE FUNCTION private.welcome_hot(p_conversation public.conversaciones) RETURNS public.mensajes
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones;
begin
  select * into strict v_conversation from public.conversaciones c
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  if v_conversation.status <> 'active' or exists (
    select from public.sites s
    where s.id = p_conversation.site_id and s.settings #> '{leads,handoff_when_hot}' = 'false') then
    return null;
  end if;
  return private.request_handoff(v_conversation, 'hot_lead', null);
end
$$;

-- Name: access_staff(text, text, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.access_staff(p_public_key text, p_token_hash text DEFAULT NULL::text, p_subject uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_site public.sites := private.site_by_key(p_public_key);
  v_session public.staff_sessions;
  v_staff public.staff;
  v_in public.staff_sites;
begin
  if p_token_hash is not null then
    select * into v_session from public.staff_sessions s
    where s.token_hash = p_token_hash and s.revoked_at is null and s.expires_at > now();
    select * into v_staff from public.staff s where s.id = v_session.staff_id and s.disabled_at is null;
  elsif p_subject is not null then
    select * into v_staff from public.staff s where s.supabase_user = p_subject and s.disabled_at is null;
  end if;
  if v_staff.id is null then
    raise sqlstate 'PT401' using message = 'staff.invalid_token';
  end if;
  v_in := private.access_member(v_site.id, v_staff.id);
  if v_session.last_used_at < now() - interval '5 minutes' then
    update public.staff_sessions s set last_used_at = now(), expires_at = now() + interval '12 hours'
    where s.id = v_session.id and s.revoked_at is null;
  end if;
  return private.membership_json(v_staff, v_in) || jsonb_build_object(
    'session_id', v_session.id, 'site', private.site_json(v_site));
end
$$;

-- Name: add_first_admin(text, text, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.add_first_admin(p_slug text, p_email text, p_name text, p_password_hash text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform pg_catalog.pg_advisory_xact_lock(7307199);
  if exists (select from public.staff) then
    return jsonb_build_object('created', false);
  end if;
  perform public.add_staff(p_slug, p_email, 'admin', p_name, p_password_hash);
  return jsonb_build_object('created', true);
end
$$;

-- Name: add_push_subscription(uuid, uuid, text, text, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.add_push_subscription(p_site uuid, p_staff uuid, p_endpoint text, p_p256dh text, p_auth text, p_label text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_subscription public.staff_push_subscriptions;
begin
  perform private.access_member(p_site, p_staff);
  delete from public.staff_push_subscriptions s where s.endpoint = p_endpoint and s.staff_id <> p_staff;
  insert into public.staff_push_subscriptions as s (site_id, staff_id, endpoint, p256dh, auth, label)
  values (p_site, p_staff, p_endpoint, p_p256dh, p_auth, p_label)
  on conflict (endpoint, site_id) do update set
    p256dh = excluded.p256dh, auth = excluded.auth, label = coalesce(excluded.label, s.label)
  where s.staff_id = p_staff
  returning * into v_subscription;
  if not found then
    raise sqlstate 'PT409' using message = 'push.subscription_taken';
  end if;
  delete from public.staff_push_subscriptions s
  where s.site_id = p_site and s.staff_id = p_staff and s.id not in (
    select o.id from public.staff_push_subscriptions o
    where o.site_id = p_site and o.staff_id = p_staff order by o.created_at desc, o.id desc limit 10);
  perform private.audit(p_site, p_staff::text, 'push.subscribed', v_subscription.id::text);
  return private.subscription_json(v_subscription);
end
$$;

-- Name: add_staff(text, text, text, text, text, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.add_staff(p_slug text, p_email text, p_role text, p_name text DEFAULT NULL::text, p_password_hash text DEFAULT NULL::text, p_supabase_user uuid DEFAULT NULL::uuid, p_token_hash text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_site public.sites;
  v_staff public.staff;
  v_in public.staff_sites;
begin
  select * into v_site from public.sites s where s.slug = p_slug;
  if not found then
    raise sqlstate 'PT404' using message = 'site.not_found';
  end if;
  insert into public.staff as s (email, name, password_hash, supabase_user)
  values (lower(p_email), coalesce(p_name, split_part(lower(p_email), '@', 1)), p_password_hash, p_supabase_user)
  on conflict (email) do update set
    name = coalesce(p_name, s.name),
    password_hash = coalesce(p_password_hash, s.password_hash),
    supabase_user = coalesce(p_supabase_user, s.supabase_user),
    disabled_at = null,
    updated_at = now()
  returning * into v_staff;
  if p_password_hash is not null then
    update public.staff_sessions s set revoked_at = now() where s.staff_id = v_staff.id and s.revoked_at is null;
  end if;
  insert into public.staff_sites as i (site_id, staff_id, role)
  values (v_site.id, v_staff.id, p_role)
  on conflict (site_id, staff_id) do update set role = p_role, disabled_at = null, updated_at = now()
  returning * into v_in;
  if p_token_hash is not null then
    update public.staff_links l set used_at = now()
    where l.staff_id = v_staff.id and l.purpose = 'reset' and l.used_at is null;
    insert into public.staff_links (purpose, site_id, staff_id, email, token_hash, created_by, expires_at)
    values ('reset', v_site.id, v_staff.id, v_staff.email, p_token_hash, 'operator', now() + interval '7 days');
  end if;
  perform private.audit(v_site.id, 'operator', 'staff.added', v_staff.id::text, jsonb_build_object('role', p_role));
  return private.membership_json(v_staff, v_in);
end
$$;

-- Name: add_task(uuid, uuid, uuid, text, text, timestamp with time zone, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.add_task(p_site uuid, p_staff uuid, p_conversation uuid, p_kind text, p_text text, p_due_at timestamp with time zone, p_assignee uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_task public.tasks;
begin
  insert into public.tasks (site_id, conversacion_id, kind, text, due_at, assignee, author, created_by)
  values (p_site, v_conversation.id, p_kind, p_text, p_due_at,
    private.access_task_holder(p_site, coalesce(p_assignee, p_staff)), 'seller', p_staff)
  returning * into v_task;
  perform private.audit(p_site, p_staff::text, 'task.added', v_task.id::text, jsonb_build_object('kind', p_kind));
  return private.task_json(v_task);
end
$$;

-- Name: archive_prompt(uuid, uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.archive_prompt(p_site uuid, p_staff uuid, p_number integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_version public.prompt_versions := private.find_prompt(p_site, p_number);
  v_state jsonb := private.prompt_state(p_site);
begin
  perform private.access_admin(p_site, p_staff);
  if private.prompt_json(v_version, v_state, false) ->> 'state' in ('published', 'canary', 'scheduled') then
    raise sqlstate 'PT409' using message = 'prompt.in_use', detail = 'publish another version first';
  end if;
  update public.prompt_versions v set archived_at = coalesce(v.archived_at, now())
  where v.site_id = p_site and v.number = p_number
  returning * into v_version;
  perform private.audit(p_site, p_staff::text, 'prompt.archived', p_number::text);
  return private.prompt_json(v_version, v_state, false);
end
$$;

-- Name: assign_conversation(uuid, uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.assign_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_to uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones;
begin
  if p_to = p_staff then
    return public.take_over(p_site, p_staff, p_conversation);
  end if;
  v_conversation := private.own_conversation(p_site, p_staff, p_conversation, true);
  if v_conversation.status = 'blocked' then
    raise sqlstate 'PT409' using message = 'conversation.blocked';
  end if;
  if not exists (
    select from public.staff_sites i join public.staff s on s.id = i.staff_id
    where i.site_id = p_site and i.staff_id = p_to and i.role in ('seller', 'admin') and i.disabled_at is null
      and s.disabled_at is null) then
    raise sqlstate 'PT404' using message = 'staff.not_found';
  end if;
  if v_conversation.handler = 'seller' and v_conversation.assignee = p_to then
    return private.owned_json(p_site, p_conversation, '{}', null, p_to, false);
  end if;
  return private.give_to_seller(v_conversation, p_staff, p_to, 'conversation.assigned');
end
$$;

-- Name: assist_turn(uuid, uuid, uuid, text, integer, integer, bigint, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.assist_turn(p_site uuid, p_staff uuid, p_conversation uuid, p_purpose text, p_history integer, p_reserve integer, p_budget bigint, p_lease_seconds integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_turn public.turns;
  v_told jsonb;
  v_reservation uuid;
begin
  if p_reserve > 0 then
    v_reservation := private.reserve_of_day(p_site, p_reserve, p_budget, p_lease_seconds);
  end if;
  v_turn.id := private.new_id();
  v_turn.site_id := p_site;
  v_turn.conversacion_id := p_conversation;
  v_turn.webchat_session := private.session_of_conversation(v_conversation);
  v_turn.upto_seq := v_conversation.last_visitor_seq;
  v_turn.owner_epoch := v_conversation.owner_epoch;
  v_turn.fence := 0;
  v_turn.attempt := 1;
  v_told := private.turn_json(v_turn, p_history);
  if v_told is null then
    raise sqlstate 'PT404' using message = 'conversation.not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'assist.' || p_purpose, p_conversation::text);
  return jsonb_build_object('turn', v_told, 'reservation', v_reservation,
    'spent', p_reserve > 0 and v_reservation is null);
end
$$;

-- Name: begin_eval_run(uuid, uuid, jsonb, integer, jsonb, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.begin_eval_run(p_site uuid, p_staff uuid, p_numbers jsonb, p_repeats integer, p_cases jsonb, p_lease_seconds integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_run public.eval_runs;
begin
  perform private.access_admin(p_site, p_staff);
  perform private.room_for_run(p_site);
  insert into public.eval_runs (site_id, position, numbers, repeats, total, cases, author, lease_until)
  values (p_site, coalesce((select max(r.position) from public.eval_runs r where r.site_id = p_site), 0) + 1,
    array(select n::int from jsonb_array_elements_text(p_numbers) n), p_repeats,
    jsonb_array_length(p_cases) * jsonb_array_length(p_numbers) * p_repeats, p_cases, p_staff::text,
    clock_timestamp() + make_interval(secs => p_lease_seconds))
  returning * into v_run;
  perform private.audit(p_site, p_staff::text, 'eval.run', v_run.id::text,
    jsonb_build_object('numbers', p_numbers, 'cases', jsonb_array_length(p_cases)));
  return private.run_json(v_run) || jsonb_build_object('fence', v_run.fence);
end
$$;

-- Name: begin_export(uuid, uuid, jsonb, text, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.begin_export(p_site uuid, p_staff uuid, p_request jsonb, p_worker text, p_lease_seconds integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_export public.lead_exports;
begin
  perform private.access_exporter(p_site, p_staff);
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('export:' || p_site::text, 0));
  if (select count(*) from public.lead_exports e
      where e.site_id = p_site and e.state = 'running' and e.lease_until > clock_timestamp()) >= 2 then
    raise sqlstate 'PT409' using message = 'export.too_many',
      detail = 'Two exports are running in this site: wait for one, or cancel it.';
  end if;
  insert into public.lead_exports (site_id, staff_id, actor, request, worker, lease_until, total)
  values (p_site, p_staff, coalesce(p_staff::text, 'operator'), p_request, p_worker,
    clock_timestamp() + make_interval(secs => p_lease_seconds),
    case p_request ->> 'unit'
      when 'conversation' then (select count(*) from public.conversaciones c where c.site_id = p_site)
      else (select count(*) from public.contactos k
        where k.site_id = p_site and k.address is not null) end)
  returning * into v_export;
  return private.export_json(v_export);
end
$$;

-- Name: begin_retention(text, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.begin_retention(p_worker text, p_lease_seconds integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if not private.hold_job('retention', p_worker, p_lease_seconds) then
    return '[]';
  end if;
  return coalesce((
    select jsonb_agg(s.id order by s.id) from public.sites s where (s.settings ->> 'retention_days')::int >= 1), '[]');
end
$$;

-- Name: begin_staff_sign_in(text, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.begin_staff_sign_in(p_public_key text, p_email text, p_address_hash text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_site public.sites := private.site_by_key(p_public_key);
  v_at text := private.email_at(p_email, p_address_hash);
  v_wait int;
begin
  if exists (select from public.staff_throttle t where t.key = 'known:' || v_at and t.window_ends > now()) then
    v_wait := private.throttle('tries:' || v_at, 8, interval '15 minutes');
  else
    v_wait := greatest(
      private.throttle('address:' || p_address_hash, 60, interval '15 minutes'),
      private.throttle(private.email_key(p_email), 8, interval '15 minutes'));
  end if;
  if v_wait is not null then
    raise sqlstate 'PT429' using message = 'staff.throttled', hint = v_wait::text;
  end if;
  return jsonb_build_object('site_id', v_site.id) || coalesce((
    select jsonb_build_object('staff_id', s.id, 'password_hash', s.password_hash)
    from public.staff s join public.staff_sites i on i.staff_id = s.id
    where s.email = lower(p_email) and i.site_id = v_site.id and i.disabled_at is null and s.disabled_at is null
      and s.password_hash is not null), '{"staff_id": null, "password_hash": null}');
end
$$;

-- Name: block_conversation(uuid, uuid, uuid, boolean); Type: FUNCTION; Schema: public

CREATE FUNCTION public.block_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_blocked boolean) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.own_conversation(p_site, p_staff, p_conversation, true);
  v_turn uuid;
begin
  if (v_conversation.status = 'blocked') = p_blocked then
    return private.owned_json(p_site, p_conversation, '{}', null, null, false);
  end if;
  if p_blocked then
    v_turn := private.supersede_turn(v_conversation);
  end if;
  update public.conversaciones c set
    status = case when p_blocked then 'blocked' else 'archived' end,
    archived_at = case when p_blocked then c.archived_at else clock_timestamp() end,
    handler = 'assistant', assignee = null, assigned_at = null, owner_epoch = c.owner_epoch + 1, waiting_since = null,
    snoozed_until = null, answered_seq = c.last_visitor_seq, updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation;
  perform private.join_conversation(v_conversation, p_staff);
  perform private.audit(p_site, p_staff::text,
    case when p_blocked then 'conversation.blocked' else 'conversation.unblocked' end, p_conversation::text);
  return private.owned_json(p_site, p_conversation, '{}', v_turn);
end
$$;

-- Name: cancel_eval_run(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.cancel_eval_run(p_site uuid, p_staff uuid, p_run uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_run public.eval_runs := private.find_run(p_site, p_run);
begin
  perform private.access_admin(p_site, p_staff);
  update public.eval_runs r set state = 'cancelled', error = null, finished_at = clock_timestamp()
  where r.site_id = p_site and r.id = v_run.id and r.state = 'running';
  if found then
    perform private.audit(p_site, p_staff::text, 'eval.run_cancelled', p_run::text);
  end if;
  return private.run_json(private.find_run(p_site, p_run));
end
$$;

-- Name: cancel_release(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.cancel_release(p_site uuid, p_staff uuid, p_release uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  update public.prompt_releases r set cancelled_at = now()
  where r.site_id = p_site and r.id = p_release and r.cancelled_at is null and r.effective_at > clock_timestamp();
  if not found then
    raise sqlstate 'PT404' using message = 'prompt.release_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'prompt.release_cancelled', p_release::text);
  return private.prompt_state(p_site);
end
$$;

-- Name: change_site(uuid, uuid, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.change_site(p_site uuid, p_staff uuid, p_patch jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_before public.sites;
  v_after public.sites;
  v_fields jsonb;
begin
  perform private.access_admin(p_site, p_staff);
  select * into v_before from public.sites s where s.id = p_site for update;
  update public.sites s set
    name = coalesce(p_patch ->> 'name', s.name),
    locale = coalesce(p_patch ->> 'locale', s.locale),
    region = coalesce(p_patch ->> 'region', s.region),
    time_zone = coalesce(p_patch ->> 'time_zone', s.time_zone),
    allowed_origins = case when p_patch ? 'allowed_origins'
      then array(select jsonb_array_elements_text(p_patch -> 'allowed_origins'))
      else s.allowed_origins end,
    settings = s.settings
      || case when p_patch ? 'image_origins'
           then jsonb_build_object('image_origins', p_patch -> 'image_origins') else '{}' end
      || case when p_patch ? 'appearance'
           then jsonb_build_object('appearance', p_patch -> 'appearance') else '{}' end,
    updated_at = now()
  where s.id = p_site
  returning * into v_after;
  if v_after.time_zone <> v_before.time_zone then
    -- Business hours are wall-clock times: deadlines are reckoned anew.
    update public.conversaciones c set answer_due_at = null, overdue_at = null
    where c.site_id = p_site and c.waiting_since is not null;
  end if;
  select jsonb_agg(f order by f) into v_fields from jsonb_object_keys(p_patch) as f;
  perform private.audit(p_site, p_staff::text, 'site.changed', p_site::text, jsonb_build_object('fields', v_fields));
  return private.site_admin_json(v_after);
end
$$;

-- Name: change_staff(uuid, uuid, uuid, text, boolean, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.change_staff(p_site uuid, p_actor uuid, p_staff uuid, p_role text DEFAULT NULL::text, p_disabled boolean DEFAULT NULL::boolean, p_capacity integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_before public.staff_sites;
  v_after public.staff_sites;
begin
  -- Two admins who demote each other at the same moment must not both succeed.
  perform from public.staff_sites i where i.site_id = p_site order by i.staff_id for update;
  perform private.access_admin(p_site, p_actor);
  select * into v_before from public.staff_sites i where i.site_id = p_site and i.staff_id = p_staff;
  if not found then
    raise sqlstate 'PT404' using message = 'staff.not_found';
  end if;
  update public.staff_sites i set
    role = coalesce(p_role, i.role),
    capacity = coalesce(p_capacity, i.capacity),
    disabled_at = case when p_disabled is null then i.disabled_at when p_disabled then coalesce(i.disabled_at, now()) end,
    updated_at = now()
  where i.site_id = p_site and i.staff_id = p_staff
  returning * into v_after;
  if not exists (
    select from public.staff_sites i join public.staff s on s.id = i.staff_id
    where i.site_id = p_site and i.role = 'admin' and i.disabled_at is null and s.disabled_at is null) then
    raise sqlstate 'PT409' using message = 'staff.last_admin';
  end if;
  if v_after.role <> v_before.role then
    perform private.audit(p_site, p_actor::text, 'staff.role_changed', p_staff::text,
      jsonb_build_object('from', v_before.role, 'to', v_after.role));
  end if;
  if v_after.capacity <> v_before.capacity then
    perform private.audit(p_site, p_actor::text, 'staff.capacity_changed', p_staff::text,
      jsonb_build_object('from', v_before.capacity, 'to', v_after.capacity));
  end if;
  if (v_after.disabled_at is null) <> (v_before.disabled_at is null) then
    perform private.audit(p_site, p_actor::text,
      case when v_after.disabled_at is null then 'staff.enabled' else 'staff.disabled' end, p_staff::text);
  end if;
  return (select private.membership_json(s, v_after) from public.staff s where s.id = p_staff);
end
$$;

-- Name: change_staff_password(uuid, uuid, text, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.change_staff_password(p_site uuid, p_staff uuid, p_known_hash text, p_password_hash text, p_token_hash text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_member(p_site, p_staff);
  update public.staff s set password_hash = p_password_hash, updated_at = now()
  where s.id = p_staff and s.password_hash is not distinct from p_known_hash;
  if not found then
    raise sqlstate 'PT401' using message = 'staff.wrong_credentials';
  end if;
  delete from public.staff_throttle t
  where t.key = private.email_key((select s.email from public.staff s where s.id = p_staff));
  update public.staff_sessions s set revoked_at = now()
  where s.staff_id = p_staff and s.revoked_at is null and s.token_hash is distinct from p_token_hash;
  perform private.audit(p_site, p_staff::text, 'staff.password_changed', p_staff::text);
  return jsonb_build_object('changed', true);
end
$$;

-- Name: change_task(uuid, uuid, uuid, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.change_task(p_site uuid, p_staff uuid, p_task uuid, p_patch jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_task public.tasks := private.access_task(p_site, p_staff, p_task);
begin
  if v_task.done_at is not null then
    raise sqlstate 'PT409' using message = 'task.done';
  end if;
  perform private.access_task_holder(p_site, (p_patch ->> 'assignee')::uuid);
  update public.tasks t set
    assignee = case when p_patch ? 'assignee' then (p_patch ->> 'assignee')::uuid else t.assignee end,
    due_at = coalesce((p_patch ->> 'due_at')::timestamptz, t.due_at),
    overdue_at = case when p_patch ->> 'due_at' is not null then null else t.overdue_at end,
    text = coalesce(p_patch ->> 'text', t.text),
    updated_at = clock_timestamp()
  where t.site_id = p_site and t.id = p_task
  returning * into v_task;
  perform private.audit(p_site, p_staff::text, 'task.changed', p_task::text, p_patch - 'text');
  return private.task_json(v_task);
end
$$;

-- Name: claim_abandoned_turns(text, integer, integer, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.claim_abandoned_turns(p_worker text, p_lease_seconds integer, p_history integer, p_limit integer DEFAULT 20) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_turn public.turns;
  v_claimed jsonb := '[]';
begin
  -- A seller took over while the worker was away: nobody may finish that reply.
  for v_turn in
    update public.turns t set state = 'superseded', finished_at = clock_timestamp()
    from public.conversaciones c
    where t.state = 'running' and t.lease_until <= clock_timestamp()
      and c.site_id = t.site_id and c.id = t.conversacion_id
      and (c.handler = 'seller' or c.owner_epoch <> t.owner_epoch)
    returning t.*
  loop
    perform private.settle_tokens(v_turn, 0);
  end loop;
  for v_turn in
    update public.turns t set
      fence = t.fence + 1, attempt = t.attempt + 1, worker = p_worker, upto_seq = c.last_visitor_seq,
      lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
    from public.conversaciones c
    where c.site_id = t.site_id and c.id = t.conversacion_id and t.id in (
      select a.id from public.turns a
      where a.state = 'running' and a.lease_until <= clock_timestamp()
        -- A site that is switched off answers nobody, until it is switched on again.
        and exists (select from public.sites s where s.id = a.site_id and s.disabled_at is null)
      order by a.lease_until
      limit p_limit
      for update skip locked)
    returning t.*
  loop
    v_claimed := v_claimed || private.turn_json(v_turn, p_history);
  end loop;
  return v_claimed;
end
$$;

-- Name: claim_deliveries(text, jsonb, integer, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.claim_deliveries(p_worker text, p_channels jsonb, p_lease_seconds integer, p_free jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_row public.deliveries;
  v_plan jsonb;
  v_free jsonb := p_free;
  v_claimed jsonb := '[]';
begin
  perform private.fan_out_due(p_channels, 100);
  for v_row in
    select * from public.deliveries d
    where d.state = 'pending' and d.available_at <= clock_timestamp() and (p_free ->> d.channel)::int > 0
      and (d.lease_until is null or d.lease_until <= clock_timestamp())
      and not exists (
        select from public.deliveries e
        where e.lane = d.lane and e.state = 'pending' and (e.created_at, e.id) < (d.created_at, d.id))
    order by d.available_at, d.id
    limit 200
    for update skip locked
  loop
    continue when (v_free ->> v_row.channel)::int <= 0;
    if v_row.attempts >= private.most_attempts() then
      perform private.fail_delivery(v_row, 'abandoned', true, null);
      continue;
    end if;
    v_row.attempts := v_row.attempts + 1;
    begin
      v_plan := private.plan_delivery(v_row);
    exception when others then
      v_plan := null;
      perform private.fail_delivery(v_row, 'plan.' || sqlstate, false, null);
    end;
    if v_plan is null then
      update public.deliveries d set attempts = v_row.attempts where d.id = v_row.id;
    elsif v_plan ? 'cancel' then
      update public.deliveries d set state = 'cancelled', failure = v_plan ->> 'cancel', finished_at = clock_timestamp(),
        payload = '{}'
      where d.id = v_row.id;
    elsif v_plan ? 'wait' then
      update public.deliveries d set available_at = (v_plan ->> 'wait')::timestamptz, lease_until = null
      where d.id = v_row.id;
    else
      update public.deliveries d set attempts = v_row.attempts, fence = d.fence + 1, worker = p_worker,
        lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds),
        upto_seq = (v_plan ->> 'upto_seq')::bigint
      where d.id = v_row.id
      returning * into v_row;
      v_free := v_free || jsonb_build_object(v_row.channel, (v_free ->> v_row.channel)::int - 1);
      v_claimed := v_claimed || jsonb_build_array(jsonb_build_object(
        'id', v_row.id, 'site_id', v_row.site_id, 'channel', v_row.channel, 'kind', v_row.kind, 'fence', v_row.fence,
        'attempt', v_row.attempts, 'content', v_plan -> 'send'));
    end if;
  end loop;
  return v_claimed;
end
$$;

-- Name: claim_embeddings(text, integer, integer, boolean); Type: FUNCTION; Schema: public

CREATE FUNCTION public.claim_embeddings(p_model text, p_limit integer, p_lease_seconds integer, p_look boolean DEFAULT false) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_queued int := 0;
  v_site uuid;
  v_texts jsonb;
begin
  if private.vector_schema() is null then
    return jsonb_build_object('ready', false, 'queued', 0, 'site', null, 'texts', '[]'::jsonb);
  end if;
  -- Held by nobody in particular: a clock for all processes together.
  if private.hold_job('knowledge.look', private.new_id()::text, 45) or p_look then
    v_queued := private.queue_embeddings(p_model);
  end if;
  select e.site_id into v_site
  from public.knowledge_embeddings e
  where e.model = p_model and e.embedded_at is null and e.due_at <= clock_timestamp()
  order by e.due_at limit 1;
  with mine as (
    select e.site_id, e.digest, e.model
    from public.knowledge_embeddings e
    where e.model = p_model and e.embedded_at is null and e.due_at <= clock_timestamp() and e.site_id = v_site
    order by e.due_at, e.digest
    limit least(greatest(p_limit, 1), 500)
    for update skip locked
  ), claimed as (
    update public.knowledge_embeddings e
    set attempts = e.attempts + 1, due_at = clock_timestamp() + make_interval(secs => p_lease_seconds)
    from mine m
    where e.site_id = m.site_id and e.digest = m.digest and e.model = m.model
    returning e.digest, e.attempts
  )
  select jsonb_agg(jsonb_build_object('digest', c.digest, 'text', t.text, 'attempts', c.attempts) order by c.digest)
  into v_texts
  from claimed c
  cross join lateral (
    (select private.text_to_embed(i.title, null, private.facts_text(i.facts)) as text
     from public.knowledge_items i where i.site_id = v_site and i.digest = c.digest limit 1)
    union all
    (select private.text_to_embed(d.title, p.heading, p.body)
     from public.knowledge_passages p
     join public.knowledge_documents d on d.site_id = p.site_id and d.id = p.document_id
     where p.site_id = v_site and p.digest = c.digest limit 1)
    limit 1
  ) t;
  return jsonb_build_object('ready', true, 'queued', v_queued, 'site', v_site, 'texts', coalesce(v_texts, '[]'));
end
$$;

-- Name: close_conversation(uuid, uuid, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.close_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_outcome text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.own_conversation(p_site, p_staff, p_conversation, true);
  v_turn uuid;
  v_message public.mensajes;
begin
  if v_conversation.status = 'blocked' then
    raise sqlstate 'PT409' using message = 'conversation.blocked';
  end if;
  if v_conversation.status = 'archived' then
    update public.conversaciones c set outcome = coalesce(p_outcome, c.outcome), updated_at = clock_timestamp()
    where c.site_id = p_site and c.id = p_conversation;
    return private.owned_json(p_site, p_conversation, '{}', null, null, false);
  end if;
  v_turn := private.supersede_turn(v_conversation);
  v_message := private.add_system_message(v_conversation, 'conversation.closed',
    jsonb_build_object('agent', private.staff_party(p_staff), 'outcome', p_outcome));
  -- Reopened by a visitor's message, it is the assistant's: the seller's stretch is over.
  update public.conversaciones c set
    status = 'archived', archived_at = clock_timestamp(), outcome = coalesce(p_outcome, c.outcome, 'pending'),
    handler = 'assistant', assignee = null, assigned_at = null, owner_epoch = c.owner_epoch + 1, waiting_since = null,
    snoozed_until = null, handoff_reason = null, handoff_summary = null, answered_seq = c.last_visitor_seq,
    updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation;
  perform private.join_conversation(v_conversation, p_staff);
  perform private.audit(p_site, p_staff::text, 'conversation.closed', p_conversation::text,
    jsonb_build_object('outcome', p_outcome));
  return private.owned_json(p_site, p_conversation, array[v_message], v_turn);
end
$$;

-- Name: complete_task(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.complete_task(p_site uuid, p_staff uuid, p_task uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_task public.tasks := private.access_task(p_site, p_staff, p_task);
begin
  if v_task.done_at is null then
    update public.tasks t set done_at = clock_timestamp(), done_by = p_staff, updated_at = clock_timestamp()
    where t.site_id = p_site and t.id = p_task
    returning * into v_task;
    perform private.audit(p_site, p_staff::text, 'task.completed', p_task::text);
  end if;
  return private.task_json(v_task);
end
$$;

-- Name: complete_turn(uuid, uuid, integer, text, text, jsonb, jsonb, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.complete_turn(p_site uuid, p_turn uuid, p_fence integer, p_text text, p_source text, p_facts jsonb, p_effects jsonb, p_claim jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_turn public.turns;
  v_conversation public.conversaciones;
  v_message public.mensajes;
  v_system public.mensajes;
  v_parties jsonb;
  v_messages jsonb;
  v_next jsonb;
  v_lead jsonb;
  v_lead_version int;
  v_used int := coalesce((p_facts ->> 'input_tokens')::int, 0) + coalesce((p_facts ->> 'output_tokens')::int, 0);
begin
  select c.* into v_conversation
  from public.turns t
  join public.conversaciones c on c.site_id = t.site_id and c.id = t.conversacion_id
  where t.site_id = p_site and t.id = p_turn
  for update of c;
  if not found then
    raise sqlstate 'PT404' using message = 'turn.not_found';
  end if;
  select * into strict v_turn from public.turns t where t.site_id = p_site and t.id = p_turn for update;
  v_parties := private.parties(p_site, v_conversation.contacto_id);
  if v_turn.fence <> p_fence then
    raise sqlstate 'PT409' using message = 'turn.fenced';
  end if;
  if v_turn.state = 'superseded' then
    return jsonb_build_object('accepted', false, 'handler', v_conversation.handler, 'messages', '[]'::jsonb, 'next_turn', null);
  end if;
  if v_turn.state = 'done' then
    select jsonb_build_array(private.message_json(m, v_parties)) into v_messages
    from public.mensajes m where m.site_id = p_site and m.id = v_turn.answer_message_id;
    return jsonb_build_object('accepted', true, 'handler', v_conversation.handler, 'messages', v_messages, 'next_turn', null);
  end if;

  perform private.settle_tokens(v_turn, v_used);
  if v_conversation.handler = 'seller' or v_conversation.owner_epoch <> v_turn.owner_epoch then
    update public.turns t set state = 'superseded', finished_at = clock_timestamp()
    where t.site_id = p_site and t.id = p_turn;
    return jsonb_build_object('accepted', false, 'handler', v_conversation.handler, 'messages', '[]'::jsonb, 'next_turn', null);
  end if;

  insert into public.mensajes (site_id, conversacion_id, seq, direccion, author, texto, datos, turn_id, attempt, prompt_ref,
    delivered_at)
  values (p_site, v_conversation.id, v_conversation.last_seq + 1, 'saliente', 'assistant', p_text,
    jsonb_strip_nulls(jsonb_build_object(
      'author', 'assistant', 'source', p_source,
      'quick_replies', nullif(p_effects -> 'quick_replies', '[]'::jsonb),
      'cards', p_effects -> 'cards',
      'meta', p_effects -> 'meta')),
    p_turn, v_turn.attempt, p_facts ->> 'prompt_ref', clock_timestamp())
  returning * into v_message;
  update public.conversaciones c set
    last_seq = v_message.seq, answered_seq = v_turn.upto_seq,
    last_message_text = left(p_text, 200), last_message_at = v_message.creado_en, updated_at = v_message.creado_en
  where c.site_id = p_site and c.id = v_conversation.id
  returning c.* into v_conversation;
  update public.turns t set
    state = 'done', finished_at = clock_timestamp(), source = p_source, answer_message_id = v_message.id,
    failure = p_facts ->> 'failure', model = p_facts ->> 'model', prompt_ref = p_facts ->> 'prompt_ref',
    response_id = p_facts ->> 'response_id',
    input_tokens = coalesce((p_facts ->> 'input_tokens')::int, 0),
    output_tokens = coalesce((p_facts ->> 'output_tokens')::int, 0),
    cached_tokens = coalesce((p_facts ->> 'cached_tokens')::int, 0),
    first_text_ms = (p_facts ->> 'first_text_ms')::int
  where t.site_id = p_site and t.id = p_turn;
  v_messages := jsonb_build_array(private.message_json(v_message, v_parties));

  if p_facts -> 'thread' is not null then
    update public.webchat_sessions s set
      assistant_thread_id = p_facts #>> '{thread,id}', assistant_thread_seq = v_turn.upto_seq
    where s.site_id = p_site and s.id = v_turn.webchat_session;
  end if;
  if p_effects ? 'contact' or p_effects ? 'consents' then
    v_lead_version := private.lead_version(v_conversation);
    perform private.apply_contact(p_site, v_conversation.contacto_id, v_conversation.id,
      p_effects -> 'contact', p_effects -> 'consents');
  end if;
  if p_effects ? 'handoff' then
    v_system := private.request_handoff(v_conversation, p_effects #>> '{handoff,reason}', p_effects #>> '{handoff,summary}');
    if v_system.id is not null then
      v_messages := v_messages || private.message_json(v_system, v_parties);
      v_conversation.handler := 'queue';
    end if;
  end if;
  if p_effects ? 'lead' then
    v_lead := private.apply_lead(v_conversation, p_turn, p_effects -> 'lead', v_lead_version);
    if v_lead -> 'message' <> 'null' then
      v_messages := v_messages || (v_lead -> 'message');
      v_conversation.handler := 'queue';
    end if;
  end if;

  if v_conversation.last_visitor_seq > v_turn.upto_seq then
    v_next := private.claim_turn(v_conversation, v_turn.webchat_session, v_conversation.last_visitor_seq, p_claim);
  elsif p_effects ? 'close' then
    v_system := private.close_by_assistant(v_conversation, p_effects #>> '{close,outcome}');
    if v_system.id is not null then
      v_messages := v_messages || private.message_json(v_system, v_parties);
    end if;
  end if;
  return jsonb_build_object('accepted', true, 'handler', v_conversation.handler, 'messages', v_messages, 'next_turn', v_next,
    'lead', v_lead);
end
$$;

-- Name: continue_eval_run(uuid, uuid, uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.continue_eval_run(p_site uuid, p_staff uuid, p_run uuid, p_lease_seconds integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_run public.eval_runs;
begin
  perform private.access_admin(p_site, p_staff);
  v_run := private.find_run(p_site, p_run);
  if v_run.cases is null or private.run_state(v_run) in ('running', 'done') then
    raise sqlstate 'PT409' using message = 'eval.not_stopped',
      detail = 'only a run that did not come to its end can be continued';
  end if;
  perform private.room_for_run(p_site);
  update public.eval_runs r set state = 'running', error = null, finished_at = null, fence = r.fence + 1,
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where r.site_id = p_site and r.id = p_run and r.fence = v_run.fence and private.run_state(r) not in ('running', 'done')
  returning * into v_run;
  if not found then
    raise sqlstate 'PT409' using message = 'eval.not_stopped', detail = 'somebody else goes on with it already';
  end if;
  perform private.audit(p_site, p_staff::text, 'eval.run_continued', p_run::text);
  return private.run_json(v_run) || jsonb_build_object('fence', v_run.fence,
    'plays', (
      select coalesce(jsonb_agg(e.body || jsonb_build_object('id', e.case_id, 'name', e.name, 'blocking', e.blocking,
        'tags', to_jsonb(e.tags), 'revision', e.revision) order by k.place), '[]')
      from jsonb_array_elements(v_run.cases) with ordinality k (one, place)
      join lateral (
        select * from public.eval_case_edits e
        where e.site_id = p_site and e.case_id = (k.one ->> 'id')::uuid and e.revision = (k.one ->> 'revision')::int
        order by e.place limit 1
      ) e on true),
    'played', (
      select coalesce(jsonb_agg(jsonb_build_array(r.case_id, r.number, r.repeat)), '[]')
      from public.eval_results r where r.site_id = p_site and r.run_id = p_run));
end
$$;

-- Name: conversation_for_replay(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.conversation_for_replay(p_site uuid, p_staff uuid, p_conversation uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones;
begin
  perform private.access_admin(p_site, p_staff);
  v_conversation := private.access_conversation(p_site, p_staff, p_conversation);
  perform private.audit(p_site, p_staff::text, 'conversation.replayed', p_conversation::text);
  return (
    with spoken as (
      select m.author, m.texto, m.seq, row_number() over (order by m.seq desc) <= 200 as newest,
        m.author = 'visitor' and lead(m.author) over (order by m.seq) is distinct from 'visitor' as ends
      from public.mensajes m
      where m.site_id = p_site and m.conversacion_id = p_conversation
        and not m.private and m.deleted_at is null and m.author <> 'system' and m.texto <> '')
    select jsonb_build_object('locale', v_conversation.locale, 'name', k.nombre_completo, 'email', k.email,
      'phone', k.telefono, 'item', v_conversation.taggable_info,
      'turns_before', (select count(*) from spoken s where s.ends and not s.newest),
      'messages', (
        select coalesce(jsonb_agg(jsonb_build_object('author', s.author, 'text', s.texto, 'seq', s.seq) order by s.seq), '[]')
        from spoken s where s.newest))
    from public.contactos k where k.site_id = p_site and k.id = v_conversation.contacto_id);
end
$$;

-- Name: correct_lead(uuid, uuid, uuid, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.correct_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_patch jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_lead(p_site, p_staff, p_conversation, true);
  v_contact jsonb := p_patch -> 'contact';
begin
  if v_contact is not null then
    update public.contactos k set
      nombre_completo = case when v_contact ? 'name' then v_contact ->> 'name' else k.nombre_completo end,
      email = case when v_contact ? 'email' then v_contact ->> 'email' else k.email end,
      telefono = case when v_contact ? 'phone' then v_contact ->> 'phone' else k.telefono end,
      identity = case when k.identity = 'anonymous' and (v_contact ->> 'email' is not null or v_contact ->> 'phone' is not null)
        then 'claimed' else k.identity end,
      actualizado_en = clock_timestamp()
    where k.site_id = p_site and k.id = v_conversation.contacto_id;
    update public.contactos k set lead_captured_at = null
    where k.site_id = p_site and k.id = v_conversation.contacto_id and k.email is null and k.telefono is null;
    perform private.capture_lead(p_site, v_conversation.contacto_id, p_conversation);
  end if;
  insert into public.lead_facts (site_id, conversacion_id, criterion, value, data, seq, source, staff_id)
  select p_site, p_conversation, f.key, coalesce(f.value ->> 'value', 'none'), nullif(f.value -> 'data', 'null'),
    v_conversation.last_seq, 'seller', p_staff
  from jsonb_each(coalesce(p_patch -> 'facts', '{}')) f;
  if p_patch ? 'quality' then
    perform private.set_manual_quality(v_conversation, p_patch ->> 'quality');
  end if;
  update public.leads l set version = l.version + 1, updated_at = clock_timestamp()
  where l.site_id = p_site and l.conversacion_id = p_conversation;
  update public.conversaciones c set lead_due = coalesce(c.lead_due, clock_timestamp()), updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation;
  perform private.audit(p_site, p_staff::text, 'lead.corrected', p_conversation::text, jsonb_strip_nulls(jsonb_build_object(
    'contact', (select jsonb_agg(key) from jsonb_object_keys(coalesce(v_contact, '{}')) key),
    'facts', (select jsonb_agg(key) from jsonb_object_keys(coalesce(p_patch -> 'facts', '{}')) key),
    'quality', p_patch -> 'quality')));
  return jsonb_build_object('corrected', true);
end
$$;

-- Name: delete_canned(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.delete_canned(p_site uuid, p_staff uuid, p_id uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
begin
  delete from public.canned_replies r
  where r.site_id = p_site and r.id = p_id
    and (r.staff_id = p_staff or (r.staff_id is null and v_role = 'admin'));
  if not found then
    raise sqlstate 'PT404' using message = 'canned.not_found';
  end if;
  return jsonb_build_object('deleted', true);
end
$$;

-- Name: delete_document(uuid, uuid, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.delete_document(p_site uuid, p_staff uuid, p_slug text, p_locale text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_editor(p_site, p_staff);
  delete from public.knowledge_documents d where d.site_id = p_site and d.slug = p_slug and d.locale = p_locale;
  if not found then
    raise sqlstate 'PT404' using message = 'knowledge.document_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'knowledge.document_deleted', p_slug, jsonb_build_object('locale', p_locale));
  return jsonb_build_object('deleted', true);
end
$$;

-- Name: delete_eval_case(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.delete_eval_case(p_site uuid, p_staff uuid, p_case uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_case public.eval_cases;
begin
  perform private.access_admin(p_site, p_staff);
  update public.eval_cases c set archived_at = now()
  where c.site_id = p_site and c.id = p_case and c.archived_at is null
  returning * into v_case;
  if not found then
    raise sqlstate 'PT404' using message = 'eval.case_not_found';
  end if;
  perform private.note_case_edit(v_case, 'archived', p_staff::text);
  perform private.audit(p_site, p_staff::text, 'eval.case_archived', p_case::text);
  return jsonb_build_object('archived', true);
end
$$;

-- Name: delete_item(uuid, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.delete_item(p_site uuid, p_staff uuid, p_item text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_editor(p_site, p_staff);
  delete from public.knowledge_items i where i.site_id = p_site and i.item_id = p_item;
  if not found then
    raise sqlstate 'PT404' using message = 'knowledge.item_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'knowledge.item_deleted', p_item);
  return jsonb_build_object('deleted', true);
end
$$;

-- Name: delete_view(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.delete_view(p_site uuid, p_staff uuid, p_id uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
begin
  delete from public.saved_views v
  where v.site_id = p_site and v.id = p_id
    and (v.staff_id = p_staff or (v.staff_id is null and v_role = 'admin'));
  if not found then
    raise sqlstate 'PT404' using message = 'view.not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'view.deleted', p_id::text);
  return jsonb_build_object('deleted', true);
end
$$;

-- Name: dismiss_lead_gap(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.dismiss_lead_gap(p_site uuid, p_staff uuid, p_conversation uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_lead(p_site, p_staff, p_conversation, true);
  update public.leads l set gap_dismissed_at = coalesce(l.gap_dismissed_at, clock_timestamp()), updated_at = clock_timestamp()
  where l.site_id = p_site and l.conversacion_id = p_conversation and l.gap is not null;
  if not found then
    raise sqlstate 'PT409' using message = 'lead.no_gap';
  end if;
  perform private.audit(p_site, p_staff::text, 'lead.gap_dismissed', p_conversation::text);
  return private.told_of_lead(p_site, p_conversation);
end
$$;

-- Name: edit_seller_message(uuid, uuid, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.edit_seller_message(p_site uuid, p_staff uuid, p_message uuid, p_content text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_message public.mensajes := private.access_message(p_site, p_staff, p_message);
begin
  if v_message.author <> 'seller' or v_message.datos ->> 'staff_id' <> p_staff::text then
    raise sqlstate 'PT403' using message = 'message.not_yours';
  end if;
  if v_message.deleted_at is not null then
    if p_content is null then
      return private.changed_message(v_message);
    end if;
    raise sqlstate 'PT409' using message = 'message.deleted';
  end if;
  if v_message.creado_en < clock_timestamp() - interval '15 minutes' then
    raise sqlstate 'PT409' using message = 'message.too_old';
  end if;
  update public.mensajes m set
    texto = coalesce(p_content, ''),
    texts = null,
    datos = case when p_content is null then m.datos - 'quick_replies' - 'cards' - 'attachments' else m.datos end,
    edited_at = clock_timestamp(),
    deleted_at = case when p_content is null then clock_timestamp() end
  where m.site_id = p_site and m.id = p_message
  returning * into v_message;
  if not v_message.private then
    update public.conversaciones c set last_message_text = left(v_message.texto, 200), updated_at = clock_timestamp()
    where c.site_id = p_site and c.id = v_message.conversacion_id and not exists (
      select from public.mensajes m
      where m.conversacion_id = c.id and m.seq > v_message.seq and not m.private and m.author <> 'system');
  end if;
  perform private.audit(p_site, p_staff::text,
    case when p_content is null then 'message.deleted' else 'message.edited' end, p_message::text);
  return private.changed_message(v_message);
end
$$;

-- Name: embedding_progress(uuid, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.embedding_progress(p_site uuid, p_staff uuid, p_model text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_editor(p_site, p_staff);
  return (
    select jsonb_build_object(
      'vectors', private.vector_schema() is not null,
      'total', (
        select count(*) from (
          select i.digest from public.knowledge_items i where i.site_id = p_site
          union
          select p.digest from public.knowledge_passages p where p.site_id = p_site) t),
      'embedded', count(*) filter (where e.embedded_at is not null),
      'failed', count(*) filter (where e.failure is not null),
      'failure', max(e.failure))
    from public.knowledge_embeddings e where e.site_id = p_site and e.model = p_model);
end
$$;

-- Name: end_export(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.end_export(p_site uuid, p_staff uuid, p_export uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_export public.lead_exports;
begin
  perform private.access_exporter(p_site, p_staff);
  perform private.stored_export(p_site, p_export);
  update public.lead_exports e set state = 'cancelled', finished_at = clock_timestamp()
  where e.site_id = p_site and e.id = p_export and e.state = 'running'
  returning * into v_export;
  if found then
    perform private.audit_export(v_export);
  else
    update public.lead_exports e set state = 'removed'
    where e.site_id = p_site and e.id = p_export and e.state = 'done';
    if found then
      perform private.audit(p_site, p_staff::text, 'leads.export_removed', p_export::text);
    end if;
  end if;
  return private.export_json(private.stored_export(p_site, p_export));
end
$$;

-- Name: ensure_site(text, text, text, jsonb, jsonb, text, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.ensure_site(p_slug text, p_name text, p_public_key text, p_allowed_origins jsonb DEFAULT NULL::jsonb, p_settings jsonb DEFAULT NULL::jsonb, p_locale text DEFAULT NULL::text, p_region text DEFAULT NULL::text, p_time_zone text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_site public.sites;
  v_origins text[];
begin
  if p_allowed_origins is not null then
    select coalesce(array_agg(o), '{}') into v_origins from jsonb_array_elements_text(p_allowed_origins) as o;
  end if;
  insert into public.sites as s (slug, name, public_key, allowed_origins, settings, locale, region, time_zone)
  values (p_slug, p_name, p_public_key, coalesce(v_origins, '{}'), coalesce(p_settings, '{}'),
    coalesce(p_locale, 'es'), coalesce(p_region, 'DO'), coalesce(p_time_zone, 'America/Santo_Domingo'))
  on conflict (slug) do update set
    public_key = excluded.public_key,
    allowed_origins = coalesce(v_origins, s.allowed_origins),
    settings = coalesce(p_settings, s.settings),
    locale = coalesce(p_locale, s.locale),
    region = coalesce(p_region, s.region),
    time_zone = coalesce(p_time_zone, s.time_zone),
    updated_at = now()
  returning s.* into v_site;
  return private.site_json(v_site);
exception when unique_violation then
  raise sqlstate 'PT409' using message = 'site.public_key_taken';
end
$$;

-- Name: erase_contact(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.erase_contact(p_site uuid, p_staff uuid, p_contact uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  if not exists (select from public.contactos k where k.site_id = p_site and k.id = p_contact) then
    raise sqlstate 'PT404' using message = 'contact.not_found';
  end if;
  return private.erase_person(p_site, p_contact, p_staff::text, 'contact.erased');
end
$$;

-- Name: erase_expired(uuid, text, integer, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.erase_expired(p_site uuid, p_worker text, p_lease_seconds integer, p_limit integer DEFAULT 100) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_before timestamptz;
  v_found uuid[];
  v_conversation public.conversaciones;
  v_erased jsonb;
  v_conversations jsonb := '[]';
  v_threads jsonb := '[]';
  v_sessions int;
begin
  if not private.hold_job('retention', p_worker, p_lease_seconds) then
    raise sqlstate 'PT409' using message = 'retention.not_held';
  end if;
  select clock_timestamp() - make_interval(days => (s.settings ->> 'retention_days')::int) into v_before
  from public.sites s where s.id = p_site;
  if v_before is null then
    return jsonb_build_object('conversations', v_conversations, 'threads', v_threads, 'sessions', 0, 'more', false);
  end if;
  select array_agg(x.id) into v_found from (
    select c.id from public.conversaciones c
    where c.site_id = p_site
      and (c.last_message_at < v_before or (c.last_message_at is null and c.created_at < v_before))
      and not exists (
        select from public.webchat_sessions s
        where s.site_id = p_site and s.conversacion_id = c.id and s.last_activity >= v_before)
    order by c.last_message_at, c.id
    limit p_limit
    for update skip locked) x;
  for v_conversation in
    select * from public.conversaciones c where c.site_id = p_site and c.id = any (v_found) order by c.id
  loop
    if exists (
      select from public.conversaciones c
      where c.site_id = p_site and c.contacto_id = v_conversation.contacto_id and c.id <> v_conversation.id) then
      v_erased := private.erase_conversations(p_site, array[v_conversation.id]);
      perform private.audit(p_site, 'retention', 'conversation.erased', v_conversation.contacto_id::text,
        jsonb_build_object('conversation', v_conversation.id));
    else
      v_erased := private.erase_person(p_site, v_conversation.contacto_id, 'retention', 'contact.erased');
    end if;
    v_conversations := v_conversations || (v_erased -> 'conversations');
    v_threads := v_threads || (v_erased -> 'threads');
  end loop;
  delete from public.webchat_sessions s
  where s.site_id = p_site and s.id in (
    select o.id from public.webchat_sessions o
    where o.site_id = p_site and o.last_activity < v_before
      and not exists (
        select from public.conversaciones c where c.site_id = p_site and c.id = o.conversacion_id)
    limit p_limit);
  get diagnostics v_sessions = row_count;
  return jsonb_build_object('conversations', v_conversations, 'threads', v_threads, 'sessions', v_sessions,
    'more', coalesce(cardinality(v_found), 0) = p_limit or v_sessions = p_limit);
end
$$;

-- Name: erase_visitor(uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.erase_visitor(p_site uuid, p_token_hash text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_erased jsonb := private.erase_person(p_site, v_session.contacto_id, 'visitor', 'visitor.erased');
begin
  return jsonb_build_object('conversation_id', v_session.conversacion_id, 'erased', true, 'threads', v_erased -> 'threads');
end
$$;

-- Name: eval_case_history(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.eval_case_history(p_site uuid, p_staff uuid, p_case uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  if not exists (select from public.eval_cases c where c.site_id = p_site and c.id = p_case) then
    raise sqlstate 'PT404' using message = 'eval.case_not_found';
  end if;
  return (
    select coalesce(jsonb_agg(e.body || jsonb_build_object('place', e.place, 'act', e.act, 'revision', e.revision,
      'name', e.name, 'blocking', e.blocking, 'tags', to_jsonb(e.tags),
      'by', coalesce((select s.name from public.staff s where s.id::text = e.author), e.author),
      'at', private.iso(e.created_at)) order by e.place desc), '[]')
    from (
      select * from public.eval_case_edits e where e.site_id = p_site and e.case_id = p_case
      order by e.place desc limit 200
    ) e);
end
$$;

-- Name: export_page(uuid, uuid, text, integer, jsonb, bigint, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.export_page(p_site uuid, p_export uuid, p_worker text, p_lease_seconds integer, p_after jsonb DEFAULT NULL::jsonb, p_written bigint DEFAULT 0, p_limit integer DEFAULT 500) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_export public.lead_exports;
  v_limit int := least(greatest(p_limit, 1), 2000);
  v_need text;
  v_purpose text;
  v_filter jsonb;
  v_key text := coalesce(p_after ->> 'key', '');
  v_id uuid := coalesce((p_after ->> 'id')::uuid, '00000000-0000-0000-0000-000000000000');
  v_ids uuid[];
  v_picked jsonb;
  v_next jsonb;
  v_scanned int;
begin
  update public.lead_exports e set
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds), written = p_written
  where e.site_id = p_site and e.id = p_export and e.state = 'running' and e.worker = p_worker
  returning * into v_export;
  if not found then
    raise sqlstate 'PT409' using message = 'export.not_running';
  end if;
  perform private.access_exporter(p_site, v_export.staff_id);
  v_need := v_export.request ->> 'consent';
  v_purpose := case v_need when 'marketing' then 'marketing' else 'contact' end;
  v_filter := v_export.request -> 'filter';

  if v_export.request ->> 'unit' = 'conversation' then
    select array_agg(x.id order by x.id) into v_ids from (
      select c.id from public.conversaciones c
      where c.site_id = p_site and c.id > v_id
      order by c.id limit v_limit) x;
    v_scanned := coalesce(cardinality(v_ids), 0);
    select jsonb_agg(jsonb_build_object('n', p.n, 'contact', p.contact, 'conversation', p.id, 'known', p.known))
    into v_picked
    from (
      select row_number() over (order by c.id) as n, c.id, k.id as contact,
        private.may_export(k, v_purpose) as known
      from public.conversaciones c
      join public.contactos k on k.site_id = p_site and k.id = c.contacto_id
      where c.site_id = p_site and c.id = any (v_ids)
        and private.export_wants(c, k.first_touch, k.last_touch, v_filter)) p
    where p.known or v_need = 'any';
    v_next := jsonb_build_object('id', v_ids[v_scanned]);
  else
    select array_agg(x.id order by x.address, x.id), max(x.address) into v_ids, v_key from (
      select k.id, k.address from public.contactos k
      where k.site_id = p_site and k.address is not null and (k.address, k.id) > (v_key, v_id)
      order by k.address, k.id limit v_limit) x;
    v_scanned := coalesce(cardinality(v_ids), 0);
    select jsonb_agg(jsonb_build_object('n', p.n, 'contact', p.id, 'conversation', p.conversation, 'known', p.known))
    into v_picked
    from (
      select w.n, k.id, c.id as conversation, private.may_export(k, v_purpose) as known
      from unnest(v_ids) with ordinality as w (id, n)
      join public.contactos k on k.site_id = p_site and k.id = w.id
      cross join lateral (
        select c.id from public.conversaciones c
        where c.site_id = p_site and c.contacto_id = k.id
          and private.export_wants(c, k.first_touch, k.last_touch, v_filter)
        order by c.last_message_at desc nulls last, c.id desc limit 1) c) p
    where p.known or v_need = 'any';
    v_next := jsonb_build_object('key', v_key, 'id', v_ids[v_scanned]);
  end if;

  update public.lead_exports e set scanned = e.scanned + v_scanned where e.site_id = p_site and e.id = p_export;
  return jsonb_build_object(
    'rows', private.export_rows(p_site, v_need, coalesce(v_picked, '[]')),
    'next', case when v_scanned = v_limit then v_next end,
    'scanned', v_scanned);
end
$$;

-- Name: exports_to_keep(jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.exports_to_keep(p_ids jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_export public.lead_exports;
begin
  for v_export in
    select * from public.lead_exports e where e.state in ('running', 'done') for update skip locked
  loop
    if private.export_state(v_export) <> v_export.state then
      update public.lead_exports e set
        state = private.export_state(v_export), finished_at = coalesce(e.finished_at, clock_timestamp())
      where e.site_id = v_export.site_id and e.id = v_export.id
      returning * into v_export;
      if v_export.state = 'interrupted' then
        perform private.audit_export(v_export);
      end if;
    end if;
  end loop;
  return coalesce((
    select jsonb_agg(e.id) from public.lead_exports e
    where e.state in ('running', 'done') and p_ids ? e.id::text), '[]');
end
$$;

-- Name: finish_eval_run(uuid, uuid, integer, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.finish_eval_run(p_site uuid, p_run uuid, p_fence integer, p_state text, p_error text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.eval_runs r set state = p_state, error = p_error, finished_at = clock_timestamp()
  where r.site_id = p_site and r.id = p_run and r.fence = p_fence and r.state = 'running';
  return jsonb_build_object('finished', found);
end
$$;

-- Name: finish_export(uuid, uuid, text, text, bigint, jsonb, text, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.finish_export(p_site uuid, p_export uuid, p_worker text, p_state text, p_rows bigint, p_manifest jsonb DEFAULT NULL::jsonb, p_failure text DEFAULT NULL::text, p_keep_seconds integer DEFAULT 86400) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_export public.lead_exports;
begin
  update public.lead_exports e set
    state = p_state, written = p_rows, manifest = p_manifest, failure = p_failure, finished_at = clock_timestamp(),
    scanned = case when p_state = 'done' then greatest(e.scanned, e.total) else e.scanned end,
    expires_at = clock_timestamp() + make_interval(secs => p_keep_seconds)
  where e.site_id = p_site and e.id = p_export and e.state = 'running' and e.worker = p_worker
  returning * into v_export;
  if not found then
    raise sqlstate 'PT409' using message = 'export.not_running';
  end if;
  if p_state = 'done' and private.export_outdated(v_export) then
    update public.lead_exports e set state = 'outdated' where e.site_id = p_site and e.id = p_export
    returning * into v_export;
  end if;
  perform private.audit_export(v_export);
  return private.export_json(v_export);
end
$$;

-- Name: finish_staff_sign_in(uuid, uuid, text, text, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.finish_staff_sign_in(p_site uuid, p_staff uuid, p_password_hash text, p_token_hash text, p_new_hash text DEFAULT NULL::text, p_address_hash text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_staff public.staff;
  v_in public.staff_sites := private.access_member(p_site, p_staff);
  v_session public.staff_sessions;
  v_at text;
begin
  update public.staff s set password_hash = coalesce(p_new_hash, s.password_hash)
  where s.id = p_staff and s.password_hash = p_password_hash and s.disabled_at is null
  returning * into v_staff;
  if not found then
    raise sqlstate 'PT401' using message = 'staff.wrong_credentials';
  end if;
  v_at := private.email_at(v_staff.email, p_address_hash);
  -- From a known address nothing is known of the others: what strangers tried stays counted against them.
  delete from public.staff_throttle t
  where t.key = 'tries:' || v_at or t.window_ends < now() - interval '1 day'
    or (t.key = private.email_key(v_staff.email) and not exists (
      select from public.staff_throttle k where k.key = 'known:' || v_at and k.window_ends > now()));
  if v_at is not null then
    insert into public.staff_throttle as t (key, attempts, window_ends)
    values ('known:' || v_at, 0, now() + interval '60 days')
    on conflict (key) do update set window_ends = excluded.window_ends;
  end if;
  delete from public.staff_sessions s
  where s.staff_id = p_staff and (s.expires_at < now() or s.revoked_at is not null);
  insert into public.staff_sessions (staff_id, token_hash) values (p_staff, p_token_hash) returning * into v_session;
  perform private.audit(p_site, p_staff::text, 'staff.signed_in', p_staff::text);
  return private.membership_json(v_staff, v_in) || jsonb_build_object(
    'session_id', v_session.id, 'expires_at', private.iso(v_session.expires_at),
    'site', (select private.site_json(t) from public.sites t where t.id = p_site));
end
$$;

-- Name: get_document(uuid, uuid, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.get_document(p_site uuid, p_staff uuid, p_slug text, p_locale text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_document public.knowledge_documents;
begin
  perform private.access_editor(p_site, p_staff);
  select * into v_document from public.knowledge_documents d
  where d.site_id = p_site and d.slug = p_slug and d.locale = p_locale;
  if not found then
    raise sqlstate 'PT404' using message = 'knowledge.document_not_found';
  end if;
  return private.document_json(v_document, true);
end
$$;

-- Name: get_eval_run(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.get_eval_run(p_site uuid, p_staff uuid, p_run uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_run public.eval_runs := private.find_run(p_site, p_run);
begin
  perform private.access_admin(p_site, p_staff);
  return private.run_json(v_run) || jsonb_build_object('results', (
    select coalesce(jsonb_agg(r.outcome || jsonb_build_object('case_id', r.case_id, 'case', coalesce(e.name, c.name),
      'blocking', coalesce(e.blocking, c.blocking), 'revision', r.revision, 'edited', r.revision <> c.revision,
      'number', r.number, 'repeat', r.repeat, 'passed', r.passed) order by c.created_at, c.id, r.number, r.repeat), '[]')
    from public.eval_results r
    join public.eval_cases c on c.site_id = r.site_id and c.id = r.case_id
    left join lateral (
      select x.name, x.blocking from public.eval_case_edits x
      where x.site_id = r.site_id and x.case_id = r.case_id and x.revision = r.revision and x.created_at <= v_run.created_at
      order by x.place desc limit 1
    ) e on true
    where r.site_id = p_site and r.run_id = p_run));
end
$$;

-- Name: get_prompt(uuid, uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.get_prompt(p_site uuid, p_staff uuid, p_number integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  return private.prompt_json(private.find_prompt(p_site, p_number), private.prompt_state(p_site), true);
end
$$;

-- Name: get_retention(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.get_retention(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  return (select jsonb_build_object('days', s.settings -> 'retention_days') from public.sites s where s.id = p_site);
end
$$;

-- Name: get_site(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.get_site(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  return (select private.site_admin_json(s) from public.sites s where s.id = p_site);
end
$$;

-- Name: give_back_work(integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.give_back_work(p_limit integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_count int;
begin
  with lapsed as (
    select r.id, r.site_id, r.day, r.tokens from public.work_reservations r
    where r.lease_until < clock_timestamp() and r.tokens > 0
    order by r.lease_until limit p_limit for update skip locked
  ), freed as (
    update public.work_reservations r set tokens = 0 from lapsed l where r.id = l.id
  ), days as (
    select l.site_id, l.day, sum(l.tokens) as tokens from lapsed l group by l.site_id, l.day
  ), given as (
    update public.site_usage u set reserved = greatest(u.reserved - d.tokens, 0)
    from days d where u.site_id = d.site_id and u.day = d.day
  )
  select count(*) into v_count from lapsed;
  delete from public.work_reservations r where r.lease_until < clock_timestamp() - interval '1 day' and r.tokens = 0;
  return jsonb_build_object('given_back', v_count);
end
$$;

-- Name: handoff_turn(uuid, uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.handoff_turn(p_site uuid, p_conversation uuid, p_history integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones;
  v_turn public.turns;
begin
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.id = p_conversation and c.status = 'active' and c.handler = 'queue';
  if not found then
    return null;
  end if;
  v_turn.id := private.new_id();
  v_turn.site_id := p_site;
  v_turn.conversacion_id := v_conversation.id;
  v_turn.webchat_session := private.session_of_conversation(v_conversation);
  v_turn.upto_seq := v_conversation.last_visitor_seq;
  v_turn.owner_epoch := v_conversation.owner_epoch;
  v_turn.fence := 0;
  v_turn.attempt := 1;
  return private.turn_json(v_turn, p_history);
end
$$;

-- Name: has_staff(); Type: FUNCTION; Schema: public

CREATE FUNCTION public.has_staff() RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('any', exists (select from public.staff))
$$;

-- Name: identify_visitor(uuid, text, text, text, jsonb, text, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.identify_visitor(p_site uuid, p_new_token_hash text, p_token_hash text DEFAULT NULL::text, p_subject text DEFAULT NULL::text, p_profile jsonb DEFAULT '{}'::jsonb, p_locale text DEFAULT NULL::text, p_metadata jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions;
  v_conversation public.conversaciones;
  v_contact public.contactos;
  v_known public.contactos;
  v_created boolean := p_token_hash is null;
begin
  if p_token_hash is not null then
    v_session := private.access_session(p_site, p_token_hash);
  end if;
  if p_subject is null then
    if v_created then
      v_session := private.new_session(p_site, p_new_token_hash, null, p_locale, p_metadata);
    end if;
    v_conversation := private.lock_conversation(v_session);
    select * into v_contact from public.contactos k where k.site_id = p_site and k.id = v_conversation.contacto_id;
    if v_contact.identity <> 'verified' then
      perform private.apply_contact(p_site, v_contact.id, v_conversation.id,
        jsonb_build_object(
          'name', coalesce(v_contact.nombre_completo, p_profile ->> 'name'),
          'email', coalesce(v_contact.email, p_profile ->> 'email'),
          'phone', coalesce(v_contact.telefono, p_profile ->> 'phone')),
        '[]');
      update public.contactos k set identity = 'claimed'
      where k.site_id = p_site and k.id = v_contact.id and k.identity = 'anonymous';
    end if;
    return private.identified_json(v_session, v_created);
  end if;

  -- Two devices may bring the same new subject at the same moment.
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(p_site::text || ':' || p_subject, 0));
  select * into v_known from public.contactos k where k.site_id = p_site and k.subject = p_subject;
  if v_known.id is not null then
    if v_session.id is null or v_session.contacto_id <> v_known.id then
      v_session := private.session_of_contact(p_site, p_new_token_hash, v_known.id, p_locale, p_metadata);
      v_created := true;
    end if;
  else
    if v_session.id is not null then
      select * into v_contact from public.contactos k where k.site_id = p_site and k.id = v_session.contacto_id;
    end if;
    if v_session.id is null or v_contact.subject is not null then
      v_session := private.new_session(p_site, p_new_token_hash, null, p_locale, p_metadata);
      v_created := true;
    end if;
  end if;
  v_conversation := private.lock_conversation(v_session);
  update public.contactos k set subject = p_subject, identity = 'verified', actualizado_en = now()
  where k.site_id = p_site and k.id = v_conversation.contacto_id;
  perform private.apply_contact(p_site, v_conversation.contacto_id, v_conversation.id, p_profile, '[]');
  return private.identified_json(v_session, v_created);
end
$$;

-- Name: import_items(uuid, uuid, jsonb, boolean); Type: FUNCTION; Schema: public

CREATE FUNCTION public.import_items(p_site uuid, p_staff uuid, p_items jsonb, p_replace boolean DEFAULT false) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_done jsonb := '{"added": 0, "changed": 0, "unchanged": 0}';
  v_item jsonb;
  v_what text;
  v_removed int := 0;
begin
  perform private.access_editor(p_site, p_staff);
  if p_replace then
    delete from public.knowledge_items i
    where i.site_id = p_site and not exists (
      select from jsonb_array_elements(p_items) n where n ->> 'id' = i.item_id);
    get diagnostics v_removed = row_count;
  end if;
  -- In one order, so that two imports wait for each other instead of locking each other out.
  for v_item in select n from jsonb_array_elements(p_items) n order by n ->> 'id' loop
    v_what := private.put_item(p_site, v_item);
    v_done := jsonb_set(v_done, array[v_what], to_jsonb((v_done ->> v_what)::int + 1));
  end loop;
  v_done := v_done || jsonb_build_object('removed', v_removed);
  if (select count(*) from public.knowledge_items i where i.site_id = p_site) > 20000 then
    raise sqlstate 'PT422' using message = 'knowledge.too_many', detail = 'a site has at most 20000 items';
  end if;
  perform private.audit(p_site, p_staff::text, 'knowledge.imported', null, v_done);
  return v_done;
end
$$;

-- Name: inbox_changes(uuid, uuid, timestamp with time zone, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.inbox_changes(p_site uuid, p_staff uuid, p_since timestamp with time zone, p_limit integer DEFAULT 200) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
begin
  return (
    select coalesce(jsonb_agg(private.inbox_line(c) order by c.updated_at, c.id), '[]')
    from (
      select * from public.conversaciones c
      where c.site_id = p_site and c.updated_at > p_since and private.may_see(c, p_staff, v_role)
      order by c.updated_at, c.id
      limit p_limit) c);
end
$$;

-- Name: inbox_lines(uuid, jsonb, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.inbox_lines(p_site uuid, p_conversations jsonb, p_staff jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'conversation', private.inbox_line(c),
    'seen_by', (
      select coalesce(jsonb_agg(i.staff_id), '[]')
      from public.staff_sites i
      where i.site_id = p_site and i.disabled_at is null and p_staff ? i.staff_id::text
        and private.may_see(c, i.staff_id, i.role)))), '[]')
  from public.conversaciones c
  where c.site_id = p_site and p_conversations ? c.id::text
$$;

-- Name: inbox_moments(integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.inbox_moments(p_limit integer DEFAULT 200) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones;
  v_task public.tasks;
  v_changed jsonb := '[]';
begin
  for v_conversation in
    select c.* from public.conversaciones c
    where (c.answer_due_at <= now() and c.overdue_at is null and c.status = 'active'
        and (c.snoozed_until is null or c.snoozed_until <= now()))
      or c.snoozed_until <= now()
    order by c.id
    limit p_limit
    for update skip locked
  loop
    update public.conversaciones c set
      overdue_at = case when c.answer_due_at <= now() then coalesce(c.overdue_at, clock_timestamp()) end,
      snoozed_until = case when c.snoozed_until > now() then c.snoozed_until end,
      updated_at = clock_timestamp()
    where c.site_id = v_conversation.site_id and c.id = v_conversation.id;
    perform private.audit(v_conversation.site_id, 'clock',
      case when v_conversation.snoozed_until <= now() then 'conversation.woken' else 'conversation.overdue' end,
      v_conversation.id::text);
    v_changed := v_changed || jsonb_build_object('site', v_conversation.site_id, 'conversation', v_conversation.id);
  end loop;
  for v_task in
    update public.tasks t set overdue_at = clock_timestamp(), updated_at = clock_timestamp()
    where t.id in (
      select o.id from public.tasks o
      where o.due_at <= now() and o.done_at is null and o.overdue_at is null
      order by o.due_at
      limit p_limit
      for update skip locked)
    returning t.*
  loop
    perform private.audit(v_task.site_id, 'clock', 'task.overdue', v_task.id::text);
    v_changed := v_changed || jsonb_build_object('site', v_task.site_id, 'conversation', v_task.conversacion_id);
  end loop;
  return jsonb_build_object('changed', v_changed, 'undated', (
    select coalesce(jsonb_agg(jsonb_build_object('site', w.site_id, 'conversation', w.id,
      'waiting_since', private.iso(w.waiting_since), 'first', w.first_reply_at is null)), '[]')
    from (
      select c.site_id, c.id, c.waiting_since, c.first_reply_at
      from public.conversaciones c
      join public.sites s on s.id = c.site_id and s.disabled_at is null
      where c.waiting_since is not null and c.answer_due_at is null and c.status = 'active'
      order by c.waiting_since
      limit p_limit) w));
end
$$;

-- Name: invite_staff(uuid, uuid, text, text, text, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.invite_staff(p_site uuid, p_actor uuid, p_email text, p_role text, p_token_hash text, p_name text DEFAULT NULL::text, p_sealed text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_link public.staff_links;
begin
  perform private.access_admin(p_site, p_actor);
  if exists (
    select from public.staff_sites i join public.staff s on s.id = i.staff_id
    where i.site_id = p_site and s.email = lower(p_email)) then
    raise sqlstate 'PT409' using message = 'staff.exists';
  end if;
  -- The newest invitation is the one that counts.
  update public.staff_links l set used_at = now()
  where l.site_id = p_site and l.email = lower(p_email) and l.purpose = 'invite' and l.used_at is null;
  insert into public.staff_links (purpose, site_id, email, name, role, token_hash, created_by, expires_at)
  values ('invite', p_site, lower(p_email), p_name, p_role, p_token_hash, p_actor::text, now() + interval '7 days')
  returning * into v_link;
  perform private.mail_link(v_link, p_sealed);
  perform private.audit(p_site, p_actor::text, 'staff.invited', v_link.id::text, jsonb_build_object('role', p_role));
  return jsonb_build_object('email', v_link.email, 'role', v_link.role, 'expires_at', private.iso(v_link.expires_at));
end
$$;

-- Name: judge_lead(uuid, uuid, uuid, text, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.judge_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_verdict text, p_reason text DEFAULT NULL::text, p_quality text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_lead(p_site, p_staff, p_conversation, true);
begin
  update public.leads l set
    verdict = p_verdict, verdict_reason = p_reason, verdict_quality = p_quality, verdict_by = p_staff,
    verdict_at = clock_timestamp(), updated_at = clock_timestamp()
  where l.site_id = p_site and l.conversacion_id = v_conversation.id;
  perform private.audit(p_site, p_staff::text, 'lead.judged', p_conversation::text,
    jsonb_build_object('verdict', p_verdict, 'quality', p_quality));
  return private.told_of_lead(p_site, p_conversation);
end
$$;

-- Name: label_conversation(uuid, uuid, uuid, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.label_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_patch jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation, true);
begin
  update public.conversaciones c set
    outcome = case when p_patch ? 'outcome' then p_patch ->> 'outcome' else c.outcome end,
    tags = case when p_patch ? 'tags' then (
      select coalesce(array_agg(distinct t order by t), '{}') from jsonb_array_elements_text(p_patch -> 'tags') t)
      else c.tags end,
    taggable_type = case when p_patch ? 'taggable_type' then p_patch ->> 'taggable_type' else c.taggable_type end,
    taggable_info = case when p_patch ? 'taggable_info' then nullif(p_patch -> 'taggable_info', 'null')
      else c.taggable_info end,
    updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation
  returning * into v_conversation;
  if p_patch ? 'lead_quality' then
    perform private.set_manual_quality(v_conversation, p_patch ->> 'lead_quality');
  end if;
  perform private.audit(p_site, p_staff::text, 'conversation.labelled', p_conversation::text, p_patch - 'taggable_info');
  return private.owned_json(p_site, p_conversation, '{}');
end
$$;

-- Name: lead_to_read(uuid, uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.lead_to_read(p_site uuid, p_conversation uuid, p_messages integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('site_id', c.site_id, 'conversation_id', c.id, 'region', s.region,
    'case', private.lead_case(c, c.last_visitor_seq, p_messages))
  from public.conversaciones c
  join public.sites s on s.id = c.site_id
  where c.site_id = p_site and c.id = p_conversation
$$;

-- Name: leads_due(integer, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.leads_due(p_grace_seconds integer, p_limit integer) RETURNS jsonb
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('site_id', d.site_id, 'conversation_id', d.id)), '[]')
  from (
    (select c.site_id, c.id from public.conversaciones c
     where c.lead_due < clock_timestamp() - make_interval(secs => p_grace_seconds)
       and not exists (select from public.turns t where t.conversacion_id = c.id and t.state = 'running')
     order by c.lead_due limit p_limit)
    union
    (select l.site_id, l.conversacion_id from public.leads l
     join public.conversaciones c on c.site_id = l.site_id and c.id = l.conversacion_id
     where l.quality in ('hot', 'warm') and l.scored_at < clock_timestamp() - interval '1 day'
       and l.scored_at > clock_timestamp() - interval '8 days'
       and c.last_message_at > clock_timestamp() - interval '90 days' and c.lead_due is null
     order by l.scored_at limit p_limit)
  ) d
$$;

-- Name: leads_to_rescore(uuid, integer, uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.leads_to_rescore(p_site uuid, p_messages integer, p_after uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 100) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('site_id', c.site_id, 'conversation_id', c.id, 'region', c.region,
    'case', private.lead_case(c.conversation, (c.conversation).last_visitor_seq, p_messages)) order by c.id), '[]')
  from (
    select v conversation, v.id, v.site_id, s.region
    from public.conversaciones v
    join public.sites s on s.id = v.site_id
    where v.site_id = p_site and v.last_visitor_seq > 0 and (p_after is null or v.id > p_after)
    order by v.id limit p_limit
  ) c
$$;

-- Name: list_canned(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_canned(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(private.canned_json(r) order by r.shortcut, r.id), '[]')
  from public.canned_replies r
  where r.site_id = p_site and (r.staff_id is null or r.staff_id = p_staff)
$$;

-- Name: list_dead_letters(uuid, uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_dead_letters(p_site uuid, p_staff uuid, p_limit integer DEFAULT 100) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  return private.dead_letters(p_site, least(greatest(p_limit, 1), 500));
end
$$;

-- Name: list_documents(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_documents(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_editor(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(private.document_json(d, false) order by d.slug, d.locale), '[]')
    from public.knowledge_documents d where d.site_id = p_site);
end
$$;

-- Name: list_eval_cases(uuid, uuid, boolean); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_eval_cases(p_site uuid, p_staff uuid, p_archived boolean DEFAULT false) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(private.case_json(c) order by c.created_at, c.id), '[]')
    from public.eval_cases c where c.site_id = p_site and (c.archived_at is not null) = p_archived);
end
$$;

-- Name: list_eval_runs(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_eval_runs(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(private.run_json(r) order by r.position desc), '[]')
    from (select * from public.eval_runs r where r.site_id = p_site order by r.position desc limit 50) r);
end
$$;

-- Name: list_invitations(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_invitations(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', l.id, 'email', l.email, 'name', l.name, 'role', l.role,
      'created_at', private.iso(l.created_at), 'expires_at', private.iso(l.expires_at), 'expired', l.expires_at <= now(),
      'invited_by', (select s.name from public.staff s where s.id::text = l.created_by)) order by l.created_at desc, l.id), '[]')
    from public.staff_links l
    where l.site_id = p_site and l.purpose = 'invite' and l.used_at is null
      and l.expires_at > now() - interval '30 days'
      and not exists (
        select from public.staff_sites i join public.staff s on s.id = i.staff_id
        where i.site_id = p_site and s.email = l.email));
end
$$;

-- Name: list_items(uuid, uuid, text, text, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_items(p_site uuid, p_staff uuid, p_text text DEFAULT NULL::text, p_after text DEFAULT NULL::text, p_limit integer DEFAULT 50) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_limit int := least(greatest(p_limit, 1), 200);
  v_rows jsonb;
begin
  perform private.access_editor(p_site, p_staff);
  select coalesce(jsonb_agg(private.item_json(i) order by i.item_id), '[]') into v_rows
  from (
    select * from public.knowledge_items i
    where i.site_id = p_site and (p_after is null or i.item_id > p_after)
      and (p_text is null or position(private.fold(p_text) in private.fold(i.title || ' ' || i.item_id)) > 0)
    order by i.item_id limit v_limit + 1) i;
  return jsonb_build_object(
    'data', case when jsonb_array_length(v_rows) > v_limit then v_rows - v_limit else v_rows end,
    'next', case when jsonb_array_length(v_rows) > v_limit then v_rows -> (v_limit - 1) ->> 'id' end,
    'total', (select count(*) from public.knowledge_items i where i.site_id = p_site));
end
$$;

-- Name: list_prompts(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_prompts(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_state jsonb := private.prompt_state(p_site);
begin
  perform private.access_admin(p_site, p_staff);
  return v_state || jsonb_build_object(
    'data', (
      select coalesce(jsonb_agg(private.prompt_json(v, v_state, false) order by v.number desc), '[]')
      from public.prompt_versions v where v.site_id = p_site),
    'releases', (
      select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'percent', r.percent,
        'at', private.iso(r.effective_at), 'reason', r.reason, 'rollback', r.rollback, 'overridden', r.overridden,
        'cancelled', r.cancelled_at is not null,
        'by', coalesce((select s.name from public.staff s where s.id::text = r.actor), r.actor))
        order by r.effective_at desc, r.position desc), '[]')
      from (select * from public.prompt_releases r where r.site_id = p_site
        order by r.effective_at desc, r.position desc limit 50) r));
end
$$;

-- Name: list_push_subscriptions(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_push_subscriptions(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_member(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(private.subscription_json(s) order by s.created_at, s.id), '[]')
    from public.staff_push_subscriptions s where s.site_id = p_site and s.staff_id = p_staff);
end
$$;

-- Name: list_sites(); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_sites() RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(private.site_json(s) order by s.created_at), '[]')
  from public.sites s
  where s.disabled_at is null
$$;

-- Name: list_staff(uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_staff(p_site uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(private.membership_json(s, i) order by s.name, s.id), '[]')
  from public.staff_sites i join public.staff s on s.id = i.staff_id
  where i.site_id = p_site
$$;

-- Name: list_tasks(uuid, uuid, text, uuid, jsonb, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_tasks(p_site uuid, p_staff uuid, p_view text, p_conversation uuid DEFAULT NULL::uuid, p_after jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_limit int := least(greatest(p_limit, 1), 200);
  v_at timestamptz := (p_after ->> 'at')::timestamptz;
  v_id uuid := (p_after ->> 'id')::uuid;
  v_rows public.tasks[];
begin
  if p_conversation is not null then
    perform private.access_conversation(p_site, p_staff, p_conversation);
  end if;
  select array_agg(r) into v_rows from (
    select t from public.tasks t
    join public.conversaciones c on c.site_id = t.site_id and c.id = t.conversacion_id
    where t.site_id = p_site
      and (t.done_at is not null) = (p_view = 'done')
      and (p_view <> 'mine' or t.assignee = p_staff)
      and (p_view <> 'overdue' or t.due_at <= now())
      and (p_conversation is null or t.conversacion_id = p_conversation)
      and (t.assignee = p_staff or private.may_see(c, p_staff, v_role))
      and (v_id is null
        or (p_view = 'done' and (t.done_at, t.id) < (v_at, v_id))
        or (p_view <> 'done' and (t.due_at, t.id) > (v_at, v_id)))
    order by case when p_view = 'done' then t.done_at end desc, case when p_view = 'done' then t.id end desc,
      t.due_at, t.id
    limit v_limit + 1) x (r);
  perform private.audit(p_site, p_staff::text, 'tasks.listed', null,
    jsonb_build_object('count', least(coalesce(cardinality(v_rows), 0), v_limit)));
  return jsonb_build_object(
    'data', coalesce((
      select jsonb_agg(private.task_json(v_rows[i]) order by i)
      from generate_series(1, least(coalesce(cardinality(v_rows), 0), v_limit)) i), '[]'),
    'next', case when cardinality(v_rows) > v_limit then jsonb_build_object(
      'at', private.iso(coalesce((v_rows[v_limit]).done_at, (v_rows[v_limit]).due_at)),
      'id', (v_rows[v_limit]).id) end);
end
$$;

-- Name: list_usage(uuid, uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_usage(p_site uuid, p_staff uuid, p_days integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('day', d.day, 'used', d.used, 'reserved', d.reserved,
      'turns', greatest(d.used - coalesce(w.tokens, 0), 0), 'work', coalesce(w.work, '[]')) order by d.day desc), '[]')
    from (
      select * from public.site_usage u where u.site_id = p_site order by u.day desc limit p_days
    ) d
    left join lateral (
      select sum(k.tokens) as tokens,
        jsonb_agg(jsonb_build_object('purpose', k.purpose, 'pieces', k.pieces, 'tokens', k.tokens) order by k.tokens desc)
          as work
      from public.work_usage k where k.site_id = p_site and k.day = d.day
    ) w on true);
end
$$;

-- Name: list_views(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.list_views(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_member(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(private.view_json(v) order by v.staff_id nulls first, v.created_at, v.id), '[]')
    from public.saved_views v
    where v.site_id = p_site and (v.staff_id is null or v.staff_id = p_staff));
end
$$;

-- Name: mail_standing(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.mail_standing(p_site uuid, p_contact uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('site_name', t.name,
    'locale', coalesce((
      select c.locale from public.conversaciones c
      where c.site_id = p_site and c.contacto_id = p_contact order by c.last_message_at desc nulls last limit 1), t.locale))
  from public.sites t where t.id = p_site
$$;

-- Name: make_reset_link(uuid, uuid, uuid, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.make_reset_link(p_site uuid, p_actor uuid, p_staff uuid, p_token_hash text, p_sealed text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_staff public.staff;
  v_link public.staff_links;
begin
  perform private.access_admin(p_site, p_actor);
  select s.* into v_staff from public.staff s join public.staff_sites i on i.staff_id = s.id
  where i.site_id = p_site and s.id = p_staff;
  if not found then
    raise sqlstate 'PT404' using message = 'staff.not_found';
  end if;
  if exists (select from public.staff_sites i where i.staff_id = p_staff and i.site_id <> p_site) then
    raise sqlstate 'PT403' using message = 'staff.shared_account';
  end if;
  update public.staff_links l set used_at = now()
  where l.staff_id = p_staff and l.purpose = 'reset' and l.used_at is null;
  insert into public.staff_links (purpose, site_id, staff_id, email, token_hash, created_by, expires_at)
  values ('reset', p_site, p_staff, v_staff.email, p_token_hash, p_actor::text, now() + interval '2 hours')
  returning * into v_link;
  perform private.mail_link(v_link, p_sealed);
  perform private.audit(p_site, p_actor::text, 'staff.reset_link_made', p_staff::text);
  return jsonb_build_object('email', v_link.email, 'expires_at', private.iso(v_link.expires_at));
end
$$;

-- Name: mark_messages_read(uuid, text, bigint); Type: FUNCTION; Schema: public

CREATE FUNCTION public.mark_messages_read(p_site uuid, p_token_hash text, p_up_to_seq bigint) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_now timestamptz := clock_timestamp();
  v_marked bigint;
begin
  with marked as (
    update public.mensajes m set read_at = v_now, estado = 'read'
    where m.site_id = p_site and m.conversacion_id = v_session.conversacion_id and m.seq <= p_up_to_seq
      and m.read_at is null and m.author in ('assistant', 'seller') and not m.private
    returning m.seq
  )
  select max(seq) into v_marked from marked;
  return jsonb_build_object('conversation_id', v_session.conversacion_id, 'up_to_seq', v_marked, 'at', private.iso(v_now));
end
$$;

-- Name: note_summary(uuid, uuid, text, text, boolean); Type: FUNCTION; Schema: public

CREATE FUNCTION public.note_summary(p_site uuid, p_conversation uuid, p_text text, p_by text, p_always boolean DEFAULT false) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.conversaciones c set
    handoff_summary = p_text, handoff_summary_by = p_by, updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation and c.status = 'active'
    and (p_always or (c.handler <> 'assistant' and c.handoff_summary_by is distinct from 'staff'));
  return jsonb_build_object('noted', found);
end
$$;

-- Name: note_visit(uuid, text, jsonb, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.note_visit(p_site uuid, p_token_hash text, p_event jsonb DEFAULT NULL::jsonb, p_attributes jsonb DEFAULT NULL::jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
begin
  update public.webchat_sessions s set
    last_activity = now(),
    datos = s.datos
      || case when p_attributes is null then '{}'::jsonb
         else jsonb_build_object('attributes', jsonb_strip_nulls(coalesce(s.datos -> 'attributes', '{}') || p_attributes)) end
      || case when p_event is null then '{}'::jsonb
         else jsonb_build_object('events', (
           select jsonb_agg(e.value order by e.ordinality)
           from jsonb_array_elements(coalesce(s.datos -> 'events', '[]')
             || jsonb_build_array(p_event || jsonb_build_object('at', private.iso(clock_timestamp()))))
             with ordinality as e
           where e.ordinality > jsonb_array_length(coalesce(s.datos -> 'events', '[]')) + 1 - 50)) end
  where s.site_id = p_site and s.id = v_session.id
  returning s.* into v_session;
  if (select count(*) from jsonb_object_keys(coalesce(v_session.datos -> 'attributes', '{}'))) > 50 then
    raise sqlstate 'PT422' using message = 'visit.too_many_attributes',
      detail = 'a visitor has at most 50 attributes; send null for those that are not needed any more';
  end if;
  return jsonb_build_object('noted', true);
end
$$;

-- Name: open_export(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.open_export(p_site uuid, p_staff uuid, p_export uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_export public.lead_exports;
  v_state text;
begin
  perform private.access_exporter(p_site, p_staff);
  v_export := private.stored_export(p_site, p_export);
  v_state := private.export_state(v_export);
  if v_state <> 'done' then
    raise sqlstate 'PT409' using
      message = case v_state when 'running' then 'export.not_ready' else 'export.' || v_state end,
      detail = case v_state
        when 'running' then 'It is still being made: ask for its state.'
        when 'outdated' then 'Somebody who may be in it has withdrawn or been erased since: make it again.'
        when 'interrupted' then 'The server was restarted while it was made: make it again.'
        else 'There is no file (any more): make it again.' end;
  end if;
  perform private.audit(p_site, p_staff::text, 'leads.export_downloaded', p_export::text,
    jsonb_build_object('rows', v_export.written));
  return private.export_json(v_export);
end
$$;

-- Name: open_webchat_session(uuid, text, text, text, text, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.open_webchat_session(p_site uuid, p_new_token_hash text, p_token_hash text DEFAULT NULL::text, p_session_id text DEFAULT NULL::text, p_locale text DEFAULT NULL::text, p_metadata jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions;
  v_last_seq bigint;
begin
  if p_token_hash is null then
    v_session := private.new_session(p_site, p_new_token_hash, p_session_id, p_locale, p_metadata);
  else
    v_session := private.access_session(p_site, p_token_hash, p_session_id);
    update public.webchat_sessions s set
      last_activity = now(),
      expires_at = now() + interval '30 days',
      locale = coalesce(p_locale, s.locale),
      datos = s.datos || p_metadata
    where s.site_id = p_site and s.id = v_session.id
    returning s.* into v_session;
  end if;
  select c.last_seq into v_last_seq
  from public.conversaciones c
  where c.site_id = p_site and c.id = v_session.conversacion_id;
  return private.session_json(v_session)
    || jsonb_build_object('created', p_token_hash is null, 'last_seq', coalesce(v_last_seq, 0));
end
$$;

-- Name: opt_out_of_mail(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.opt_out_of_mail(p_site uuid, p_contact uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.contactos k set mail_opt_out_at = clock_timestamp()
  where k.site_id = p_site and k.id = p_contact and private.has_contact_consent(k);
  if found then
    perform private.audit(p_site, 'visitor', 'mail.opted_out', p_contact::text);
  end if;
  update public.deliveries d set state = 'cancelled', failure = 'opted_out', finished_at = clock_timestamp(), payload = '{}'
  where d.site_id = p_site and d.contacto_id = p_contact and d.state in ('pending', 'dead');
  return public.mail_standing(p_site, p_contact);
end
$$;

-- Name: outbox_state(text, boolean, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.outbox_state(p_slug text, p_replay boolean DEFAULT false, p_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_site uuid;
  v_replayed int := 0;
begin
  select t.id into v_site from public.sites t where t.slug = p_slug;
  if not found then
    raise sqlstate 'PT404' using message = 'site.not_found';
  end if;
  if p_replay then
    v_replayed := private.replay_dead_letters(v_site, 'operator', p_id);
  end if;
  return jsonb_build_object(
    'events', (
      select count(*) from public.outbox o
      where o.site_id = v_site and o.done_at is null and o.cancelled_at is null and o.dead_at is null),
    'deliveries', (select count(*) from public.deliveries d where d.site_id = v_site and d.state = 'pending'),
    'replayed', v_replayed,
    'dead', private.dead_letters(v_site, 500));
end
$$;

-- Name: patch_site_settings(text, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.patch_site_settings(p_slug text, p_settings jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_site public.sites;
begin
  update public.sites s set settings = jsonb_strip_nulls(s.settings || p_settings), updated_at = now()
  where s.slug = p_slug
  returning s.* into v_site;
  if not found then
    raise sqlstate 'PT404' using message = 'site.not_found';
  end if;
  return private.site_json(v_site);
end
$$;

-- Name: peek_staff_link(text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.peek_staff_link(p_token_hash text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_link public.staff_links := private.open_link(p_token_hash);
  v_wait int := private.throttle(private.email_key(v_link.email), 8, interval '15 minutes');
begin
  if v_wait is not null then
    raise sqlstate 'PT429' using message = 'staff.throttled', hint = v_wait::text;
  end if;
  return jsonb_build_object('purpose', v_link.purpose, 'email', v_link.email, 'name', v_link.name, 'password_hash', (
    select s.password_hash from public.staff s where s.email = v_link.email and v_link.purpose = 'invite'));
end
$$;

-- Name: ping(); Type: FUNCTION; Schema: public

CREATE FUNCTION public.ping() RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('ok', true, 'now', private.iso(clock_timestamp()))
$$;

-- Name: post_notice(uuid, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.post_notice(p_site uuid, p_conversation uuid, p_text text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones;
  v_message public.mensajes;
  v_notes jsonb;
begin
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.id = p_conversation for update;
  if not found then
    raise sqlstate 'PT404' using message = 'conversation.not_found';
  end if;
  if v_conversation.handler <> 'queue' or v_conversation.status <> 'active' then
    return jsonb_build_object('message', null);
  end if;
  select m.datos #> '{meta,guided}' into v_notes from public.mensajes m
  where m.site_id = p_site and m.conversacion_id = p_conversation and m.author = 'assistant' and m.deleted_at is null
  order by m.seq desc limit 1;
  update public.conversaciones c set
    last_seq = c.last_seq + 1, last_message_text = left(p_text, 200), last_message_at = clock_timestamp(),
    updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation
  returning * into v_conversation;
  insert into public.mensajes (site_id, conversacion_id, seq, direccion, author, texto, datos, delivered_at)
  values (p_site, p_conversation, v_conversation.last_seq, 'saliente', 'assistant', p_text,
    jsonb_strip_nulls(jsonb_build_object('author', 'assistant', 'source', 'guided',
      'meta', case when v_notes is not null then jsonb_build_object('guided', v_notes) end)), clock_timestamp())
  returning * into v_message;
  return jsonb_build_object('message',
    private.message_json(v_message, private.parties(p_site, v_conversation.contacto_id)));
end
$$;

-- Name: post_seller_message(uuid, uuid, uuid, text, text, text, jsonb, boolean, bigint, boolean); Type: FUNCTION; Schema: public

CREATE FUNCTION public.post_seller_message(p_site uuid, p_staff uuid, p_conversation uuid, p_client_message_id text, p_body_hash text, p_content text, p_extra jsonb DEFAULT '{}'::jsonb, p_private boolean DEFAULT false, p_seen_seq bigint DEFAULT NULL::bigint, p_force boolean DEFAULT false) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation, true);
  v_message public.mensajes;
  v_seq bigint;
  v_parties jsonb := private.parties(p_site, v_conversation.contacto_id);
begin
  select * into v_message from public.mensajes m
  where m.site_id = p_site and m.conversacion_id = p_conversation and m.author = 'seller'
    and m.client_message_id = p_client_message_id;
  if found then
    if v_message.body_hash <> p_body_hash or v_message.datos ->> 'staff_id' <> p_staff::text then
      raise sqlstate 'PT409' using message = 'message.id_reused';
    end if;
    return jsonb_build_object('message', private.message_json(v_message, v_parties), 'duplicate', true,
      'conversation', private.inbox_line(v_conversation));
  end if;
  if not p_private then
    if v_conversation.status = 'blocked' then
      raise sqlstate 'PT409' using message = 'conversation.blocked';
    end if;
    if v_conversation.handler <> 'seller' then
      raise sqlstate 'PT409' using message = 'conversation.not_taken';
    end if;
    if v_conversation.assignee is distinct from p_staff then
      raise sqlstate 'PT409' using message = 'conversation.not_yours',
        detail = (select s.name from public.staff s where s.id = v_conversation.assignee);
    end if;
    if p_seen_seq is not null and not p_force and exists (
      select from public.mensajes m
      where m.conversacion_id = p_conversation and m.seq > p_seen_seq and not m.private
        and m.author in ('seller', 'assistant') and m.datos ->> 'staff_id' is distinct from p_staff::text) then
      raise sqlstate 'PT409' using message = 'message.newer_reply';
    end if;
  end if;
  update public.conversaciones c set
    last_seq = c.last_seq + 1,
    answered_seq = case when p_private then c.answered_seq else c.last_visitor_seq end,
    waiting_since = case when p_private then c.waiting_since end,
    first_reply_at = case when p_private then c.first_reply_at else coalesce(c.first_reply_at, clock_timestamp()) end,
    snoozed_until = case when p_private then c.snoozed_until end,
    last_message_text = case when p_private then c.last_message_text else left(p_content, 200) end,
    last_message_at = case when p_private then c.last_message_at else clock_timestamp() end,
    updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation
  returning * into v_conversation;
  insert into public.mensajes (site_id, conversacion_id, seq, direccion, author, texto, datos, private, client_message_id,
    body_hash, delivered_at)
  values (p_site, p_conversation, v_conversation.last_seq, 'saliente', 'seller', p_content,
    jsonb_strip_nulls(p_extra) || jsonb_build_object('author', 'seller', 'staff_id', p_staff,
      'sender', private.staff_party(p_staff)),
    p_private, p_client_message_id, p_body_hash, clock_timestamp())
  returning * into v_message;
  perform private.join_conversation(v_conversation, p_staff);
  perform private.audit(p_site, p_staff::text, case when p_private then 'note.added' else 'message.sent' end,
    v_message.id::text);
  return jsonb_build_object('message', private.message_json(v_message, v_parties), 'duplicate', false,
    'conversation', private.inbox_line(v_conversation));
end
$$;

-- Name: promised_task(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.promised_task(p_site uuid, p_message uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('task', (
    select private.task_json(t) from public.tasks t where t.site_id = p_site and t.message_id = p_message))
$$;

-- Name: prompt_content(uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.prompt_content(p_site uuid, p_number integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('content', (private.find_prompt(p_site, p_number)).content)
$$;

-- Name: prompts_in_force(); Type: FUNCTION; Schema: public

CREATE FUNCTION public.prompts_in_force() RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_object_agg(s.id, private.prompt_state(s.id)), '{}')
  from public.sites s
  where s.disabled_at is null and exists (select from public.prompt_releases r where r.site_id = s.id)
$$;

-- Name: pull_prompt(text, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.pull_prompt(p_slug text, p_number integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_site uuid := private.site_of_slug(p_slug);
  v_number int := coalesce(p_number, (private.prompt_state(v_site) ->> 'live')::int);
begin
  return jsonb_build_object('number', v_number, 'content',
    case when v_number > 0 then (private.find_prompt(v_site, v_number)).content end);
end
$$;

-- Name: purge_deliveries(integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.purge_deliveries(p_days integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_count int;
begin
  delete from public.deliveries d
  where d.state in ('sent', 'cancelled') and d.finished_at < now() - make_interval(days => p_days);
  get diagnostics v_count = row_count;
  return jsonb_build_object('deleted', v_count);
end
$$;

-- Name: push_prompt(text, text, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.push_prompt(p_slug text, p_content text, p_sha256 text, p_note text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_site uuid := private.site_of_slug(p_slug);
begin
  return private.add_prompt(v_site, 'operator', p_content, p_sha256, p_note,
    (private.prompt_state(v_site) ->> 'live')::int);
end
$$;

-- Name: rate_conversation(uuid, text, integer, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.rate_conversation(p_site uuid, p_token_hash text, p_rating integer, p_comment text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
begin
  update public.conversaciones c set rating = p_rating, rating_comment = p_comment, updated_at = now()
  where c.site_id = p_site and c.id = v_session.conversacion_id;
  if not found then
    raise sqlstate 'PT409' using message = 'conversation.not_started';
  end if;
  return jsonb_build_object('conversation_id', v_session.conversacion_id, 'rating', p_rating);
end
$$;

-- Name: react(uuid, uuid, uuid, text, boolean); Type: FUNCTION; Schema: public

CREATE FUNCTION public.react(p_site uuid, p_staff uuid, p_message uuid, p_emoji text, p_on boolean DEFAULT true) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_message public.mensajes := private.access_message(p_site, p_staff, p_message);
  v_others jsonb;
begin
  if v_message.deleted_at is not null or v_message.author = 'system' then
    raise sqlstate 'PT409' using message = 'message.deleted';
  end if;
  select coalesce(jsonb_agg(r.value order by r.ordinality), '[]') into v_others
  from jsonb_array_elements(coalesce(v_message.datos -> 'reactions', '[]')) with ordinality r
  where r.value ->> 'user_uuid' <> p_staff::text or r.value ->> 'emoji' <> p_emoji;
  if jsonb_array_length(v_others) >= 50 then
    raise sqlstate 'PT409' using message = 'message.too_many_reactions';
  end if;
  update public.mensajes m set datos = m.datos || jsonb_build_object('reactions', v_others
    || case when p_on then jsonb_build_array(jsonb_build_object('user_uuid', p_staff, 'emoji', p_emoji,
        'created_at', private.iso(clock_timestamp()))) else '[]'::jsonb end)
  where m.site_id = p_site and m.id = p_message
  returning * into v_message;
  return private.changed_message(v_message);
end
$$;

-- Name: registrar_mensaje_webchat(uuid, text, text, text, text, jsonb, text, text, text, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.registrar_mensaje_webchat(p_site uuid, p_new_token_hash text, p_client_message_id text, p_body_hash text, p_content text, p_claim jsonb, p_token_hash text DEFAULT NULL::text, p_session_id text DEFAULT NULL::text, p_locale text DEFAULT NULL::text, p_metadata jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions;
  v_conversation public.conversaciones;
  v_message public.mensajes;
  v_parties jsonb;
  v_turn jsonb;
  v_running boolean;
  v_duplicate boolean := false;
begin
  if p_token_hash is null then
    v_session := private.new_session(p_site, p_new_token_hash, p_session_id, p_locale, p_metadata);
  else
    v_session := private.access_session(p_site, p_token_hash, p_session_id);
  end if;
  v_conversation := private.lock_conversation(v_session);
  if v_conversation.status = 'blocked' then
    raise sqlstate 'PT403' using message = 'conversation.blocked';
  end if;
  v_parties := private.parties(p_site, v_conversation.contacto_id);

  select * into v_message
  from public.mensajes m
  where m.site_id = p_site and m.conversacion_id = v_conversation.id and m.author = 'visitor'
    and m.client_message_id = p_client_message_id;
  if found then
    if v_message.body_hash <> p_body_hash then
      raise sqlstate 'PT409' using message = 'message.id_reused';
    end if;
    v_duplicate := true;
  else
    insert into public.mensajes (site_id, conversacion_id, seq, direccion, author, texto, datos, client_message_id,
      body_hash, delivered_at)
    values (p_site, v_conversation.id, v_conversation.last_seq + 1, 'entrante', 'visitor', p_content,
      jsonb_build_object('session_id', v_session.session_id, 'author', 'visitor', 'locale', p_locale) || p_metadata,
      p_client_message_id, p_body_hash, clock_timestamp())
    returning * into v_message;
    update public.conversaciones c set
      last_seq = v_message.seq,
      last_visitor_seq = v_message.seq,
      last_message_text = left(p_content, 200),
      last_message_at = v_message.creado_en,
      status = 'active',
      archived_at = null,
      waiting_since = case when c.handler = 'assistant' then c.waiting_since
        else coalesce(c.waiting_since, v_message.creado_en) end,
      updated_at = v_message.creado_en
    where c.site_id = p_site and c.id = v_conversation.id
    returning c.* into v_conversation;
    update public.webchat_sessions s set
      last_activity = now(),
      expires_at = now() + interval '30 days',
      locale = coalesce(p_locale, s.locale),
      datos = s.datos || p_metadata
    where s.site_id = p_site and s.id = v_session.id;
  end if;

  select exists (
    select from public.turns t
    where t.site_id = p_site and t.conversacion_id = v_conversation.id and t.state = 'running'
  ) into v_running;
  if not v_duplicate and not v_running and v_conversation.handler <> 'seller' then
    v_turn := private.claim_turn(v_conversation, v_session.id, v_message.seq, p_claim);
    v_running := true;
  end if;
  return jsonb_build_object(
    'session', private.session_json(v_session),
    'session_created', p_token_hash is null,
    'conversation_id', v_conversation.id,
    'handler', v_conversation.handler,
    'message', private.message_json(v_message, v_parties),
    'duplicate', v_duplicate,
    'awaiting_reply', v_running,
    'reply', case when v_duplicate
      then private.reply_to(p_site, v_conversation.id, v_message.seq, v_parties) end,
    'turn', v_turn);
end
$$;

-- Name: release_prompt(uuid, uuid, integer, integer, timestamp with time zone, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.release_prompt(p_site uuid, p_staff uuid, p_number integer, p_percent integer DEFAULT 100, p_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_reason text DEFAULT NULL::text, p_override text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_failing jsonb := '[]';
  v_canary int;
begin
  perform private.access_admin(p_site, p_staff);
  perform from public.sites s where s.id = p_site for update;
  if p_number > 0 and (private.find_prompt(p_site, p_number)).archived_at is not null then
    raise sqlstate 'PT409' using message = 'prompt.archived', detail = 'an archived version cannot be published';
  end if;
  v_canary := (private.prompt_state(p_site) #>> '{canary,number}')::int;
  if p_percent < 100 and v_canary <> p_number then
    raise sqlstate 'PT409' using message = 'prompt.other_trial',
      detail = 'another version is being tried: roll it back or publish it first';
  end if;
  v_failing := private.failing_cases(p_site, p_number);
  if v_failing <> '[]' and p_override is null then
    return jsonb_build_object('released', false, 'failing', v_failing);
  end if;
  return jsonb_build_object('released', true, 'state', private.add_release(p_site, p_staff::text, p_number, p_percent, p_at,
    coalesce(p_override, p_reason), nullif(v_failing, '[]')));
end
$$;

-- Name: release_turn(uuid, uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.release_turn(p_site uuid, p_turn uuid, p_fence integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.turns t set lease_until = clock_timestamp()
  where t.site_id = p_site and t.id = p_turn and t.fence = p_fence and t.state = 'running';
  return jsonb_build_object('released', found);
end
$$;

-- Name: remove_push_subscription(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.remove_push_subscription(p_site uuid, p_staff uuid, p_subscription uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_member(p_site, p_staff);
  delete from public.staff_push_subscriptions s
  where s.site_id = p_site and s.staff_id = p_staff and s.id = p_subscription;
  if not found then
    raise sqlstate 'PT404' using message = 'push.subscription_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'push.unsubscribed', p_subscription::text);
  return '{"removed": true}';
end
$$;

-- Name: rename_site(text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.rename_site(p_slug text, p_name text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_site public.sites;
begin
  update public.sites s set name = p_name, updated_at = now()
  where s.slug = p_slug
  returning s.* into v_site;
  if not found then
    raise sqlstate 'PT404' using message = 'site.not_found';
  end if;
  return private.site_json(v_site);
end
$$;

-- Name: renew_eval_run(uuid, uuid, integer, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.renew_eval_run(p_site uuid, p_run uuid, p_fence integer, p_lease_seconds integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.eval_runs r set
    lease_until = greatest(r.lease_until, clock_timestamp() + make_interval(secs => p_lease_seconds))
  where r.site_id = p_site and r.id = p_run and r.fence = p_fence and r.state = 'running';
  return jsonb_build_object('go_on', found);
end
$$;

-- Name: renew_export(uuid, uuid, text, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.renew_export(p_site uuid, p_export uuid, p_worker text, p_lease_seconds integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.lead_exports e set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where e.site_id = p_site and e.id = p_export and e.state = 'running' and e.worker = p_worker;
  if not found then
    raise sqlstate 'PT409' using message = 'export.not_running';
  end if;
  return jsonb_build_object('renewed', true);
end
$$;

-- Name: renew_turn(uuid, uuid, integer, integer, boolean); Type: FUNCTION; Schema: public

CREATE FUNCTION public.renew_turn(p_site uuid, p_turn uuid, p_fence integer, p_lease_seconds integer, p_restart boolean DEFAULT false) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_attempt int;
  v_superseded boolean := false;
begin
  update public.turns t set
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds),
    attempt = t.attempt + case when p_restart then 1 else 0 end
  from public.conversaciones c
  where t.site_id = p_site and t.id = p_turn and t.fence = p_fence and t.state = 'running'
    and c.site_id = t.site_id and c.id = t.conversacion_id
    and c.owner_epoch = t.owner_epoch and c.handler <> 'seller'
  returning t.attempt into v_attempt;
  if v_attempt is null then
    select exists (
      select from public.turns t
      join public.conversaciones c on c.site_id = t.site_id and c.id = t.conversacion_id
      where t.site_id = p_site and t.id = p_turn and t.fence = p_fence
        and (t.state = 'superseded' or c.owner_epoch <> t.owner_epoch or c.handler = 'seller')
    ) into v_superseded;
  end if;
  return jsonb_build_object('held', v_attempt is not null, 'attempt', v_attempt, 'superseded', v_superseded,
    'gone', v_attempt is null and not exists (
      select from public.turns t where t.site_id = p_site and t.id = p_turn));
end
$$;

-- Name: renew_work(uuid, uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.renew_work(p_site uuid, p_reservation uuid, p_lease_seconds integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.work_reservations r set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where r.site_id = p_site and r.id = p_reservation and r.tokens > 0;
  return jsonb_build_object('held', found);
end
$$;

-- Name: reopen_conversation(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.reopen_conversation(p_site uuid, p_staff uuid, p_conversation uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation, true);
begin
  if v_conversation.status <> 'archived' then
    raise sqlstate 'PT409' using message = 'conversation.not_closed';
  end if;
  return private.give_to_seller(v_conversation, p_staff, p_staff, 'conversation.reopened');
end
$$;

-- Name: replay_dead_letter(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.replay_dead_letter(p_site uuid, p_staff uuid, p_id uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  if p_id is null or private.replay_dead_letters(p_site, p_staff::text, p_id) = 0 then
    raise sqlstate 'PT404' using message = 'notification.not_found';
  end if;
  return jsonb_build_object('replayed', 1);
end
$$;

-- Name: replies_of_conversation(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.replies_of_conversation(p_site uuid, p_staff uuid, p_conversation uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'message_id', m.id, 'seq', m.seq, 'source', m.datos ->> 'source', 'prompt_ref', m.prompt_ref, 'model', t.model,
      'rubric', m.datos #>> '{meta,rubric}', 'failure', t.failure, 'sources', coalesce(m.datos #> '{meta,sources}', '[]'),
      'input_tokens', t.input_tokens, 'output_tokens', t.output_tokens, 'first_text_ms', t.first_text_ms) order by m.seq), '[]')
    from public.mensajes m
    left join public.turns t on t.site_id = m.site_id and t.id = m.turn_id
    where m.site_id = p_site and m.conversacion_id = v_conversation.id and m.author = 'assistant' and m.deleted_at is null);
end
$$;

-- Name: request_visitor_handoff(uuid, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.request_visitor_handoff(p_site uuid, p_token_hash text, p_summary text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_conversation public.conversaciones := private.lock_conversation(v_session);
  v_message public.mensajes;
begin
  v_message := private.request_handoff(v_conversation, 'visitor_request', p_summary);
  return jsonb_build_object(
    'conversation_id', v_conversation.id,
    'handler', case when v_message.id is null then v_conversation.handler else 'queue' end,
    'requested', v_message.id is not null,
    'message', case when v_message.id is not null
      then private.message_json(v_message, private.parties(p_site, v_conversation.contacto_id)) end);
end
$$;

-- Name: reserve_work(uuid, integer, bigint, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.reserve_work(p_site uuid, p_tokens integer, p_budget bigint, p_lease_seconds integer) RETURNS jsonb
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select jsonb_build_object('reservation', private.reserve_of_day(p_site, p_tokens, p_budget, p_lease_seconds))
$$;

-- Name: restore_eval_case(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.restore_eval_case(p_site uuid, p_staff uuid, p_case uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_case public.eval_cases;
begin
  perform private.access_admin(p_site, p_staff);
  perform private.room_for_case(p_site);
  update public.eval_cases c set archived_at = null
  where c.site_id = p_site and c.id = p_case and c.archived_at is not null
  returning * into v_case;
  if not found then
    raise sqlstate 'PT404' using message = 'eval.case_not_found';
  end if;
  perform private.note_case_edit(v_case, 'restored', p_staff::text);
  perform private.audit(p_site, p_staff::text, 'eval.case_restored', p_case::text);
  return private.case_json(v_case);
end
$$;

-- Name: retire_public_key(uuid, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.retire_public_key(p_site uuid, p_staff uuid, p_public_key text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  delete from public.site_former_keys f
  where f.site_id = p_site and f.public_key = p_public_key and f.valid_until > now();
  if not found then
    raise sqlstate 'PT404' using message = 'site.key_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'site.public_key_retired', p_site::text);
  return (select private.site_admin_json(s) from public.sites s where s.id = p_site);
end
$$;

-- Name: return_to_assistant(uuid, uuid, uuid, jsonb, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.return_to_assistant(p_site uuid, p_staff uuid, p_conversation uuid, p_claim jsonb, p_note text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.own_conversation(p_site, p_staff, p_conversation, true);
  v_message public.mensajes;
  v_turn jsonb;
begin
  if v_conversation.handler = 'assistant' then
    return private.owned_json(p_site, p_conversation, '{}', null, null, false) || '{"turn": null}';
  end if;
  if v_conversation.status <> 'active' then
    raise sqlstate 'PT409' using message = 'conversation.not_active';
  end if;
  v_message := private.add_system_message(v_conversation, 'agent.left', jsonb_strip_nulls(jsonb_build_object(
    'agent', private.staff_party(p_staff), 'note', nullif(p_note, ''))));
  update public.conversaciones c set
    handler = 'assistant', assignee = null, waiting_since = null, snoozed_until = null,
    owner_epoch = c.owner_epoch + case when c.handler = 'seller' then 1 else 0 end,
    assigned_at = null, handoff_reason = null, handoff_summary = null, updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation
  returning * into v_conversation;
  perform private.audit(p_site, p_staff::text, 'conversation.returned', p_conversation::text);
  if v_conversation.last_visitor_seq > v_conversation.answered_seq and not exists (
    select from public.turns t where t.conversacion_id = p_conversation and t.state = 'running') then
    v_turn := private.claim_turn(v_conversation, private.session_of_conversation(v_conversation),
      v_conversation.last_visitor_seq, p_claim);
  end if;
  return private.owned_json(p_site, p_conversation, array[v_message]) || jsonb_build_object('turn', v_turn);
end
$$;

-- Name: rollback_prompt(uuid, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.rollback_prompt(p_site uuid, p_staff uuid, p_reason text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_state jsonb;
  v_release public.prompt_releases;
  v_stack int[] := '{0}';
  v_before int;
begin
  perform private.access_admin(p_site, p_staff);
  perform from public.sites s where s.id = p_site for update;
  v_state := private.prompt_state(p_site);
  if v_state -> 'canary' <> 'null' then
    return private.add_release(p_site, p_staff::text, (v_state #>> '{canary,number}')::int, 0, null, p_reason, null);
  end if;
  -- A rollback is a release too: going back twice goes back two versions, not to and fro.
  for v_release in
    select * from public.prompt_releases r
    where r.site_id = p_site and r.cancelled_at is null and r.percent = 100 and r.effective_at <= clock_timestamp()
    order by r.effective_at, r.position
  loop
    if v_release.rollback then
      v_stack := v_stack[1:cardinality(v_stack) - 1];
    elsif v_stack[cardinality(v_stack)] is distinct from v_release.number then
      v_stack := v_stack || v_release.number;
    end if;
  end loop;
  if cardinality(v_stack) < 2 then
    raise sqlstate 'PT409' using message = 'prompt.nothing_before', detail = 'there is no earlier version';
  end if;
  v_before := v_stack[cardinality(v_stack) - 1];
  perform private.audit(p_site, p_staff::text, 'prompt.rolled_back', v_before::text,
    jsonb_build_object('from', v_state -> 'live', 'reason', p_reason));
  return private.add_release(p_site, p_staff::text, v_before, 100, null, p_reason, null, true);
end
$$;

-- Name: rotate_identity_secret(uuid, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.rotate_identity_secret(p_site uuid, p_staff uuid, p_secret text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  insert into public.site_secrets (site_id, purpose, secret)
  values (p_site, 'identity', p_secret)
  on conflict (site_id, purpose) do update set secret = excluded.secret, created_at = now();
  perform private.audit(p_site, p_staff::text, 'site.secret_set', 'identity');
  return (select private.site_admin_json(s) from public.sites s where s.id = p_site);
end
$$;

-- Name: rotate_public_key(uuid, uuid, text, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.rotate_public_key(p_site uuid, p_staff uuid, p_public_key text, p_keep_days integer DEFAULT 0) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_before text;
  v_site public.sites;
begin
  perform private.access_admin(p_site, p_staff);
  select s.public_key into v_before from public.sites s where s.id = p_site for update;
  update public.sites s set public_key = p_public_key, updated_at = now()
  where s.id = p_site
  returning * into v_site;
  delete from public.site_former_keys f
  where f.site_id = p_site and (f.valid_until <= now() or f.public_key = p_public_key);
  if p_keep_days > 0 then
    insert into public.site_former_keys (public_key, site_id, valid_until)
    values (v_before, p_site, now() + make_interval(days => p_keep_days));
  end if;
  perform private.audit(p_site, p_staff::text, 'site.public_key_rotated', p_site::text,
    jsonb_build_object('keep_days', p_keep_days));
  return private.site_admin_json(v_site);
end
$$;

-- Name: route_waiting(uuid, timestamp with time zone, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.route_waiting(p_site uuid, p_overdue timestamp with time zone, p_limit integer DEFAULT 50) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones;
  v_seller uuid;
  v_routed jsonb := '[]';
begin
  -- One worker at a time per site: two would hand out above the capacity that each of them saw.
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('route:' || p_site::text, 0)) then
    return v_routed;
  end if;
  for v_conversation in
    select * from public.conversaciones c
    where c.site_id = p_site and c.handler = 'queue' and c.status = 'active'
      and (c.snoozed_until is null or c.snoozed_until <= now())
      and (c.assignee is null or c.assigned_at <= p_overdue)
    order by c.waiting_since, c.id
    limit p_limit
    for update skip locked
  loop
    select i.staff_id into v_seller
    from public.staff_sites i
    join public.staff s on s.id = i.staff_id and s.disabled_at is null
    cross join lateral (
      select count(*) as has from public.conversaciones c
      where c.site_id = p_site and c.assignee = i.staff_id and c.status = 'active'
        and (c.snoozed_until is null or c.snoozed_until <= now())) l
    where i.site_id = p_site and i.role = 'seller' and i.disabled_at is null and not i.away and private.is_online(i)
      and i.staff_id is distinct from v_conversation.assignee and l.has < i.capacity
    order by (v_conversation.locale = any (i.languages)) desc, i.last_assigned_at nulls first, l.has, i.staff_id
    limit 1;
    if v_seller is null and v_conversation.assignee is null then
      continue;
    end if;
    update public.conversaciones c set
      assignee = v_seller, assigned_at = case when v_seller is not null then clock_timestamp() end,
      updated_at = clock_timestamp()
    where c.site_id = p_site and c.id = v_conversation.id;
    update public.staff_sites i set last_assigned_at = clock_timestamp()
    where i.site_id = p_site and i.staff_id = v_seller;
    perform private.audit(p_site, 'router',
      case when v_seller is null then 'conversation.freed' else 'conversation.offered' end, v_conversation.id::text,
      jsonb_build_object('from', v_conversation.assignee, 'to', v_seller));
    v_routed := v_routed || jsonb_build_object('conversation', v_conversation.id, 'agent', private.staff_party(v_seller));
  end loop;
  return v_routed;
end
$$;

-- Name: save_canned(uuid, uuid, text, jsonb, boolean, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.save_canned(p_site uuid, p_staff uuid, p_shortcut text, p_texts jsonb, p_shared boolean, p_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_reply public.canned_replies;
begin
  if p_shared then
    perform private.access_admin(p_site, p_staff);
  else
    perform private.access_member(p_site, p_staff);
  end if;
  if p_id is null then
    insert into public.canned_replies (site_id, staff_id, shortcut, texts)
    values (p_site, case when not p_shared then p_staff end, p_shortcut, p_texts)
    returning * into v_reply;
  else
    update public.canned_replies r set shortcut = p_shortcut, texts = p_texts, updated_at = now()
    where r.site_id = p_site and r.id = p_id
      and r.staff_id is not distinct from (case when not p_shared then p_staff end)
    returning * into v_reply;
    if not found then
      raise sqlstate 'PT404' using message = 'canned.not_found';
    end if;
  end if;
  return private.canned_json(v_reply);
exception when unique_violation then
  raise sqlstate 'PT409' using message = 'canned.shortcut_taken';
end
$$;

-- Name: save_document(uuid, uuid, jsonb, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.save_document(p_site uuid, p_staff uuid, p_document jsonb, p_passages jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_editor(p_site, p_staff);
  if (select count(*) from public.knowledge_documents d where d.site_id = p_site) >= 500 then
    raise sqlstate 'PT422' using message = 'knowledge.too_many', detail = 'a site has at most 500 documents';
  end if;
  perform private.audit(p_site, p_staff::text, 'knowledge.document_saved', p_document ->> 'slug',
    jsonb_build_object('locale', p_document ->> 'locale'));
  return private.put_document(p_site, p_staff::text, p_document, p_passages);
end
$$;

-- Name: save_eval_case(uuid, uuid, text, jsonb, boolean, jsonb, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.save_eval_case(p_site uuid, p_staff uuid, p_name text, p_body jsonb, p_blocking boolean, p_tags jsonb DEFAULT '[]'::jsonb, p_case uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_case public.eval_cases;
  v_tags text[] := array(select t from jsonb_array_elements_text(p_tags) t);
begin
  perform private.access_admin(p_site, p_staff);
  if p_case is null then
    perform private.room_for_case(p_site);
    insert into public.eval_cases (site_id, name, body, blocking, tags, author)
    values (p_site, p_name, p_body, p_blocking, v_tags, p_staff::text) returning * into v_case;
  else
    select * into v_case from public.eval_cases c
    where c.site_id = p_site and c.id = p_case and c.archived_at is null
    for update;
    if not found then
      raise sqlstate 'PT404' using message = 'eval.case_not_found';
    end if;
    if (v_case.name, v_case.body, v_case.blocking, v_case.tags) = (p_name, p_body, p_blocking, v_tags) then
      return private.case_json(v_case);
    end if;
    update public.eval_cases c set name = p_name, body = p_body, blocking = p_blocking, tags = v_tags,
      revision = c.revision + case when c.body = p_body then 0 else 1 end, updated_at = clock_timestamp()
    where c.site_id = p_site and c.id = p_case
    returning * into v_case;
  end if;
  perform private.note_case_edit(v_case, case when p_case is null then 'created' else 'edited' end, p_staff::text);
  perform private.audit(p_site, p_staff::text, 'eval.case_saved', v_case.id::text,
    jsonb_build_object('revision', v_case.revision, 'blocking', v_case.blocking));
  return private.case_json(v_case);
end
$$;

-- Name: save_prompt(uuid, uuid, text, text, text, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.save_prompt(p_site uuid, p_staff uuid, p_content text, p_sha256 text, p_note text DEFAULT ''::text, p_base integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  return private.add_prompt(p_site, p_staff::text, p_content, p_sha256, p_note, p_base);
end
$$;

-- Name: save_view(uuid, uuid, text, jsonb, boolean, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.save_view(p_site uuid, p_staff uuid, p_name text, p_filter jsonb, p_shared boolean, p_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_owner uuid := case when not p_shared then p_staff end;
  v_view public.saved_views;
begin
  if p_shared then
    perform private.access_admin(p_site, p_staff);
  else
    perform private.access_member(p_site, p_staff);
  end if;
  if p_id is null then
    if (select count(*) from public.saved_views v
        where v.site_id = p_site and v.staff_id is not distinct from v_owner) >= 50 then
      raise sqlstate 'PT409' using message = 'view.too_many';
    end if;
    insert into public.saved_views (site_id, staff_id, name, filter)
    values (p_site, v_owner, p_name, p_filter)
    returning * into v_view;
  else
    update public.saved_views v set name = p_name, filter = p_filter, updated_at = now()
    where v.site_id = p_site and v.id = p_id and v.staff_id is not distinct from v_owner
    returning * into v_view;
    if not found then
      raise sqlstate 'PT404' using message = 'view.not_found';
    end if;
  end if;
  perform private.audit(p_site, p_staff::text, 'view.saved', v_view.id::text);
  return private.view_json(v_view);
exception when unique_violation then
  raise sqlstate 'PT409' using message = 'view.name_taken';
end
$$;

-- Name: save_visitor_contact(uuid, text, jsonb, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.save_visitor_contact(p_site uuid, p_token_hash text, p_contact jsonb, p_consents jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_conversation public.conversaciones := private.lock_conversation(v_session);
begin
  perform private.apply_contact(p_site, v_conversation.contacto_id, v_conversation.id, p_contact, p_consents);
  return (
    select jsonb_build_object(
      'conversation_id', v_conversation.id,
      'contact', jsonb_build_object('name', k.nombre_completo, 'email', k.email, 'phone', k.telefono, 'identity', k.identity))
    from public.contactos k
    where k.site_id = p_site and k.id = v_conversation.contacto_id);
end
$$;

-- Name: search_knowledge(uuid, text, text, text, integer, text, text, double precision); Type: FUNCTION; Schema: public

CREATE FUNCTION public.search_knowledge(p_site uuid, p_query text, p_locale text DEFAULT 'es'::text, p_item text DEFAULT NULL::text, p_limit integer DEFAULT 5, p_vector text DEFAULT NULL::text, p_model text DEFAULT NULL::text, p_least double precision DEFAULT 0) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_limit int := least(greatest(p_limit, 1), 20);
  v_words text[];
  v_query tsquery;
begin
  if p_vector is not null then
    return private.search_fused(p_site, p_query, p_locale, p_item, v_limit, p_vector, p_model, p_least);
  end if;
  v_words := tsvector_to_array(private.stems(p_locale, left(p_query, 2000)));
  v_query := private.any_of(v_words);
  return jsonb_build_object(
    'words', to_jsonb(v_words),
    'items', (
      select coalesce(jsonb_agg(private.item_json(found.item) || jsonb_build_object('named', to_jsonb(found.named))
        order by found.current desc, cardinality(found.named) desc, found.rank desc, (found.item).item_id), '[]')
      from (
        select i as item, i.item_id is not distinct from p_item as current, coalesce(ts_rank(i.search, v_query), 0) as rank,
          array(select w from unnest(v_words) w
            where w = any (tsvector_to_array(ts_filter(i.search, '{a}'))) order by w) as named
        from public.knowledge_items i
        where i.site_id = p_site and (i.search @@ v_query or i.item_id = p_item)
        order by 2 desc, cardinality(array(select w from unnest(v_words) w
            where w = any (tsvector_to_array(ts_filter(i.search, '{a}'))))) desc, 3 desc, i.item_id
        limit v_limit
      ) found),
    'passages', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'document', found.slug, 'title', found.title, 'locale', found.locale, 'heading', found.heading,
        'body', found.body, 'headed', to_jsonb(found.headed), 'matched', found.matched)
        order by found.score desc, found.slug, found.ordinal), '[]')
      from (
        select d.slug, d.title, d.locale, p.heading, p.body, p.ordinal,
          array(select w from unnest(v_words) w
            where w = any (tsvector_to_array(ts_filter(p.search, '{a}'))) order by w) as headed,
          (select count(*) from unnest(v_words) w where w = any (tsvector_to_array(p.search))) as matched,
          -- The visitor's own language first; another one is better than nothing.
          ts_rank(p.search, v_query) * case when d.locale = p_locale then 1.0 else 0.4 end as score
        from public.knowledge_passages p
        join public.knowledge_documents d on d.site_id = p.site_id and d.id = p.document_id
        where p.site_id = p_site and p.search @@ v_query
        order by score desc, d.slug, p.ordinal
        limit v_limit
      ) found));
end
$$;

-- Name: seed_knowledge(uuid, jsonb, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.seed_knowledge(p_site uuid, p_items jsonb, p_documents jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_item jsonb;
  v_document jsonb;
begin
  update public.sites s set settings = s.settings || '{"knowledge_seeded": true}'
  where s.id = p_site and not s.settings ? 'knowledge_seeded';
  if not found then
    return jsonb_build_object('seeded', false);
  end if;
  for v_item in select n from jsonb_array_elements(p_items) n loop
    perform private.put_item(p_site, v_item);
  end loop;
  for v_document in select n from jsonb_array_elements(p_documents) n loop
    perform private.put_document(p_site, 'system', v_document -> 'document', v_document -> 'passages');
  end loop;
  return jsonb_build_object('seeded', true);
end
$$;

-- Name: set_business_hours(uuid, uuid, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.set_business_hours(p_site uuid, p_staff uuid, p_hours jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_site public.sites;
begin
  perform private.access_admin(p_site, p_staff);
  update public.sites s set settings = s.settings || jsonb_build_object('business_hours', p_hours), updated_at = now()
  where s.id = p_site
  returning * into v_site;
  -- Deadlines are reckoned anew.
  update public.conversaciones c set answer_due_at = null, overdue_at = null
  where c.site_id = p_site and c.waiting_since is not null;
  perform private.audit(p_site, p_staff::text, 'site.hours_set', p_site::text);
  return private.site_json(v_site);
end
$$;

-- Name: set_deadlines(uuid, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.set_deadlines(p_site uuid, p_due jsonb) RETURNS jsonb
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  with dated as (
    update public.conversaciones c set
      answer_due_at = coalesce((d.value ->> 'due_at')::timestamptz, 'infinity'), updated_at = clock_timestamp()
    from jsonb_array_elements(p_due) d
    where c.site_id = p_site and c.id = (d.value ->> 'conversation')::uuid
      and c.waiting_since = (d.value ->> 'waiting_since')::timestamptz and c.answer_due_at is null
    returning c.id)
  select coalesce(jsonb_agg(dated.id), '[]') from dated
$$;

-- Name: set_lead_outcome(uuid, uuid, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.set_lead_outcome(p_site uuid, p_staff uuid, p_conversation uuid, p_outcome text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_lead(p_site, p_staff, p_conversation, true);
begin
  update public.conversaciones c set outcome = p_outcome, updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation;
  update public.leads l set updated_at = clock_timestamp() where l.site_id = p_site and l.conversacion_id = p_conversation;
  if v_conversation.outcome is distinct from p_outcome then
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload)
    values (p_site, 'chat.lead.updated', v_conversation.contacto_id, p_conversation,
      jsonb_build_object('outcome', p_outcome, 'quality', v_conversation.lead_quality, 'score', v_conversation.lead_score));
  end if;
  perform private.audit(p_site, p_staff::text, 'lead.outcome', p_conversation::text, jsonb_build_object('outcome', p_outcome));
  return private.told_of_lead(p_site, p_conversation);
end
$$;

-- Name: set_retention(uuid, uuid, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.set_retention(p_site uuid, p_staff uuid, p_days integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  update public.sites s set
    settings = (s.settings - 'retention_days')
      || case when p_days is null then '{}' else jsonb_build_object('retention_days', p_days) end,
    updated_at = now()
  where s.id = p_site;
  perform private.audit(p_site, p_staff::text, 'site.retention_set', p_site::text, jsonb_build_object('days', p_days));
  return jsonb_build_object('days', p_days);
end
$$;

-- Name: set_session_location(uuid, text, uuid, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.set_session_location(p_site uuid, p_session_id text, p_conversation uuid, p_location jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.webchat_sessions s set datos = s.datos || jsonb_build_object('location', p_location)
  where s.site_id = p_site and s.conversacion_id = p_conversation and s.session_id = p_session_id;
  return jsonb_build_object('stored', found);
end
$$;

-- Name: set_site_secret(text, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.set_site_secret(p_slug text, p_purpose text, p_secret text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_site public.sites;
begin
  select * into v_site from public.sites s where s.slug = p_slug;
  if not found then
    raise sqlstate 'PT404' using message = 'site.not_found';
  end if;
  insert into public.site_secrets (site_id, purpose, secret)
  values (v_site.id, p_purpose, p_secret)
  on conflict (site_id, purpose) do update set secret = excluded.secret, created_at = now();
  insert into public.audit_log (site_id, actor, action, subject)
  values (v_site.id, 'operator', 'site.secret_set', p_purpose);
  return private.site_json(v_site);
end
$$;

-- Name: set_staff_notifications(uuid, uuid, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.set_staff_notifications(p_site uuid, p_staff uuid, p_settings jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_settings public.staff_notification_settings;
begin
  perform private.access_member(p_site, p_staff);
  if p_settings ->> 'time_zone' is not null and private.known_zone(p_settings ->> 'time_zone') <> p_settings ->> 'time_zone' then
    raise sqlstate 'PT422' using message = 'notification.time_zone';
  end if;
  insert into public.staff_notification_settings as n (site_id, staff_id, push, email, quiet_from, quiet_to, time_zone)
  values (p_site, p_staff,
    array(select jsonb_array_elements_text(p_settings -> 'push')),
    array(select jsonb_array_elements_text(p_settings -> 'email')),
    (p_settings ->> 'quiet_from')::time, (p_settings ->> 'quiet_to')::time, p_settings ->> 'time_zone')
  on conflict (site_id, staff_id) do update set
    push = excluded.push, email = excluded.email, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
    time_zone = excluded.time_zone, updated_at = now()
  returning * into v_settings;
  perform private.audit(p_site, p_staff::text, 'notifications.set', p_staff::text);
  return private.notification_settings_json(v_settings);
end
$$;

-- Name: set_summary(uuid, uuid, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.set_summary(p_site uuid, p_staff uuid, p_conversation uuid, p_text text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation, true);
begin
  update public.conversaciones c set
    handoff_summary = p_text, handoff_summary_by = 'staff', updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = v_conversation.id
  returning * into v_conversation;
  perform private.audit(p_site, p_staff::text, 'conversation.summarised', p_conversation::text);
  return private.inbox_line(v_conversation);
end
$$;

-- Name: settle_cut_turn(uuid, uuid, integer, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.settle_cut_turn(p_site uuid, p_turn uuid, p_fence integer, p_facts jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_turn public.turns;
begin
  update public.turns t set
    source = 'model', model = p_facts ->> 'model', prompt_ref = p_facts ->> 'prompt_ref',
    input_tokens = coalesce((p_facts ->> 'input_tokens')::int, 0),
    output_tokens = coalesce((p_facts ->> 'output_tokens')::int, 0),
    cached_tokens = coalesce((p_facts ->> 'cached_tokens')::int, 0)
  where t.site_id = p_site and t.id = p_turn and t.fence = p_fence and t.state = 'superseded'
    and t.tokens_reserved = 0 and t.input_tokens = 0 and t.output_tokens = 0
  returning * into v_turn;
  if found then
    perform private.settle_tokens(v_turn, v_turn.input_tokens + v_turn.output_tokens);
  end if;
  return jsonb_build_object('settled', v_turn.id is not null);
end
$$;

-- Name: settle_delivery(uuid, uuid, integer, text, text, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.settle_delivery(p_site uuid, p_delivery uuid, p_fence integer, p_outcome text, p_failure text DEFAULT NULL::text, p_retry_seconds integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_row public.deliveries;
  v_state text;
begin
  select * into v_row from public.deliveries d
  where d.site_id = p_site and d.id = p_delivery and d.state = 'pending' and d.fence = p_fence
  for update;
  if not found then
    return '{"state": null}';
  end if;
  case p_outcome
    when 'sent' then
      update public.deliveries d set state = 'sent', finished_at = clock_timestamp(), lease_until = null, failure = null,
        payload = case when d.kind = 'inbox' then d.payload else '{}' end
      where d.site_id = p_site and d.id = p_delivery;
      update public.staff_push_subscriptions s set last_sent_at = now() where s.id = v_row.subscription_id;
      v_state := 'sent';
    when 'gone' then
      delete from public.staff_push_subscriptions s where s.site_id = p_site and s.id = v_row.subscription_id;
      v_state := 'gone';
    when 'retry' then
      v_state := private.fail_delivery(v_row, p_failure, false, make_interval(secs => p_retry_seconds));
    when 'refused' then
      v_state := private.fail_delivery(v_row, p_failure, true, null);
    else
      raise sqlstate 'PT422' using message = 'notification.outcome';
  end case;
  return jsonb_build_object('state', v_state);
end
$$;

-- Name: settle_embeddings(uuid, text, jsonb, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.settle_embeddings(p_site uuid, p_model text, p_done jsonb, p_failed jsonb DEFAULT '[]'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $_$
declare
  v_schema text := private.vector_schema();
  v_kept text[];
begin
  update public.knowledge_embeddings e
  set failure = f.failure,
    due_at = clock_timestamp() + make_interval(secs => f.retry_seconds)
  from jsonb_to_recordset(p_failed) f (digest text, failure text, retry_seconds double precision)
  where e.site_id = p_site and e.model = p_model and e.digest = f.digest and e.embedded_at is null;
  if v_schema is null then
    return jsonb_build_object('stored', 0);
  end if;
  with kept as (
    update public.knowledge_embeddings e
    set embedded_at = clock_timestamp(), failure = null
    from jsonb_array_elements(p_done) n
    where e.site_id = p_site and e.model = p_model and e.digest = n ->> 'digest' and e.embedded_at is null
    returning e.digest
  )
  select array_agg(k.digest) into v_kept from kept k;
  execute format('insert into public.knowledge_vectors (site_id, model, digest, embedding)
    select $1, $2, n ->> ''digest'', (n ->> ''vector'')::%I.vector
    from jsonb_array_elements($3) n where n ->> ''digest'' = any ($4)
    on conflict (site_id, model, digest) do update set embedding = excluded.embedding', v_schema)
  using p_site, p_model, p_done, v_kept;
  return jsonb_build_object('stored', coalesce(cardinality(v_kept), 0));
end
$_$;

-- Name: settle_work(uuid, uuid, text, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.settle_work(p_site uuid, p_reservation uuid, p_purpose text, p_used integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_reserved public.work_reservations;
begin
  delete from public.work_reservations r where r.site_id = p_site and r.id = p_reservation returning * into v_reserved;
  if not found then
    return jsonb_build_object('settled', false);
  end if;
  update public.site_usage u set reserved = greatest(u.reserved - v_reserved.tokens, 0), used = u.used + p_used
  where u.site_id = p_site and u.day = v_reserved.day;
  if p_used > 0 then
    insert into public.work_usage as w (site_id, day, purpose, pieces, tokens)
    values (p_site, v_reserved.day, p_purpose, 1, p_used)
    on conflict (site_id, day, purpose) do update set pieces = w.pieces + 1, tokens = w.tokens + p_used;
  end if;
  return jsonb_build_object('settled', true);
end
$$;

-- Name: sign_out_staff(uuid, uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.sign_out_staff(p_site uuid, p_staff uuid, p_token_hash text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.staff_sessions s set revoked_at = now()
  where s.staff_id = p_staff and s.revoked_at is null and (p_token_hash is null or s.token_hash = p_token_hash);
  perform private.audit(p_site, p_staff::text, 'staff.signed_out', p_staff::text);
  return jsonb_build_object('signed_out', true);
end
$$;

-- Name: site_secret(uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.site_secret(p_site uuid, p_purpose text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('secret', (
    select k.secret from public.site_secrets k where k.site_id = p_site and k.purpose = p_purpose))
$$;

-- Name: sites_waiting(); Type: FUNCTION; Schema: public

CREATE FUNCTION public.sites_waiting() RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(distinct c.site_id), '[]')
  from public.conversaciones c
  where c.handler = 'queue' and c.status = 'active' and (c.snoozed_until is null or c.snoozed_until <= now())
$$;

-- Name: sites_with_knowledge(); Type: FUNCTION; Schema: public

CREATE FUNCTION public.sites_with_knowledge() RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(s.id), '[]')
  from public.sites s
  where s.disabled_at is null
    and (exists (select from public.knowledge_items i where i.site_id = s.id)
      or exists (select from public.knowledge_documents d where d.site_id = s.id))
$$;

-- Name: sites_with_vectors(text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.sites_with_vectors(p_model text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_sites jsonb;
begin
  if private.vector_schema() is null then
    return '[]';
  end if;
  select coalesce(jsonb_agg(s.id), '[]') into v_sites
  from public.sites s
  where s.disabled_at is null
    and exists (select from public.knowledge_vectors v where v.site_id = s.id and v.model = p_model);
  return v_sites;
end
$$;

-- Name: skip_lead(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.skip_lead(p_site uuid, p_conversation uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.conversaciones c set lead_due = null where c.site_id = p_site and c.id = p_conversation;
  update public.leads l set scored_at = clock_timestamp() where l.site_id = p_site and l.conversacion_id = p_conversation;
  return jsonb_build_object('skipped', true);
end
$$;

-- Name: snooze_conversation(uuid, uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: public

CREATE FUNCTION public.snooze_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_until timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.own_conversation(p_site, p_staff, p_conversation, true);
begin
  if v_conversation.status <> 'active' then
    raise sqlstate 'PT409' using message = 'conversation.not_active';
  end if;
  if p_until <= now() then
    raise sqlstate 'PT422' using message = 'conversation.snooze_in_past';
  end if;
  update public.conversaciones c set snoozed_until = p_until, updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation;
  return private.owned_json(p_site, p_conversation, '{}');
end
$$;

-- Name: staff_beat(jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_beat(p_callers jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_roles jsonb := public.staff_standing(p_callers);
begin
  update public.staff_sites i set last_seen_at = clock_timestamp(), viewing = coalesce(c.viewing, i.viewing)
  from (
    select (e.value ->> 'site')::uuid as site, (e.value ->> 'staff')::uuid as staff,
      max(e.value ->> 'viewing')::uuid as viewing
    from jsonb_array_elements(p_callers) with ordinality e
    where v_roles ->> (e.ordinality - 1)::int is not null
    group by 1, 2
    order by 1, 2) c
  where i.site_id = c.site and i.staff_id = c.staff;
  return v_roles;
end
$$;

-- Name: staff_conversation(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_conversation(p_site uuid, p_staff uuid, p_conversation uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
begin
  perform private.audit(p_site, p_staff::text, 'conversation.viewed', p_conversation::text);
  return private.inbox_line(v_conversation) || jsonb_build_object('visits', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'page', s.datos -> 'page', 'touch', s.datos -> 'touch', 'location', s.datos -> 'location',
      'events', s.datos -> 'events', 'attributes', s.datos -> 'attributes',
      'last_activity', private.iso(s.last_activity)) order by s.last_activity desc), '[]')
    from public.webchat_sessions s where s.site_id = p_site and s.conversacion_id = p_conversation));
end
$$;

-- Name: staff_conversations(uuid, uuid, jsonb, text, jsonb, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_conversations(p_site uuid, p_staff uuid, p_filter jsonb, p_sort text DEFAULT 'newest'::text, p_after jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_limit int := least(greatest(p_limit, 1), 200);
  v_rows public.conversaciones[];
  v_at timestamptz := (p_after ->> 'at')::timestamptz;
  v_id uuid := (p_after ->> 'uuid')::uuid;
  v_last public.conversaciones;
begin
  if p_sort = 'waiting' then
    select array_agg(r) into v_rows from (
      select c from public.conversaciones c
      where c.site_id = p_site and c.waiting_since is not null
        and (v_id is null or (c.waiting_since, c.id) > (v_at, v_id))
        and private.may_see(c, p_staff, v_role) and private.matches(c, p_staff, p_filter)
      order by c.waiting_since, c.id limit v_limit + 1) x (r);
  else
    select array_agg(r) into v_rows from (
      select c from public.conversaciones c
      where c.site_id = p_site and c.last_message_at is not null
        and (v_id is null or (c.last_message_at, c.id) < (v_at, v_id))
        and private.may_see(c, p_staff, v_role) and private.matches(c, p_staff, p_filter)
      order by c.last_message_at desc nulls last, c.id desc limit v_limit + 1) x (r);
  end if;
  if cardinality(v_rows) > v_limit then
    v_last := v_rows[v_limit];
  end if;
  perform private.audit(p_site, p_staff::text, 'conversations.listed', null,
    jsonb_build_object('count', least(coalesce(cardinality(v_rows), 0), v_limit)));
  return jsonb_build_object(
    'data', coalesce((
      select jsonb_agg(private.inbox_line(v_rows[i]) order by i)
      from generate_series(1, least(coalesce(cardinality(v_rows), 0), v_limit)) i), '[]'),
    'next', case when v_last.id is not null then jsonb_build_object(
      'at', private.iso(case when p_sort = 'waiting' then v_last.waiting_since else v_last.last_message_at end),
      'uuid', v_last.id) end);
end
$$;

-- Name: staff_counts(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_counts(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
begin
  return (
    select jsonb_build_object(
      'mine', count(*) filter (where c.assignee = p_staff),
      'unassigned', count(*) filter (where c.handler = 'queue' and c.assignee is null),
      'bot', count(*) filter (where c.handler = 'assistant'),
      'all', count(*),
      'overdue', count(*) filter (where c.answer_due_at <= now()))
    from public.conversaciones c
    where c.site_id = p_site and c.status = 'active' and c.last_message_at is not null
      and (c.snoozed_until is null or c.snoozed_until <= now()) and private.may_see(c, p_staff, v_role));
end
$$;

-- Name: staff_export(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_export(p_site uuid, p_staff uuid, p_export uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_exporter(p_site, p_staff);
  return private.export_json(private.stored_export(p_site, p_export));
end
$$;

-- Name: staff_exports(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_exports(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_exporter(p_site, p_staff);
  return coalesce((
    select jsonb_agg(private.export_json(e) order by e.id desc)
    from (
      select * from public.lead_exports l where l.site_id = p_site order by l.id desc limit 50) e), '[]');
end
$$;

-- Name: staff_gone(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_gone(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.staff_sites i set last_seen_at = least(i.last_seen_at, now() - interval '15 seconds'), viewing = null
  where i.site_id = p_site and i.staff_id = p_staff;
  return jsonb_build_object('gone', found);
end
$$;

-- Name: staff_lead(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_lead(p_site uuid, p_staff uuid, p_conversation uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_conversation public.conversaciones := private.access_lead(p_site, p_staff, p_conversation);
  v_lead public.leads;
begin
  select * into strict v_lead from public.leads l where l.site_id = p_site and l.conversacion_id = p_conversation;
  perform private.audit(p_site, p_staff::text, 'lead.viewed', p_conversation::text);
  return private.lead_json(v_lead, v_conversation, v_role) || jsonb_build_object(
    'facts', case when v_role <> 'marketing' or private.consent_to(p_site, v_lead.contacto_id, 'contact')
      then private.lead_facts_json(p_site, p_conversation) else '[]'::jsonb end);
end
$$;

-- Name: staff_lead_counts(uuid, uuid, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_lead_counts(p_site uuid, p_staff uuid, p_filter jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_counts jsonb;
begin
  execute 'with seen as (
      select coalesce(l.manual_quality, l.quality) quality, coalesce(c.outcome, ''pending'') outcome,
        l.gap is not null and l.gap_dismissed_at is null gap, k.lead_captured_at is not null captured
      from public.leads l
      join public.conversaciones c on c.site_id = l.site_id and c.id = l.conversacion_id
      join public.contactos k on k.site_id = l.site_id and k.id = l.contacto_id
      where ' || private.lead_conditions() || ')
    select jsonb_build_object(
      ''total'', count(*),
      ''quality'', jsonb_build_object(
        ''hot'', count(*) filter (where s.quality = ''hot''),
        ''warm'', count(*) filter (where s.quality = ''warm''),
        ''cold'', count(*) filter (where s.quality = ''cold'')),
      ''captured'', count(*) filter (where s.captured),
      ''gaps'', count(*) filter (where s.gap),
      ''outcome'', coalesce((select jsonb_object_agg(o.outcome, o.n) from (
        select t.outcome, count(*) n from seen t group by t.outcome) o), ''{}''))
    from seen s'
  into v_counts
  using p_site, p_staff, v_role, p_filter;
  return v_counts;
end
$$;

-- Name: staff_leads(uuid, uuid, jsonb, jsonb, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_leads(p_site uuid, p_staff uuid, p_filter jsonb, p_after jsonb DEFAULT NULL::jsonb, p_limit integer DEFAULT 50) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $_$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_limit int := least(greatest(p_limit, 1), 200);
  v_rows jsonb;
  v_count int;
begin
  execute 'select jsonb_agg(jsonb_build_object(''lead'', private.lead_json(r.l, r.c, $3), ''at'', private.iso(r.at))
      order by r.place)
    from (
      select l, c, at, row_number() over () place
      from (
        select l, c, ' || case when p_filter ->> 'gap' is null then 'l.created_at' else 'l.gap_since' end || ' at
        from public.leads l
        join public.conversaciones c on c.site_id = l.site_id and c.id = l.conversacion_id
        join public.contactos k on k.site_id = l.site_id and k.id = l.contacto_id
        where ' || private.lead_conditions() || case when p_filter ->> 'gap' is null
          then ' and ($5 is null or (l.created_at, l.conversacion_id) < ($6, $5))
            order by l.created_at desc, l.conversacion_id desc'
          else ' and ($5 is null or (l.gap_since, l.conversacion_id) > ($6, $5))
            order by l.gap_since, l.conversacion_id' end || '
        limit $7) page) r'
  into v_rows
  using p_site, p_staff, v_role, p_filter, (p_after ->> 'uuid')::uuid, (p_after ->> 'at')::timestamptz, v_limit + 1;
  v_count := least(jsonb_array_length(coalesce(v_rows, '[]')), v_limit);
  perform private.audit(p_site, p_staff::text, 'leads.listed', null, jsonb_build_object('count', v_count));
  return jsonb_build_object(
    'data', coalesce((
      select jsonb_agg(r.value -> 'lead' order by r.ordinality)
      from jsonb_array_elements(v_rows) with ordinality r where r.ordinality <= v_limit), '[]'),
    'next', case when jsonb_array_length(v_rows) > v_limit then jsonb_build_object(
      'at', v_rows -> (v_limit - 1) -> 'at', 'uuid', v_rows -> (v_limit - 1) -> 'lead' -> 'uuid') end);
end
$_$;

-- Name: staff_mark_unread(uuid, uuid, uuid, bigint); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_mark_unread(p_site uuid, p_staff uuid, p_conversation uuid, p_from_seq bigint DEFAULT NULL::bigint) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_row public.conversation_participants;
begin
  update public.conversation_participants p set
    last_read_seq = least(p.last_read_seq,
      greatest(least(coalesce(p_from_seq, v_conversation.last_visitor_seq), v_conversation.last_visitor_seq) - 1, 0)),
    updated_at = clock_timestamp()
  where p.site_id = p_site and p.conversacion_id = p_conversation and p.staff_id = p_staff
  returning * into v_row;
  if not found then
    raise sqlstate 'PT409' using message = 'conversation.not_taken';
  end if;
  return jsonb_build_object('conversation_uuid', p_conversation,
    'unread_count', private.unread_of(p_conversation, v_row.last_read_seq));
end
$$;

-- Name: staff_messages(uuid, uuid, uuid, bigint, bigint, integer, bigint); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_messages(p_site uuid, p_staff uuid, p_conversation uuid, p_after bigint DEFAULT NULL::bigint, p_before bigint DEFAULT NULL::bigint, p_limit integer DEFAULT 100, p_changed bigint DEFAULT NULL::bigint) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_parties jsonb := private.parties(p_site, v_conversation.contacto_id);
  v_limit int := least(greatest(p_limit, 1), 500);
  v_messages jsonb;
  v_more boolean;
begin
  if p_after is null and p_before is null then
    perform private.audit(p_site, p_staff::text, 'conversation.viewed', p_conversation::text);
  end if;
  if p_after is not null then
    select coalesce(jsonb_agg(private.message_json(m, v_parties) order by m.seq), '[]') into v_messages
    from (
      select * from public.mensajes m
      where m.site_id = p_site and m.conversacion_id = p_conversation and m.seq > p_after
        and m.seq < coalesce(p_before, 9223372036854775807)
      order by m.seq limit v_limit + 1) m;
    v_more := jsonb_array_length(v_messages) > v_limit;
    v_messages := case when v_more then v_messages - v_limit else v_messages end;
  else
    select coalesce(jsonb_agg(private.message_json(m, v_parties) order by m.seq), '[]') into v_messages
    from (
      select * from public.mensajes m
      where m.site_id = p_site and m.conversacion_id = p_conversation
        and m.seq < coalesce(p_before, 9223372036854775807)
      order by m.seq desc limit v_limit + 1) m;
    v_more := jsonb_array_length(v_messages) > v_limit;
    v_messages := case when v_more then v_messages - 0 else v_messages end;
  end if;
  return jsonb_build_object('data', v_messages, 'conversation', private.conversation_json(v_conversation),
    'last_seq', v_conversation.last_seq, 'has_more', v_more)
    || private.changed_since(v_conversation, v_parties, p_changed, true);
end
$$;

-- Name: staff_notifications(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_notifications(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_member(p_site, p_staff);
  return private.notification_settings_json(private.notification_settings(p_site, p_staff));
end
$$;

-- Name: staff_online(uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_online(p_site uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('online', count(*))
  from public.staff_sites i join public.staff s on s.id = i.staff_id
  where i.site_id = p_site and i.role in ('seller', 'admin') and i.disabled_at is null and s.disabled_at is null
    and not i.away and private.is_online(i)
$$;

-- Name: staff_password(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_password(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_staff public.staff;
  v_wait int;
begin
  perform private.access_member(p_site, p_staff);
  select * into v_staff from public.staff s where s.id = p_staff;
  v_wait := private.throttle(private.email_key(v_staff.email), 8, interval '15 minutes');
  if v_wait is not null then
    raise sqlstate 'PT429' using message = 'staff.throttled', hint = v_wait::text;
  end if;
  return jsonb_build_object('password_hash', v_staff.password_hash);
end
$$;

-- Name: staff_read(uuid, uuid, uuid, bigint); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_read(p_site uuid, p_staff uuid, p_conversation uuid, p_up_to_seq bigint DEFAULT NULL::bigint) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_now timestamptz := clock_timestamp();
  v_upto bigint := least(coalesce(p_up_to_seq, v_conversation.last_seq), v_conversation.last_seq);
  v_marked bigint;
  v_row public.conversation_participants;
begin
  update public.conversation_participants p set
    last_read_seq = greatest(p.last_read_seq, v_upto), last_read_at = v_now, updated_at = v_now
  where p.conversacion_id = p_conversation and p.staff_id = p_staff
  returning * into v_row;
  if found then
    with marked as (
      update public.mensajes m set read_at = v_now, estado = 'read'
      where m.site_id = p_site and m.conversacion_id = p_conversation and m.seq <= v_upto
        and m.read_at is null and m.author = 'visitor'
      returning m.seq)
    select max(seq) into v_marked from marked;
  end if;
  return jsonb_build_object('conversation_uuid', p_conversation, 'up_to_seq', v_marked, 'at', private.iso(v_now),
    'unread_count', case when v_row.staff_id is null then 0
      else private.unread_of(p_conversation, v_row.last_read_seq) end);
end
$$;

-- Name: staff_sees(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_sees(p_site uuid, p_staff uuid, p_conversation uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
begin
  return jsonb_build_object('last_seq', v_conversation.last_seq, 'changes', v_conversation.changes,
    'takes_part', exists (
    select from public.conversation_participants p
    where p.conversacion_id = p_conversation and p.staff_id = p_staff));
end
$$;

-- Name: staff_standing(jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_standing(p_callers jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(
    case when s.id is not null and i.staff_id is not null
      and (c.value ->> 'token_hash' is null or exists (
        select from public.staff_sessions t
        where t.token_hash = c.value ->> 'token_hash' and t.staff_id = s.id and t.revoked_at is null
          and t.expires_at > now()))
    then i.role end order by c.ordinality), '[]')
  from jsonb_array_elements(p_callers) with ordinality c
  left join public.staff s on s.id = (c.value ->> 'staff')::uuid and s.disabled_at is null
  left join public.staff_sites i on i.staff_id = s.id and i.site_id = (c.value ->> 'site')::uuid and i.disabled_at is null
$$;

-- Name: staff_unread(uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.staff_unread(p_site uuid, p_staff uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  perform private.access_member(p_site, p_staff);
  return (
    select jsonb_build_object('unread_count', coalesce(sum(n), 0), 'conversations', count(*) filter (where n > 0))
    from (
      select private.unread_of(p.conversacion_id, p.last_read_seq) n
      from public.conversation_participants p
      join public.conversaciones c on c.site_id = p.site_id and c.id = p.conversacion_id
      where p.site_id = p_site and p.staff_id = p_staff and c.status = 'active') u);
end
$$;

-- Name: start_conversation(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.start_conversation(p_site uuid, p_staff uuid, p_contact uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones;
begin
  perform private.access_member(p_site, p_staff);
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.contacto_id = p_contact
  order by c.last_message_at desc nulls last, c.created_at desc limit 1;
  if not found then
    raise sqlstate 'PT404' using message = 'contact.not_found';
  end if;
  return public.take_over(p_site, p_staff, v_conversation.id);
end
$$;

-- Name: store_eval_result(uuid, uuid, integer, uuid, integer, integer, integer, boolean, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.store_eval_result(p_site uuid, p_run uuid, p_fence integer, p_case uuid, p_revision integer, p_number integer, p_repeat integer, p_passed boolean, p_outcome jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform from public.eval_runs r
  where r.site_id = p_site and r.id = p_run and r.fence = p_fence and r.state = 'running'
  for no key update;
  if not found then
    return jsonb_build_object('go_on', false);
  end if;
  insert into public.eval_results (run_id, site_id, case_id, revision, number, repeat, passed, outcome)
  values (p_run, p_site, p_case, p_revision, p_number, p_repeat, p_passed, p_outcome)
  on conflict do nothing;
  return jsonb_build_object('go_on', true);
end
$$;

-- Name: store_lead(uuid, uuid, jsonb, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.store_lead(p_site uuid, p_conversation uuid, p_lead jsonb, p_contact jsonb DEFAULT NULL::jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones;
  v_version int;
begin
  select * into v_conversation from public.conversaciones c where c.site_id = p_site and c.id = p_conversation for update;
  if not found then
    raise sqlstate 'PT404' using message = 'conversation.not_found';
  end if;
  v_version := private.lead_version(v_conversation);
  if (p_lead ->> 'version')::int = v_version and p_contact is not null then
    perform private.apply_contact(p_site, v_conversation.contacto_id, p_conversation, p_contact, null);
  end if;
  return private.apply_lead(v_conversation, null, p_lead, v_version);
end
$$;

-- Name: take_over(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.take_over(p_site uuid, p_staff uuid, p_conversation uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones;
  v_role text := (private.access_member(p_site, p_staff)).role;
begin
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.id = p_conversation for update;
  if not found then
    raise sqlstate 'PT404' using message = 'conversation.not_found';
  end if;
  if v_conversation.handler = 'seller' and v_conversation.assignee = p_staff then
    return private.owned_json(p_site, p_conversation, '{}', null, p_staff, false);
  end if;
  -- Before the question whether they may see it: whoever just lost the race is told, not turned away.
  if v_conversation.handler = 'seller' and v_conversation.assignee is not null and v_role <> 'admin' then
    raise sqlstate 'PT409' using message = 'conversation.taken_over',
      detail = (select s.name from public.staff s where s.id = v_conversation.assignee);
  end if;
  if not private.may_see(v_conversation, p_staff, v_role) then
    raise sqlstate 'PT403' using message = 'conversation.not_participant';
  end if;
  if v_conversation.status = 'blocked' then
    raise sqlstate 'PT409' using message = 'conversation.blocked';
  end if;
  return private.give_to_seller(v_conversation, p_staff, p_staff, 'conversation.taken_over');
end
$$;

-- Name: update_staff_profile(uuid, uuid, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.update_staff_profile(p_site uuid, p_staff uuid, p_patch jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_staff public.staff;
  v_in public.staff_sites := private.access_member(p_site, p_staff);
begin
  update public.staff s set
    name = coalesce(p_patch ->> 'name', s.name),
    avatar = case when p_patch ? 'avatar' then p_patch ->> 'avatar' else s.avatar end,
    updated_at = now()
  where s.id = p_staff
  returning * into v_staff;
  update public.staff_sites i set
    languages = case when p_patch ? 'languages'
      then (select coalesce(array_agg(l), '{}') from jsonb_array_elements_text(p_patch -> 'languages') l) else i.languages end,
    capacity = coalesce((p_patch ->> 'capacity')::int, i.capacity),
    away = coalesce((p_patch ->> 'away')::boolean, i.away),
    updated_at = now()
  where i.site_id = p_site and i.staff_id = p_staff
  returning * into v_in;
  return private.membership_json(v_staff, v_in);
end
$$;

-- Name: use_canned(uuid, uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.use_canned(p_site uuid, p_staff uuid, p_conversation uuid, p_id uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_reply public.canned_replies;
begin
  update public.canned_replies r set usage_count = r.usage_count + 1
  where r.site_id = p_site and r.id = p_id and (r.staff_id is null or r.staff_id = p_staff)
  returning * into v_reply;
  if not found then
    raise sqlstate 'PT404' using message = 'canned.not_found';
  end if;
  return (
    select jsonb_build_object('texts', v_reply.texts, 'locale', v_conversation.locale, 'values', jsonb_build_object(
      'contact_name', k.nombre_completo, 'seller_name', s.name, 'site_name', t.name,
      'item_title', v_conversation.taggable_info ->> 'title'))
    from public.contactos k, public.staff s, public.sites t
    where k.site_id = p_site and k.id = v_conversation.contacto_id and s.id = p_staff and t.id = p_site);
end
$$;

-- Name: use_staff_link(text, text, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.use_staff_link(p_token_hash text, p_password_hash text DEFAULT NULL::text, p_known_hash text DEFAULT NULL::text, p_name text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_link public.staff_links;
  v_staff public.staff;
begin
  update public.staff_links l set used_at = now()
  where l.token_hash = p_token_hash and l.used_at is null and l.expires_at > now()
  returning * into v_link;
  if not found then
    raise sqlstate 'PT404' using message = 'staff.link_invalid';
  end if;
  if v_link.purpose = 'reset' then
    update public.staff s set password_hash = p_password_hash, updated_at = now()
    where s.id = v_link.staff_id and p_password_hash is not null
    returning * into v_staff;
    update public.staff_sessions s set revoked_at = now() where s.staff_id = v_link.staff_id and s.revoked_at is null;
  else
    select * into v_staff from public.staff s where s.email = v_link.email for update;
    if found and v_staff.password_hash is not null then
      if v_staff.password_hash is distinct from p_known_hash then
        raise sqlstate 'PT401' using message = 'staff.wrong_credentials';
      end if;
    elsif found then
      update public.staff s set password_hash = p_password_hash, updated_at = now() where s.id = v_staff.id;
    else
      insert into public.staff (email, name, password_hash)
      values (v_link.email, coalesce(p_name, v_link.name, split_part(v_link.email, '@', 1)), p_password_hash)
      returning * into v_staff;
    end if;
    insert into public.staff_sites (site_id, staff_id, role) values (v_link.site_id, v_staff.id, v_link.role)
    on conflict (site_id, staff_id) do nothing;
  end if;
  perform private.audit(v_link.site_id, v_staff.id::text,
    case v_link.purpose when 'reset' then 'staff.password_reset' else 'staff.joined' end, v_staff.id::text,
    jsonb_build_object('role', v_link.role));
  return jsonb_build_object('email', v_staff.email);
end
$$;

-- Name: vector_state(); Type: FUNCTION; Schema: public

CREATE FUNCTION public.vector_state() RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return jsonb_build_object(
    'vectors', private.vector_schema() is not null,
    'available', exists (select from pg_available_extensions a where a.name = 'vector'));
end
$$;

-- Name: visitor_contact(uuid, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.visitor_contact(p_site uuid, p_token_hash text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
begin
  return (
    select jsonb_build_object(
      'name', k.nombre_completo, 'email', k.email, 'phone', k.telefono, 'identity', k.identity,
      'consents', coalesce((
        select jsonb_agg(latest.purpose)
        from (
          select distinct on (c.purpose) c.purpose, c.granted
          from public.consents c
          where c.site_id = p_site and c.contacto_id = k.id
          order by c.purpose, c.created_at desc, c.id desc
        ) latest
        where latest.granted), '[]'))
    from public.contactos k
    where k.site_id = p_site and k.id = v_session.contacto_id);
end
$$;

-- Name: visitor_react(uuid, text, uuid, text, boolean); Type: FUNCTION; Schema: public

CREATE FUNCTION public.visitor_react(p_site uuid, p_token_hash text, p_message uuid, p_emoji text, p_on boolean DEFAULT true) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_conversation public.conversaciones;
  v_message public.mensajes;
  v_others jsonb;
  v_now jsonb;
begin
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.id = v_session.conversacion_id for update;
  if v_conversation.status = 'blocked' then
    raise sqlstate 'PT403' using message = 'conversation.blocked';
  end if;
  select * into v_message from public.mensajes m
  where m.site_id = p_site and m.conversacion_id = v_conversation.id and m.id = p_message and not m.private
  for update;
  if not found then
    raise sqlstate 'PT404' using message = 'message.not_found';
  end if;
  if v_message.deleted_at is not null or v_message.author = 'system' then
    raise sqlstate 'PT409' using message = 'message.deleted';
  end if;
  select coalesce(jsonb_agg(r.value order by r.ordinality), '[]') into v_others
  from jsonb_array_elements(coalesce(v_message.datos -> 'reactions', '[]')) with ordinality r
  where r.value ->> 'user_uuid' <> v_conversation.contacto_id::text or r.value ->> 'emoji' <> p_emoji;
  if (jsonb_array_length(v_others) < jsonb_array_length(coalesce(v_message.datos -> 'reactions', '[]'))) = p_on then
    return jsonb_build_object('message',
      private.message_json(v_message, private.parties(p_site, v_conversation.contacto_id)));
  end if;
  if jsonb_array_length(v_others) >= 50 then
    raise sqlstate 'PT409' using message = 'message.too_many_reactions';
  end if;
  v_now := v_others || case when p_on then jsonb_build_array(jsonb_build_object('user_uuid', v_conversation.contacto_id,
    'emoji', p_emoji, 'created_at', private.iso(clock_timestamp()))) else '[]'::jsonb end;
  update public.mensajes m set datos = m.datos || jsonb_build_object('reactions', v_now)
  where m.site_id = p_site and m.id = p_message
  returning * into v_message;
  return jsonb_build_object('message',
    private.message_json(v_message, private.parties(p_site, v_conversation.contacto_id)));
end
$$;

-- Name: visitor_session(uuid, text, text); Type: FUNCTION; Schema: public

CREATE FUNCTION public.visitor_session(p_site uuid, p_token_hash text, p_session_id text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select private.session_json(private.access_session(p_site, p_token_hash, p_session_id))
$$;

-- Name: visitor_turn(uuid, text, integer); Type: FUNCTION; Schema: public

CREATE FUNCTION public.visitor_turn(p_site uuid, p_token_hash text, p_history integer DEFAULT 40) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_conversation public.conversaciones;
  v_turn public.turns;
begin
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.id = v_session.conversacion_id;
  if not found then
    raise sqlstate 'PT409' using message = 'conversation.not_started';
  end if;
  v_turn.id := private.new_id();
  v_turn.site_id := p_site;
  v_turn.conversacion_id := v_conversation.id;
  v_turn.webchat_session := v_session.id;
  v_turn.upto_seq := v_conversation.last_visitor_seq;
  v_turn.owner_epoch := v_conversation.owner_epoch;
  v_turn.fence := 0;
  v_turn.attempt := 1;
  return private.turn_json(v_turn, p_history);
end
$$;

-- Name: webchat_history(uuid, text, text, bigint, bigint, integer, bigint); Type: FUNCTION; Schema: public

CREATE FUNCTION public.webchat_history(p_site uuid, p_token_hash text, p_session_id text DEFAULT NULL::text, p_after bigint DEFAULT 0, p_before bigint DEFAULT NULL::bigint, p_limit integer DEFAULT 100, p_changed bigint DEFAULT NULL::bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash, p_session_id);
  v_conversation public.conversaciones;
  v_parties jsonb;
  v_messages jsonb;
  v_limit int := least(greatest(p_limit, 1), 500);
begin
  select * into v_conversation
  from public.conversaciones c
  where c.site_id = p_site and c.id = v_session.conversacion_id;
  if not found then
    return jsonb_build_object('session', private.session_json(v_session), 'conversation', null, 'messages', '[]'::jsonb,
      'last_seq', 0, 'has_more', false, 'changes', 0);
  end if;
  v_parties := private.parties(p_site, v_session.contacto_id);
  if p_before is null then
    select coalesce(jsonb_agg(private.message_json(m, v_parties) order by m.seq), '[]') into v_messages
    from (
      select * from public.mensajes m
      where m.site_id = p_site and m.conversacion_id = v_conversation.id and not m.private and m.seq > p_after
      order by m.seq limit v_limit + 1
    ) m;
    return jsonb_build_object('session', private.session_json(v_session),
      'conversation', private.conversation_json(v_conversation),
      'messages', case when jsonb_array_length(v_messages) > v_limit then v_messages - v_limit else v_messages end,
      'last_seq', v_conversation.last_seq,
      'has_more', jsonb_array_length(v_messages) > v_limit)
      || private.changed_since(v_conversation, v_parties, p_changed, false);
  end if;
  select coalesce(jsonb_agg(private.message_json(m, v_parties) order by m.seq), '[]') into v_messages
  from (
    select * from public.mensajes m
    where m.site_id = p_site and m.conversacion_id = v_conversation.id and not m.private
      and m.seq < p_before and m.seq > p_after
    order by m.seq desc limit v_limit + 1
  ) m;
  return jsonb_build_object('session', private.session_json(v_session),
    'conversation', private.conversation_json(v_conversation),
    'messages', case when jsonb_array_length(v_messages) > v_limit then v_messages - 0 else v_messages end,
    'last_seq', v_conversation.last_seq,
    'has_more', jsonb_array_length(v_messages) > v_limit, 'changes', v_conversation.changes);
end
$$;

-- Name: withdraw_consent(uuid, uuid, uuid, jsonb); Type: FUNCTION; Schema: public

CREATE FUNCTION public.withdraw_consent(p_site uuid, p_staff uuid, p_contact uuid, p_purposes jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  v_in public.staff_sites := private.access_member(p_site, p_staff);
  v_conversation uuid;
  v_consents jsonb;
begin
  -- In the order in which everything else takes them.
  perform from public.conversaciones c
  where c.site_id = p_site and c.contacto_id = p_contact
  order by c.id
  for update;
  if not exists (select from public.contactos k where k.site_id = p_site and k.id = p_contact) then
    raise sqlstate 'PT404' using message = 'contact.not_found';
  end if;
  if v_in.role = 'seller' and not exists (
    select from public.conversaciones c
    where c.site_id = p_site and c.contacto_id = p_contact and private.may_see(c, p_staff, v_in.role)) then
    raise sqlstate 'PT403' using message = 'conversation.not_participant';
  end if;
  select c.id into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.contacto_id = p_contact
  order by c.last_message_at desc nulls last, c.id desc limit 1;
  -- Withdrawn is the text that was agreed to; who agreed to none is told by that.
  select coalesce(jsonb_agg(jsonb_build_object(
    'purpose', p.purpose, 'granted', false, 'text_version', coalesce(e.text_version, 'none'),
    'text_sha256', coalesce(e.text_sha256, encode(sha256(''::bytea), 'hex')), 'locale', coalesce(e.locale, s.locale),
    'source', 'api')), '[]')
  into v_consents
  from (select distinct value as purpose from jsonb_array_elements_text(p_purposes)) p
  join public.sites s on s.id = p_site
  left join lateral (
    select * from public.consents c
    where c.site_id = p_site and c.contacto_id = p_contact and c.purpose = p.purpose
    order by c.created_at desc, c.id desc limit 1) e on true
  where e.granted is distinct from false;
  if v_consents <> '[]' then
    perform private.apply_contact(p_site, p_contact, v_conversation, null, v_consents);
    perform private.audit(p_site, p_staff::text, 'contact.withdrew', p_contact::text,
      jsonb_build_object('purposes', (select jsonb_agg(c.value -> 'purpose') from jsonb_array_elements(v_consents) c)));
  end if;
  return (
    select jsonb_build_object('contact_id', k.id, 'contact', k.consent_contact, 'marketing', k.consent_marketing)
    from public.contactos k where k.site_id = p_site and k.id = p_contact);
end
$$;

-- Name: withdraw_invitation(uuid, uuid, uuid); Type: FUNCTION; Schema: public

CREATE FUNCTION public.withdraw_invitation(p_site uuid, p_staff uuid, p_invitation uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.access_admin(p_site, p_staff);
  update public.staff_links l set used_at = now()
  where l.site_id = p_site and l.id = p_invitation and l.purpose = 'invite' and l.used_at is null;
  if not found then
    raise sqlstate 'PT404' using message = 'staff.invitation_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'staff.invitation_withdrawn', p_invitation::text);
  return jsonb_build_object('withdrawn', true);
end
$$;

-- Name: audit_log; Type: TABLE; Schema: public

CREATE TABLE public.audit_log (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

-- Name: consents; Type: TABLE; Schema: public

CREATE TABLE public.consents (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    contacto_id uuid NOT NULL,
    purpose text NOT NULL,
    granted boolean NOT NULL,
    text_version text NOT NULL,
    text_sha256 text NOT NULL,
    locale text NOT NULL,
    source text NOT NULL,
    message_id uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT consents_purpose_check CHECK ((purpose = ANY (ARRAY['chat'::text, 'contact'::text, 'marketing'::text]))),
    CONSTRAINT consents_source_check CHECK ((source = ANY (ARRAY['chat'::text, 'form'::text, 'api'::text]))),
    CONSTRAINT consents_text_sha256_check CHECK ((text_sha256 ~ '^[0-9a-f]{64}$'::text))
);

-- Name: conversation_participants; Type: TABLE; Schema: public

CREATE TABLE public.conversation_participants (
    site_id uuid NOT NULL,
    conversacion_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    last_read_seq bigint DEFAULT 0 NOT NULL,
    last_read_at timestamp with time zone,
    joined_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

-- Name: eval_case_edits; Type: TABLE; Schema: public

CREATE TABLE public.eval_case_edits (
    site_id uuid NOT NULL,
    case_id uuid NOT NULL,
    place integer NOT NULL,
    act text NOT NULL,
    revision integer NOT NULL,
    name text NOT NULL,
    body jsonb NOT NULL,
    blocking boolean NOT NULL,
    tags text[] NOT NULL,
    author text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT eval_case_edits_act_check CHECK ((act = ANY (ARRAY['created'::text, 'edited'::text, 'archived'::text, 'restored'::text])))
);

-- Name: eval_results; Type: TABLE; Schema: public

CREATE TABLE public.eval_results (
    run_id uuid NOT NULL,
    site_id uuid NOT NULL,
    case_id uuid NOT NULL,
    revision integer NOT NULL,
    number integer NOT NULL,
    repeat integer NOT NULL,
    passed boolean NOT NULL,
    outcome jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

-- Name: job_leases; Type: TABLE; Schema: public

CREATE TABLE public.job_leases (
    name text NOT NULL,
    holder text NOT NULL,
    held_until timestamp with time zone NOT NULL,
    CONSTRAINT job_leases_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

-- Name: knowledge_embeddings; Type: TABLE; Schema: public

CREATE TABLE public.knowledge_embeddings (
    site_id uuid NOT NULL,
    digest text NOT NULL,
    model text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    failure text,
    embedded_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT knowledge_embeddings_digest_check CHECK ((digest ~ '^[ip][0-9a-f]{64}$'::text)),
    CONSTRAINT knowledge_embeddings_model_check CHECK (((length(model) >= 1) AND (length(model) <= 200)))
);

-- Name: knowledge_passages; Type: TABLE; Schema: public

CREATE TABLE public.knowledge_passages (
    document_id uuid NOT NULL,
    site_id uuid NOT NULL,
    ordinal integer NOT NULL,
    heading text NOT NULL,
    body text NOT NULL,
    search tsvector NOT NULL,
    digest text NOT NULL
);

-- Name: lead_facts; Type: TABLE; Schema: public

CREATE TABLE public.lead_facts (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    conversacion_id uuid NOT NULL,
    turn_id uuid,
    criterion text NOT NULL,
    value text NOT NULL,
    data jsonb,
    message_id uuid,
    quote text,
    seq bigint NOT NULL,
    start integer DEFAULT 0 NOT NULL,
    source text NOT NULL,
    staff_id uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_by text,
    repeated boolean DEFAULT false NOT NULL,
    CONSTRAINT lead_facts_check CHECK (((withdrawn_at IS NULL) = (withdrawn_by IS NULL))),
    CONSTRAINT lead_facts_check1 CHECK (((source = ANY (ARRAY['seller'::text, 'form'::text])) OR ((message_id IS NOT NULL) AND (quote IS NOT NULL)))),
    CONSTRAINT lead_facts_criterion_check CHECK ((criterion ~ '^[a-z][a-z0-9_]{0,39}$'::text)),
    CONSTRAINT lead_facts_data_check CHECK ((jsonb_typeof(data) = 'object'::text)),
    CONSTRAINT lead_facts_quote_check CHECK (((length(quote) >= 1) AND (length(quote) <= 1000))),
    CONSTRAINT lead_facts_source_check CHECK ((source = ANY (ARRAY['model'::text, 'extractor'::text, 'form'::text, 'seller'::text]))),
    CONSTRAINT lead_facts_start_check CHECK ((start >= 0)),
    CONSTRAINT lead_facts_value_check CHECK (((length(value) >= 1) AND (length(value) <= 500))),
    CONSTRAINT lead_facts_withdrawn_by_check CHECK ((withdrawn_by = ANY (ARRAY['visitor'::text, 'seller'::text, 'superseded'::text])))
);

-- Name: prompt_releases; Type: TABLE; Schema: public

CREATE TABLE public.prompt_releases (
    id uuid DEFAULT private.new_id() NOT NULL,
    "position" bigint NOT NULL,
    site_id uuid NOT NULL,
    number integer NOT NULL,
    percent integer NOT NULL,
    effective_at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    reason text,
    rollback boolean DEFAULT false NOT NULL,
    overridden jsonb,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    cancelled_at timestamp with time zone,
    CONSTRAINT prompt_releases_number_check CHECK ((number >= 0)),
    CONSTRAINT prompt_releases_percent_check CHECK (((percent >= 0) AND (percent <= 100)))
);

-- Name: site_former_keys; Type: TABLE; Schema: public

CREATE TABLE public.site_former_keys (
    public_key text NOT NULL,
    site_id uuid NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT site_former_keys_public_key_check CHECK (((length(public_key) >= 3) AND (length(public_key) <= 200)))
);

-- Name: site_secrets; Type: TABLE; Schema: public

CREATE TABLE public.site_secrets (
    site_id uuid NOT NULL,
    purpose text NOT NULL,
    secret text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT site_secrets_purpose_check CHECK ((purpose = 'identity'::text)),
    CONSTRAINT site_secrets_secret_check CHECK (((length(secret) >= 32) AND (length(secret) <= 200)))
);

-- Name: site_usage; Type: TABLE; Schema: public

CREATE TABLE public.site_usage (
    site_id uuid NOT NULL,
    day date NOT NULL,
    reserved bigint DEFAULT 0 NOT NULL,
    used bigint DEFAULT 0 NOT NULL,
    CONSTRAINT site_usage_reserved_check CHECK ((reserved >= 0))
);

-- Name: staff_sessions; Type: TABLE; Schema: public

CREATE TABLE public.staff_sessions (
    id uuid DEFAULT private.new_id() NOT NULL,
    staff_id uuid NOT NULL,
    token_hash text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone DEFAULT (now() + '12:00:00'::interval) NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT staff_sessions_token_hash_check CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text))
);

-- Name: staff_throttle; Type: TABLE; Schema: public

CREATE TABLE public.staff_throttle (
    key text NOT NULL,
    attempts integer NOT NULL,
    window_ends timestamp with time zone NOT NULL,
    CONSTRAINT staff_throttle_key_check CHECK ((key ~ '^(email|address|known|tries):[0-9a-f]{64}$'::text))
);

-- Name: work_reservations; Type: TABLE; Schema: public

CREATE TABLE public.work_reservations (
    id uuid DEFAULT private.new_id() NOT NULL,
    site_id uuid NOT NULL,
    day date NOT NULL,
    tokens integer NOT NULL,
    lease_until timestamp with time zone NOT NULL,
    CONSTRAINT work_reservations_tokens_check CHECK ((tokens >= 0))
);

-- Name: work_usage; Type: TABLE; Schema: public

CREATE TABLE public.work_usage (
    site_id uuid NOT NULL,
    day date NOT NULL,
    purpose text NOT NULL,
    pieces integer DEFAULT 0 NOT NULL,
    tokens bigint DEFAULT 0 NOT NULL,
    CONSTRAINT work_usage_purpose_check CHECK ((purpose = ANY (ARRAY['playground'::text, 'replay'::text, 'evaluation'::text, 'suggestion'::text, 'summary'::text, 'embeddings'::text])))
);

-- Name: audit_log audit_log_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

-- Name: canned_replies canned_replies_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.canned_replies
    ADD CONSTRAINT canned_replies_pkey PRIMARY KEY (id);

-- Name: canned_replies canned_replies_site_id_staff_id_shortcut_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.canned_replies
    ADD CONSTRAINT canned_replies_site_id_staff_id_shortcut_key UNIQUE NULLS NOT DISTINCT (site_id, staff_id, shortcut);

-- Name: consents consents_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_pkey PRIMARY KEY (id);

-- Name: contactos contactos_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.contactos
    ADD CONSTRAINT contactos_pkey PRIMARY KEY (id);

-- Name: contactos contactos_site_id_id_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.contactos
    ADD CONSTRAINT contactos_site_id_id_key UNIQUE (site_id, id);

-- Name: conversaciones conversaciones_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.conversaciones
    ADD CONSTRAINT conversaciones_pkey PRIMARY KEY (id);

-- Name: conversaciones conversaciones_site_id_id_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.conversaciones
    ADD CONSTRAINT conversaciones_site_id_id_key UNIQUE (site_id, id);

-- Name: conversation_participants conversation_participants_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.conversation_participants
    ADD CONSTRAINT conversation_participants_pkey PRIMARY KEY (conversacion_id, staff_id);

-- Name: deliveries deliveries_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (id);

-- Name: eval_case_edits eval_case_edits_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_case_edits
    ADD CONSTRAINT eval_case_edits_pkey PRIMARY KEY (site_id, case_id, place);

-- Name: eval_cases eval_cases_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_cases
    ADD CONSTRAINT eval_cases_pkey PRIMARY KEY (id);

-- Name: eval_cases eval_cases_site_id_id_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_cases
    ADD CONSTRAINT eval_cases_site_id_id_key UNIQUE (site_id, id);

-- Name: eval_results eval_results_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_results
    ADD CONSTRAINT eval_results_pkey PRIMARY KEY (run_id, case_id, number, repeat);

-- Name: eval_runs eval_runs_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_runs
    ADD CONSTRAINT eval_runs_pkey PRIMARY KEY (id);

-- Name: eval_runs eval_runs_site_id_id_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_runs
    ADD CONSTRAINT eval_runs_site_id_id_key UNIQUE (site_id, id);

-- Name: eval_runs eval_runs_site_id_position_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_runs
    ADD CONSTRAINT eval_runs_site_id_position_key UNIQUE (site_id, "position");

-- Name: job_leases job_leases_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.job_leases
    ADD CONSTRAINT job_leases_pkey PRIMARY KEY (name);

-- Name: knowledge_documents knowledge_documents_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.knowledge_documents
    ADD CONSTRAINT knowledge_documents_pkey PRIMARY KEY (id);

-- Name: knowledge_documents knowledge_documents_site_id_id_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.knowledge_documents
    ADD CONSTRAINT knowledge_documents_site_id_id_key UNIQUE (site_id, id);

-- Name: knowledge_documents knowledge_documents_site_id_slug_locale_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.knowledge_documents
    ADD CONSTRAINT knowledge_documents_site_id_slug_locale_key UNIQUE (site_id, slug, locale);

-- Name: knowledge_embeddings knowledge_embeddings_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.knowledge_embeddings
    ADD CONSTRAINT knowledge_embeddings_pkey PRIMARY KEY (site_id, digest, model);

-- Name: knowledge_items knowledge_items_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.knowledge_items
    ADD CONSTRAINT knowledge_items_pkey PRIMARY KEY (site_id, item_id);

-- Name: knowledge_passages knowledge_passages_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.knowledge_passages
    ADD CONSTRAINT knowledge_passages_pkey PRIMARY KEY (document_id, ordinal);

-- Name: lead_exports lead_exports_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.lead_exports
    ADD CONSTRAINT lead_exports_pkey PRIMARY KEY (id);

-- Name: lead_facts lead_facts_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.lead_facts
    ADD CONSTRAINT lead_facts_pkey PRIMARY KEY (id);

-- Name: leads leads_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_pkey PRIMARY KEY (conversacion_id);

-- Name: mensajes mensajes_conversacion_id_seq_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.mensajes
    ADD CONSTRAINT mensajes_conversacion_id_seq_key UNIQUE (conversacion_id, seq);

-- Name: mensajes mensajes_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.mensajes
    ADD CONSTRAINT mensajes_pkey PRIMARY KEY (id);

-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

-- Name: prompt_releases prompt_releases_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.prompt_releases
    ADD CONSTRAINT prompt_releases_pkey PRIMARY KEY (id);

-- Name: prompt_releases prompt_releases_site_id_position_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.prompt_releases
    ADD CONSTRAINT prompt_releases_site_id_position_key UNIQUE (site_id, "position");

-- Name: prompt_versions prompt_versions_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.prompt_versions
    ADD CONSTRAINT prompt_versions_pkey PRIMARY KEY (id);

-- Name: prompt_versions prompt_versions_site_id_number_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.prompt_versions
    ADD CONSTRAINT prompt_versions_site_id_number_key UNIQUE (site_id, number);

-- Name: saved_views saved_views_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.saved_views
    ADD CONSTRAINT saved_views_pkey PRIMARY KEY (id);

-- Name: saved_views saved_views_site_id_staff_id_name_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.saved_views
    ADD CONSTRAINT saved_views_site_id_staff_id_name_key UNIQUE NULLS NOT DISTINCT (site_id, staff_id, name);

-- Name: site_former_keys site_former_keys_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.site_former_keys
    ADD CONSTRAINT site_former_keys_pkey PRIMARY KEY (public_key);

-- Name: site_secrets site_secrets_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.site_secrets
    ADD CONSTRAINT site_secrets_pkey PRIMARY KEY (site_id, purpose);

-- Name: site_usage site_usage_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.site_usage
    ADD CONSTRAINT site_usage_pkey PRIMARY KEY (site_id, day);

-- Name: sites sites_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.sites
    ADD CONSTRAINT sites_pkey PRIMARY KEY (id);

-- Name: sites sites_public_key_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.sites
    ADD CONSTRAINT sites_public_key_key UNIQUE (public_key);

-- Name: sites sites_slug_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.sites
    ADD CONSTRAINT sites_slug_key UNIQUE (slug);

-- Name: staff staff_email_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_email_key UNIQUE (email);

-- Name: staff_links staff_links_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_links
    ADD CONSTRAINT staff_links_pkey PRIMARY KEY (id);

-- Name: staff_links staff_links_token_hash_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_links
    ADD CONSTRAINT staff_links_token_hash_key UNIQUE (token_hash);

-- Name: staff_notification_settings staff_notification_settings_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_notification_settings
    ADD CONSTRAINT staff_notification_settings_pkey PRIMARY KEY (site_id, staff_id);

-- Name: staff staff_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (id);

-- Name: staff_push_subscriptions staff_push_subscriptions_endpoint_site_id_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_push_subscriptions
    ADD CONSTRAINT staff_push_subscriptions_endpoint_site_id_key UNIQUE (endpoint, site_id);

-- Name: staff_push_subscriptions staff_push_subscriptions_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_push_subscriptions
    ADD CONSTRAINT staff_push_subscriptions_pkey PRIMARY KEY (id);

-- Name: staff_sessions staff_sessions_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_sessions
    ADD CONSTRAINT staff_sessions_pkey PRIMARY KEY (id);

-- Name: staff_sessions staff_sessions_token_hash_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_sessions
    ADD CONSTRAINT staff_sessions_token_hash_key UNIQUE (token_hash);

-- Name: staff_sites staff_sites_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_sites
    ADD CONSTRAINT staff_sites_pkey PRIMARY KEY (site_id, staff_id);

-- Name: staff staff_supabase_user_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_supabase_user_key UNIQUE (supabase_user);

-- Name: staff_throttle staff_throttle_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_throttle
    ADD CONSTRAINT staff_throttle_pkey PRIMARY KEY (key);

-- Name: tasks tasks_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_pkey PRIMARY KEY (id);

-- Name: turns turns_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_pkey PRIMARY KEY (id);

-- Name: webchat_sessions webchat_sessions_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.webchat_sessions
    ADD CONSTRAINT webchat_sessions_pkey PRIMARY KEY (id);

-- Name: webchat_sessions webchat_sessions_site_id_token_hash_key; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.webchat_sessions
    ADD CONSTRAINT webchat_sessions_site_id_token_hash_key UNIQUE (site_id, token_hash);

-- Name: work_reservations work_reservations_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.work_reservations
    ADD CONSTRAINT work_reservations_pkey PRIMARY KEY (id);

-- Name: work_usage work_usage_pkey; Type: CONSTRAINT; Schema: public

ALTER TABLE ONLY public.work_usage
    ADD CONSTRAINT work_usage_pkey PRIMARY KEY (site_id, day, purpose);

-- Name: audit_log_erased; Type: INDEX; Schema: public

CREATE INDEX audit_log_erased ON public.audit_log USING btree (site_id, created_at) WHERE (action = ANY (ARRAY['visitor.erased'::text, 'contact.erased'::text, 'conversation.erased'::text]));

-- Name: audit_log_site; Type: INDEX; Schema: public

CREATE INDEX audit_log_site ON public.audit_log USING btree (site_id, created_at DESC);

-- Name: canned_replies_staff; Type: INDEX; Schema: public

CREATE INDEX canned_replies_staff ON public.canned_replies USING btree (staff_id);

-- Name: consents_latest; Type: INDEX; Schema: public

CREATE INDEX consents_latest ON public.consents USING btree (contacto_id, purpose, created_at DESC, id DESC);

-- Name: consents_refused; Type: INDEX; Schema: public

CREATE INDEX consents_refused ON public.consents USING btree (site_id, created_at) WHERE (NOT granted);

-- Name: contactos_address; Type: INDEX; Schema: public

CREATE INDEX contactos_address ON public.contactos USING btree (site_id, address, id) WHERE (address IS NOT NULL);

-- Name: contactos_refused; Type: INDEX; Schema: public

CREATE INDEX contactos_refused ON public.contactos USING btree (site_id, address) WHERE ((consent_contact = false) OR (consent_marketing = false));

-- Name: contactos_subject; Type: INDEX; Schema: public

CREATE UNIQUE INDEX contactos_subject ON public.contactos USING btree (site_id, subject) WHERE (subject IS NOT NULL);

-- Name: conversaciones_assignee; Type: INDEX; Schema: public

CREATE INDEX conversaciones_assignee ON public.conversaciones USING btree (assignee) WHERE (assignee IS NOT NULL);

-- Name: conversaciones_changed; Type: INDEX; Schema: public

CREATE INDEX conversaciones_changed ON public.conversaciones USING btree (site_id, updated_at);

-- Name: conversaciones_contacto; Type: INDEX; Schema: public

CREATE INDEX conversaciones_contacto ON public.conversaciones USING btree (contacto_id);

-- Name: conversaciones_due; Type: INDEX; Schema: public

CREATE INDEX conversaciones_due ON public.conversaciones USING btree (answer_due_at) WHERE ((answer_due_at IS NOT NULL) AND (overdue_at IS NULL));

-- Name: conversaciones_inbox; Type: INDEX; Schema: public

CREATE INDEX conversaciones_inbox ON public.conversaciones USING btree (site_id, last_message_at DESC NULLS LAST, id DESC);

-- Name: conversaciones_lead_due; Type: INDEX; Schema: public

CREATE INDEX conversaciones_lead_due ON public.conversaciones USING btree (lead_due) WHERE (lead_due IS NOT NULL);

-- Name: conversaciones_queue; Type: INDEX; Schema: public

CREATE INDEX conversaciones_queue ON public.conversaciones USING btree (site_id, waiting_since) WHERE ((handler = 'queue'::text) AND (status = 'active'::text));

-- Name: conversaciones_snoozed; Type: INDEX; Schema: public

CREATE INDEX conversaciones_snoozed ON public.conversaciones USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);

-- Name: conversaciones_undated; Type: INDEX; Schema: public

CREATE INDEX conversaciones_undated ON public.conversaciones USING btree (waiting_since) WHERE ((waiting_since IS NOT NULL) AND (answer_due_at IS NULL));

-- Name: conversaciones_waiting; Type: INDEX; Schema: public

CREATE INDEX conversaciones_waiting ON public.conversaciones USING btree (site_id, waiting_since) WHERE (waiting_since IS NOT NULL);

-- Name: conversation_participants_staff; Type: INDEX; Schema: public

CREATE INDEX conversation_participants_staff ON public.conversation_participants USING btree (staff_id, conversacion_id);

-- Name: deliveries_contact; Type: INDEX; Schema: public

CREATE INDEX deliveries_contact ON public.deliveries USING btree (contacto_id) WHERE (contacto_id IS NOT NULL);

-- Name: deliveries_dead; Type: INDEX; Schema: public

CREATE INDEX deliveries_dead ON public.deliveries USING btree (site_id, created_at) WHERE (state = 'dead'::text);

-- Name: deliveries_due; Type: INDEX; Schema: public

CREATE INDEX deliveries_due ON public.deliveries USING btree (available_at) WHERE (state = 'pending'::text);

-- Name: deliveries_lane; Type: INDEX; Schema: public

CREATE INDEX deliveries_lane ON public.deliveries USING btree (lane, created_at, id) WHERE (state = 'pending'::text);

-- Name: deliveries_sent; Type: INDEX; Schema: public

CREATE INDEX deliveries_sent ON public.deliveries USING btree (lane, finished_at) WHERE (state = 'sent'::text);

-- Name: deliveries_staff; Type: INDEX; Schema: public

CREATE INDEX deliveries_staff ON public.deliveries USING btree (staff_id) WHERE (staff_id IS NOT NULL);

-- Name: deliveries_subscription; Type: INDEX; Schema: public

CREATE INDEX deliveries_subscription ON public.deliveries USING btree (subscription_id) WHERE (subscription_id IS NOT NULL);

-- Name: eval_results_case; Type: INDEX; Schema: public

CREATE INDEX eval_results_case ON public.eval_results USING btree (site_id, case_id, number);

-- Name: knowledge_embeddings_due; Type: INDEX; Schema: public

CREATE INDEX knowledge_embeddings_due ON public.knowledge_embeddings USING btree (model, due_at) WHERE (embedded_at IS NULL);

-- Name: knowledge_items_digest; Type: INDEX; Schema: public

CREATE INDEX knowledge_items_digest ON public.knowledge_items USING btree (digest, site_id);

-- Name: knowledge_items_search; Type: INDEX; Schema: public

CREATE INDEX knowledge_items_search ON public.knowledge_items USING gin (search);

-- Name: knowledge_passages_digest; Type: INDEX; Schema: public

CREATE INDEX knowledge_passages_digest ON public.knowledge_passages USING btree (digest, site_id);

-- Name: knowledge_passages_search; Type: INDEX; Schema: public

CREATE INDEX knowledge_passages_search ON public.knowledge_passages USING gin (search);

-- Name: knowledge_passages_site; Type: INDEX; Schema: public

CREATE INDEX knowledge_passages_site ON public.knowledge_passages USING btree (site_id, document_id);

-- Name: lead_exports_open; Type: INDEX; Schema: public

CREATE INDEX lead_exports_open ON public.lead_exports USING btree (id) WHERE (state = ANY (ARRAY['running'::text, 'done'::text]));

-- Name: lead_exports_site; Type: INDEX; Schema: public

CREATE INDEX lead_exports_site ON public.lead_exports USING btree (site_id, id DESC);

-- Name: lead_exports_staff; Type: INDEX; Schema: public

CREATE INDEX lead_exports_staff ON public.lead_exports USING btree (staff_id) WHERE (staff_id IS NOT NULL);

-- Name: lead_facts_last; Type: INDEX; Schema: public

CREATE INDEX lead_facts_last ON public.lead_facts USING btree (conversacion_id, seq, start, id) WHERE (NOT repeated);

-- Name: lead_facts_once; Type: INDEX; Schema: public

CREATE UNIQUE INDEX lead_facts_once ON public.lead_facts USING btree (message_id, criterion, value);

-- Name: lead_facts_place; Type: INDEX; Schema: public

CREATE INDEX lead_facts_place ON public.lead_facts USING btree (conversacion_id, seq, start, id);

-- Name: lead_facts_staff; Type: INDEX; Schema: public

CREATE INDEX lead_facts_staff ON public.lead_facts USING btree (staff_id) WHERE (staff_id IS NOT NULL);

-- Name: leads_contacto; Type: INDEX; Schema: public

CREATE INDEX leads_contacto ON public.leads USING btree (contacto_id);

-- Name: leads_cooling; Type: INDEX; Schema: public

CREATE INDEX leads_cooling ON public.leads USING btree (scored_at) WHERE (quality = ANY (ARRAY['hot'::text, 'warm'::text]));

-- Name: leads_gaps; Type: INDEX; Schema: public

CREATE INDEX leads_gaps ON public.leads USING btree (site_id, gap_since) WHERE (gap IS NOT NULL);

-- Name: leads_newest; Type: INDEX; Schema: public

CREATE INDEX leads_newest ON public.leads USING btree (site_id, created_at DESC, conversacion_id DESC);

-- Name: leads_verdict_by; Type: INDEX; Schema: public

CREATE INDEX leads_verdict_by ON public.leads USING btree (verdict_by) WHERE (verdict_by IS NOT NULL);

-- Name: mensajes_changed; Type: INDEX; Schema: public

CREATE INDEX mensajes_changed ON public.mensajes USING btree (conversacion_id, change) WHERE (change IS NOT NULL);

-- Name: mensajes_client_message; Type: INDEX; Schema: public

CREATE UNIQUE INDEX mensajes_client_message ON public.mensajes USING btree (conversacion_id, author, client_message_id) WHERE (client_message_id IS NOT NULL);

-- Name: mensajes_unread; Type: INDEX; Schema: public

CREATE INDEX mensajes_unread ON public.mensajes USING btree (conversacion_id, seq) WHERE ((read_at IS NULL) AND (author = ANY (ARRAY['assistant'::text, 'seller'::text])));

-- Name: mensajes_unseen; Type: INDEX; Schema: public

CREATE INDEX mensajes_unseen ON public.mensajes USING btree (conversacion_id, seq) WHERE ((read_at IS NULL) AND (author = 'visitor'::text));

-- Name: outbox_contacto; Type: INDEX; Schema: public

CREATE INDEX outbox_contacto ON public.outbox USING btree (contacto_id) WHERE ((done_at IS NULL) AND (cancelled_at IS NULL));

-- Name: outbox_dead; Type: INDEX; Schema: public

CREATE INDEX outbox_dead ON public.outbox USING btree (site_id, created_at) WHERE (dead_at IS NOT NULL);

-- Name: outbox_pending; Type: INDEX; Schema: public

CREATE INDEX outbox_pending ON public.outbox USING btree (available_at) WHERE ((done_at IS NULL) AND (cancelled_at IS NULL) AND (dead_at IS NULL));

-- Name: prompt_releases_site; Type: INDEX; Schema: public

CREATE INDEX prompt_releases_site ON public.prompt_releases USING btree (site_id, effective_at DESC, "position" DESC);

-- Name: saved_views_staff; Type: INDEX; Schema: public

CREATE INDEX saved_views_staff ON public.saved_views USING btree (staff_id);

-- Name: site_former_keys_site; Type: INDEX; Schema: public

CREATE INDEX site_former_keys_site ON public.site_former_keys USING btree (site_id);

-- Name: staff_links_site; Type: INDEX; Schema: public

CREATE INDEX staff_links_site ON public.staff_links USING btree (site_id, email);

-- Name: staff_links_staff; Type: INDEX; Schema: public

CREATE INDEX staff_links_staff ON public.staff_links USING btree (staff_id);

-- Name: staff_push_subscriptions_staff; Type: INDEX; Schema: public

CREATE INDEX staff_push_subscriptions_staff ON public.staff_push_subscriptions USING btree (site_id, staff_id);

-- Name: staff_sessions_staff; Type: INDEX; Schema: public

CREATE INDEX staff_sessions_staff ON public.staff_sessions USING btree (staff_id) WHERE (revoked_at IS NULL);

-- Name: staff_sites_staff; Type: INDEX; Schema: public

CREATE INDEX staff_sites_staff ON public.staff_sites USING btree (staff_id);

-- Name: tasks_assignee; Type: INDEX; Schema: public

CREATE INDEX tasks_assignee ON public.tasks USING btree (assignee) WHERE (assignee IS NOT NULL);

-- Name: tasks_conversation; Type: INDEX; Schema: public

CREATE INDEX tasks_conversation ON public.tasks USING btree (site_id, conversacion_id);

-- Name: tasks_created_by; Type: INDEX; Schema: public

CREATE INDEX tasks_created_by ON public.tasks USING btree (created_by) WHERE (created_by IS NOT NULL);

-- Name: tasks_done; Type: INDEX; Schema: public

CREATE INDEX tasks_done ON public.tasks USING btree (site_id, done_at DESC, id DESC) WHERE (done_at IS NOT NULL);

-- Name: tasks_done_by; Type: INDEX; Schema: public

CREATE INDEX tasks_done_by ON public.tasks USING btree (done_by) WHERE (done_by IS NOT NULL);

-- Name: tasks_open; Type: INDEX; Schema: public

CREATE INDEX tasks_open ON public.tasks USING btree (site_id, due_at, id) WHERE (done_at IS NULL);

-- Name: tasks_promised; Type: INDEX; Schema: public

CREATE UNIQUE INDEX tasks_promised ON public.tasks USING btree (conversacion_id, author, kind) WHERE ((done_at IS NULL) AND (message_id IS NOT NULL));

-- Name: turns_abandoned; Type: INDEX; Schema: public

CREATE INDEX turns_abandoned ON public.turns USING btree (lease_until) WHERE (state = 'running'::text);

-- Name: turns_by_seq; Type: INDEX; Schema: public

CREATE INDEX turns_by_seq ON public.turns USING btree (conversacion_id, upto_seq);

-- Name: turns_one_running; Type: INDEX; Schema: public

CREATE UNIQUE INDEX turns_one_running ON public.turns USING btree (conversacion_id) WHERE (state = 'running'::text);

-- Name: webchat_sessions_contacto; Type: INDEX; Schema: public

CREATE INDEX webchat_sessions_contacto ON public.webchat_sessions USING btree (contacto_id);

-- Name: webchat_sessions_conversacion; Type: INDEX; Schema: public

CREATE INDEX webchat_sessions_conversacion ON public.webchat_sessions USING btree (conversacion_id);

-- Name: work_reservations_lapsing; Type: INDEX; Schema: public

CREATE INDEX work_reservations_lapsing ON public.work_reservations USING btree (lease_until);

-- Name: consents consents_cancel_mail; Type: TRIGGER; Schema: public

CREATE TRIGGER consents_cancel_mail AFTER INSERT ON public.consents FOR EACH ROW WHEN (((new.purpose = 'contact'::text) AND (NOT new.granted))) EXECUTE FUNCTION private.cancel_mail();

-- Name: consents consents_follow; Type: TRIGGER; Schema: public

CREATE TRIGGER consents_follow AFTER INSERT ON public.consents FOR EACH ROW WHEN ((new.purpose = ANY (ARRAY['contact'::text, 'marketing'::text]))) EXECUTE FUNCTION private.follow_consent();

-- Name: contactos contactos_forget_deliveries; Type: TRIGGER; Schema: public

CREATE TRIGGER contactos_forget_deliveries AFTER DELETE ON public.contactos FOR EACH ROW EXECUTE FUNCTION private.forget_deliveries();

-- Name: conversaciones conversaciones_deadline; Type: TRIGGER; Schema: public

CREATE TRIGGER conversaciones_deadline BEFORE UPDATE OF waiting_since, handler ON public.conversaciones FOR EACH ROW EXECUTE FUNCTION private.restart_deadline();

-- Name: conversaciones conversaciones_lead_due; Type: TRIGGER; Schema: public

CREATE TRIGGER conversaciones_lead_due BEFORE UPDATE OF last_visitor_seq ON public.conversaciones FOR EACH ROW WHEN ((new.last_visitor_seq > old.last_visitor_seq)) EXECUTE FUNCTION private.note_lead_due();

-- Name: conversaciones conversaciones_note_visitor_wrote; Type: TRIGGER; Schema: public

CREATE TRIGGER conversaciones_note_visitor_wrote AFTER UPDATE OF last_visitor_seq ON public.conversaciones FOR EACH ROW WHEN (((new.handler = 'seller'::text) AND (new.assignee IS NOT NULL) AND (new.last_visitor_seq > old.last_visitor_seq))) EXECUTE FUNCTION private.note_visitor_wrote();

-- Name: conversaciones conversaciones_note_waiting; Type: TRIGGER; Schema: public

CREATE TRIGGER conversaciones_note_waiting AFTER UPDATE OF handler ON public.conversaciones FOR EACH ROW WHEN (((new.handler = 'queue'::text) AND (old.handler = 'seller'::text) AND (new.status = 'active'::text))) EXECUTE FUNCTION private.note_waiting();

-- Name: conversaciones conversaciones_summary; Type: TRIGGER; Schema: public

CREATE TRIGGER conversaciones_summary BEFORE UPDATE OF handoff_summary ON public.conversaciones FOR EACH ROW WHEN (((new.handoff_summary IS NULL) AND (new.handoff_summary_by IS NOT NULL))) EXECUTE FUNCTION private.forget_summary_maker();

-- Name: conversaciones conversaciones_wake; Type: TRIGGER; Schema: public

CREATE TRIGGER conversaciones_wake BEFORE UPDATE OF last_visitor_seq ON public.conversaciones FOR EACH ROW WHEN (((new.snoozed_until IS NOT NULL) AND (new.last_visitor_seq > old.last_visitor_seq))) EXECUTE FUNCTION private.wake_conversation();

-- Name: knowledge_items knowledge_items_changed; Type: TRIGGER; Schema: public

CREATE TRIGGER knowledge_items_changed AFTER UPDATE ON public.knowledge_items FOR EACH ROW WHEN ((old.digest IS DISTINCT FROM new.digest)) EXECUTE FUNCTION private.forget_embedding();

-- Name: knowledge_items knowledge_items_gone; Type: TRIGGER; Schema: public

CREATE TRIGGER knowledge_items_gone AFTER DELETE ON public.knowledge_items FOR EACH ROW EXECUTE FUNCTION private.forget_embedding();

-- Name: knowledge_passages knowledge_passages_changed; Type: TRIGGER; Schema: public

CREATE TRIGGER knowledge_passages_changed AFTER UPDATE ON public.knowledge_passages FOR EACH ROW WHEN ((old.digest IS DISTINCT FROM new.digest)) EXECUTE FUNCTION private.forget_embedding();

-- Name: knowledge_passages knowledge_passages_gone; Type: TRIGGER; Schema: public

CREATE TRIGGER knowledge_passages_gone AFTER DELETE ON public.knowledge_passages FOR EACH ROW EXECUTE FUNCTION private.forget_embedding();

-- Name: lead_facts lead_facts_evidence; Type: TRIGGER; Schema: public

CREATE TRIGGER lead_facts_evidence BEFORE INSERT OR UPDATE OF quote, message_id, conversacion_id, site_id ON public.lead_facts FOR EACH ROW EXECUTE FUNCTION private.check_evidence();

-- Name: mensajes mensajes_change; Type: TRIGGER; Schema: public

CREATE TRIGGER mensajes_change BEFORE UPDATE OF texto, texts, datos, deleted_at ON public.mensajes FOR EACH ROW WHEN (((new.texto IS DISTINCT FROM old.texto) OR (new.texts IS DISTINCT FROM old.texts) OR (new.datos IS DISTINCT FROM old.datos) OR (new.deleted_at IS DISTINCT FROM old.deleted_at))) EXECUTE FUNCTION private.number_change();

-- Name: mensajes mensajes_note_assigned; Type: TRIGGER; Schema: public

CREATE TRIGGER mensajes_note_assigned AFTER INSERT ON public.mensajes FOR EACH ROW WHEN (((new.author = 'system'::text) AND (new.texto = 'agent.joined'::text) AND ((new.datos #>> '{metadata,0,by}'::text[]) IS DISTINCT FROM (new.datos #>> '{metadata,0,agent,uuid}'::text[])))) EXECUTE FUNCTION private.note_assigned();

-- Name: mensajes mensajes_note_seller_wrote; Type: TRIGGER; Schema: public

CREATE TRIGGER mensajes_note_seller_wrote AFTER INSERT ON public.mensajes FOR EACH ROW WHEN (((new.author = 'seller'::text) AND (NOT new.private))) EXECUTE FUNCTION private.note_seller_wrote();

-- Name: mensajes mensajes_promise; Type: TRIGGER; Schema: public

CREATE TRIGGER mensajes_promise AFTER INSERT ON public.mensajes FOR EACH ROW WHEN (((new.author = ANY (ARRAY['assistant'::text, 'seller'::text])) AND (NOT new.private) AND (((new.datos -> 'promise'::text) IS NOT NULL) OR ((new.datos #> '{meta,promise}'::text[]) IS NOT NULL)))) EXECUTE FUNCTION private.keep_promise();

-- Name: staff_sites staff_sites_release; Type: TRIGGER; Schema: public

CREATE TRIGGER staff_sites_release AFTER UPDATE OF disabled_at, role ON public.staff_sites FOR EACH ROW WHEN ((((new.disabled_at IS NOT NULL) AND (old.disabled_at IS NULL)) OR ((new.role = 'marketing'::text) AND (old.role <> 'marketing'::text)))) EXECUTE FUNCTION private.release_conversations();

-- Name: webchat_sessions webchat_sessions_last_touch; Type: TRIGGER; Schema: public

CREATE TRIGGER webchat_sessions_last_touch AFTER UPDATE OF datos ON public.webchat_sessions FOR EACH ROW WHEN ((((new.datos -> 'touch'::text) IS NOT NULL) AND ((new.datos -> 'touch'::text) IS DISTINCT FROM (old.datos -> 'touch'::text)))) EXECUTE FUNCTION private.follow_last_touch();

-- Name: audit_log audit_log_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: canned_replies canned_replies_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.canned_replies
    ADD CONSTRAINT canned_replies_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: canned_replies canned_replies_staff_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.canned_replies
    ADD CONSTRAINT canned_replies_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE CASCADE;

-- Name: consents consents_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: contactos contactos_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.contactos
    ADD CONSTRAINT contactos_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: conversaciones conversaciones_site_id_contacto_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.conversaciones
    ADD CONSTRAINT conversaciones_site_id_contacto_id_fkey FOREIGN KEY (site_id, contacto_id) REFERENCES public.contactos(site_id, id);

-- Name: conversation_participants conversation_participants_site_id_conversacion_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.conversation_participants
    ADD CONSTRAINT conversation_participants_site_id_conversacion_id_fkey FOREIGN KEY (site_id, conversacion_id) REFERENCES public.conversaciones(site_id, id) ON DELETE CASCADE;

-- Name: conversation_participants conversation_participants_staff_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.conversation_participants
    ADD CONSTRAINT conversation_participants_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE CASCADE;

-- Name: deliveries deliveries_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: deliveries deliveries_staff_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE CASCADE;

-- Name: deliveries deliveries_subscription_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES public.staff_push_subscriptions(id) ON DELETE CASCADE;

-- Name: eval_case_edits eval_case_edits_site_id_case_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_case_edits
    ADD CONSTRAINT eval_case_edits_site_id_case_id_fkey FOREIGN KEY (site_id, case_id) REFERENCES public.eval_cases(site_id, id) ON DELETE CASCADE;

-- Name: eval_cases eval_cases_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_cases
    ADD CONSTRAINT eval_cases_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: eval_results eval_results_site_id_case_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_results
    ADD CONSTRAINT eval_results_site_id_case_id_fkey FOREIGN KEY (site_id, case_id) REFERENCES public.eval_cases(site_id, id) ON DELETE CASCADE;

-- Name: eval_results eval_results_site_id_run_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_results
    ADD CONSTRAINT eval_results_site_id_run_id_fkey FOREIGN KEY (site_id, run_id) REFERENCES public.eval_runs(site_id, id) ON DELETE CASCADE;

-- Name: eval_runs eval_runs_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.eval_runs
    ADD CONSTRAINT eval_runs_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: knowledge_documents knowledge_documents_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.knowledge_documents
    ADD CONSTRAINT knowledge_documents_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: knowledge_embeddings knowledge_embeddings_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.knowledge_embeddings
    ADD CONSTRAINT knowledge_embeddings_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: knowledge_items knowledge_items_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.knowledge_items
    ADD CONSTRAINT knowledge_items_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: knowledge_passages knowledge_passages_site_id_document_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.knowledge_passages
    ADD CONSTRAINT knowledge_passages_site_id_document_id_fkey FOREIGN KEY (site_id, document_id) REFERENCES public.knowledge_documents(site_id, id) ON DELETE CASCADE;

-- Name: lead_exports lead_exports_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.lead_exports
    ADD CONSTRAINT lead_exports_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: lead_exports lead_exports_staff_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.lead_exports
    ADD CONSTRAINT lead_exports_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE SET NULL;

-- Name: lead_facts lead_facts_message_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.lead_facts
    ADD CONSTRAINT lead_facts_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.mensajes(id) ON DELETE CASCADE;

-- Name: lead_facts lead_facts_site_id_conversacion_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.lead_facts
    ADD CONSTRAINT lead_facts_site_id_conversacion_id_fkey FOREIGN KEY (site_id, conversacion_id) REFERENCES public.conversaciones(site_id, id) ON DELETE CASCADE;

-- Name: lead_facts lead_facts_staff_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.lead_facts
    ADD CONSTRAINT lead_facts_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE SET NULL;

-- Name: leads leads_site_id_contacto_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_site_id_contacto_id_fkey FOREIGN KEY (site_id, contacto_id) REFERENCES public.contactos(site_id, id);

-- Name: leads leads_site_id_conversacion_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_site_id_conversacion_id_fkey FOREIGN KEY (site_id, conversacion_id) REFERENCES public.conversaciones(site_id, id) ON DELETE CASCADE;

-- Name: leads leads_verdict_by_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_verdict_by_fkey FOREIGN KEY (verdict_by) REFERENCES public.staff(id) ON DELETE SET NULL;

-- Name: mensajes mensajes_site_id_conversacion_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.mensajes
    ADD CONSTRAINT mensajes_site_id_conversacion_id_fkey FOREIGN KEY (site_id, conversacion_id) REFERENCES public.conversaciones(site_id, id) ON DELETE CASCADE;

-- Name: outbox outbox_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: prompt_releases prompt_releases_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.prompt_releases
    ADD CONSTRAINT prompt_releases_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: prompt_versions prompt_versions_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.prompt_versions
    ADD CONSTRAINT prompt_versions_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: saved_views saved_views_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.saved_views
    ADD CONSTRAINT saved_views_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: saved_views saved_views_staff_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.saved_views
    ADD CONSTRAINT saved_views_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE CASCADE;

-- Name: site_former_keys site_former_keys_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.site_former_keys
    ADD CONSTRAINT site_former_keys_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: site_secrets site_secrets_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.site_secrets
    ADD CONSTRAINT site_secrets_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: site_usage site_usage_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.site_usage
    ADD CONSTRAINT site_usage_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: staff_links staff_links_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_links
    ADD CONSTRAINT staff_links_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: staff_links staff_links_staff_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_links
    ADD CONSTRAINT staff_links_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE CASCADE;

-- Name: staff_notification_settings staff_notification_settings_site_id_staff_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_notification_settings
    ADD CONSTRAINT staff_notification_settings_site_id_staff_id_fkey FOREIGN KEY (site_id, staff_id) REFERENCES public.staff_sites(site_id, staff_id) ON DELETE CASCADE;

-- Name: staff_push_subscriptions staff_push_subscriptions_site_id_staff_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_push_subscriptions
    ADD CONSTRAINT staff_push_subscriptions_site_id_staff_id_fkey FOREIGN KEY (site_id, staff_id) REFERENCES public.staff_sites(site_id, staff_id) ON DELETE CASCADE;

-- Name: staff_sessions staff_sessions_staff_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_sessions
    ADD CONSTRAINT staff_sessions_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE CASCADE;

-- Name: staff_sites staff_sites_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_sites
    ADD CONSTRAINT staff_sites_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: staff_sites staff_sites_staff_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.staff_sites
    ADD CONSTRAINT staff_sites_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE CASCADE;

-- Name: tasks tasks_assignee_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_assignee_fkey FOREIGN KEY (assignee) REFERENCES public.staff(id) ON DELETE SET NULL;

-- Name: tasks tasks_created_by_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.staff(id) ON DELETE SET NULL;

-- Name: tasks tasks_done_by_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_done_by_fkey FOREIGN KEY (done_by) REFERENCES public.staff(id) ON DELETE SET NULL;

-- Name: tasks tasks_site_id_conversacion_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_site_id_conversacion_id_fkey FOREIGN KEY (site_id, conversacion_id) REFERENCES public.conversaciones(site_id, id) ON DELETE CASCADE;

-- Name: turns turns_site_id_conversacion_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_site_id_conversacion_id_fkey FOREIGN KEY (site_id, conversacion_id) REFERENCES public.conversaciones(site_id, id) ON DELETE CASCADE;

-- Name: webchat_sessions webchat_sessions_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.webchat_sessions
    ADD CONSTRAINT webchat_sessions_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: work_reservations work_reservations_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.work_reservations
    ADD CONSTRAINT work_reservations_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: work_usage work_usage_site_id_fkey; Type: FK CONSTRAINT; Schema: public

ALTER TABLE ONLY public.work_usage
    ADD CONSTRAINT work_usage_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.sites(id);

-- Name: audit_log; Type: ROW SECURITY; Schema: public

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;

-- Name: canned_replies; Type: ROW SECURITY; Schema: public

ALTER TABLE public.canned_replies ENABLE ROW LEVEL SECURITY;

-- Name: consents; Type: ROW SECURITY; Schema: public

ALTER TABLE public.consents ENABLE ROW LEVEL SECURITY;

-- Name: contactos; Type: ROW SECURITY; Schema: public

ALTER TABLE public.contactos ENABLE ROW LEVEL SECURITY;

-- Name: conversaciones; Type: ROW SECURITY; Schema: public

ALTER TABLE public.conversaciones ENABLE ROW LEVEL SECURITY;

-- Name: conversation_participants; Type: ROW SECURITY; Schema: public

ALTER TABLE public.conversation_participants ENABLE ROW LEVEL SECURITY;

-- Name: deliveries; Type: ROW SECURITY; Schema: public

ALTER TABLE public.deliveries ENABLE ROW LEVEL SECURITY;

-- Name: eval_case_edits; Type: ROW SECURITY; Schema: public

ALTER TABLE public.eval_case_edits ENABLE ROW LEVEL SECURITY;

-- Name: eval_cases; Type: ROW SECURITY; Schema: public

ALTER TABLE public.eval_cases ENABLE ROW LEVEL SECURITY;

-- Name: eval_results; Type: ROW SECURITY; Schema: public

ALTER TABLE public.eval_results ENABLE ROW LEVEL SECURITY;

-- Name: eval_runs; Type: ROW SECURITY; Schema: public

ALTER TABLE public.eval_runs ENABLE ROW LEVEL SECURITY;

-- Name: job_leases; Type: ROW SECURITY; Schema: public

ALTER TABLE public.job_leases ENABLE ROW LEVEL SECURITY;

-- Name: knowledge_documents; Type: ROW SECURITY; Schema: public

ALTER TABLE public.knowledge_documents ENABLE ROW LEVEL SECURITY;

-- Name: knowledge_embeddings; Type: ROW SECURITY; Schema: public

ALTER TABLE public.knowledge_embeddings ENABLE ROW LEVEL SECURITY;

-- Name: knowledge_items; Type: ROW SECURITY; Schema: public

ALTER TABLE public.knowledge_items ENABLE ROW LEVEL SECURITY;

-- Name: knowledge_passages; Type: ROW SECURITY; Schema: public

ALTER TABLE public.knowledge_passages ENABLE ROW LEVEL SECURITY;

-- Name: lead_exports; Type: ROW SECURITY; Schema: public

ALTER TABLE public.lead_exports ENABLE ROW LEVEL SECURITY;

-- Name: lead_facts; Type: ROW SECURITY; Schema: public

ALTER TABLE public.lead_facts ENABLE ROW LEVEL SECURITY;

-- Name: leads; Type: ROW SECURITY; Schema: public

ALTER TABLE public.leads ENABLE ROW LEVEL SECURITY;

-- Name: mensajes; Type: ROW SECURITY; Schema: public

ALTER TABLE public.mensajes ENABLE ROW LEVEL SECURITY;

-- Name: outbox; Type: ROW SECURITY; Schema: public

ALTER TABLE public.outbox ENABLE ROW LEVEL SECURITY;

-- Name: prompt_releases; Type: ROW SECURITY; Schema: public

ALTER TABLE public.prompt_releases ENABLE ROW LEVEL SECURITY;

-- Name: prompt_versions; Type: ROW SECURITY; Schema: public

ALTER TABLE public.prompt_versions ENABLE ROW LEVEL SECURITY;

-- Name: saved_views; Type: ROW SECURITY; Schema: public

ALTER TABLE public.saved_views ENABLE ROW LEVEL SECURITY;

-- Name: site_former_keys; Type: ROW SECURITY; Schema: public

ALTER TABLE public.site_former_keys ENABLE ROW LEVEL SECURITY;

-- Name: site_secrets; Type: ROW SECURITY; Schema: public

ALTER TABLE public.site_secrets ENABLE ROW LEVEL SECURITY;

-- Name: site_usage; Type: ROW SECURITY; Schema: public

ALTER TABLE public.site_usage ENABLE ROW LEVEL SECURITY;

-- Name: sites; Type: ROW SECURITY; Schema: public

ALTER TABLE public.sites ENABLE ROW LEVEL SECURITY;

-- Name: staff; Type: ROW SECURITY; Schema: public

ALTER TABLE public.staff ENABLE ROW LEVEL SECURITY;

-- Name: staff_links; Type: ROW SECURITY; Schema: public

ALTER TABLE public.staff_links ENABLE ROW LEVEL SECURITY;

-- Name: staff_notification_settings; Type: ROW SECURITY; Schema: public

ALTER TABLE public.staff_notification_settings ENABLE ROW LEVEL SECURITY;

-- Name: staff_push_subscriptions; Type: ROW SECURITY; Schema: public

ALTER TABLE public.staff_push_subscriptions ENABLE ROW LEVEL SECURITY;

-- Name: staff_sessions; Type: ROW SECURITY; Schema: public

ALTER TABLE public.staff_sessions ENABLE ROW LEVEL SECURITY;

-- Name: staff_sites; Type: ROW SECURITY; Schema: public

ALTER TABLE public.staff_sites ENABLE ROW LEVEL SECURITY;

-- Name: staff_throttle; Type: ROW SECURITY; Schema: public

ALTER TABLE public.staff_throttle ENABLE ROW LEVEL SECURITY;

-- Name: tasks; Type: ROW SECURITY; Schema: public

ALTER TABLE public.tasks ENABLE ROW LEVEL SECURITY;

-- Name: turns; Type: ROW SECURITY; Schema: public

ALTER TABLE public.turns ENABLE ROW LEVEL SECURITY;

-- Name: webchat_sessions; Type: ROW SECURITY; Schema: public

ALTER TABLE public.webchat_sessions ENABLE ROW LEVEL SECURITY;

-- Name: work_reservations; Type: ROW SECURITY; Schema: public

ALTER TABLE public.work_reservations ENABLE ROW LEVEL SECURITY;

-- Name: work_usage; Type: ROW SECURITY; Schema: public

ALTER TABLE public.work_usage ENABLE ROW LEVEL SECURITY;

-- Name: SCHEMA private; Type: ACL; Schema: -

GRANT USAGE ON SCHEMA private TO service_role;

-- Name: SCHEMA public; Type: ACL; Schema: -

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO anon;
GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO service_role;

-- Name: FUNCTION access_admin(p_site uuid, p_staff uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.access_admin(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.access_admin(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION new_id(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.new_id() FROM PUBLIC;
GRANT ALL ON FUNCTION private.new_id() TO service_role;

-- Name: TABLE conversaciones; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversaciones TO service_role;

-- Name: FUNCTION access_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_lock boolean); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.access_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_lock boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.access_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_lock boolean) TO service_role;

-- Name: FUNCTION access_editor(p_site uuid, p_staff uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.access_editor(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.access_editor(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION access_exporter(p_site uuid, p_staff uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.access_exporter(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.access_exporter(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION access_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_lock boolean); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.access_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_lock boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.access_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_lock boolean) TO service_role;

-- Name: TABLE staff_sites; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff_sites TO service_role;

-- Name: FUNCTION access_member(p_site uuid, p_staff uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.access_member(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.access_member(p_site uuid, p_staff uuid) TO service_role;

-- Name: TABLE mensajes; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mensajes TO service_role;

-- Name: FUNCTION access_message(p_site uuid, p_staff uuid, p_message uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.access_message(p_site uuid, p_staff uuid, p_message uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.access_message(p_site uuid, p_staff uuid, p_message uuid) TO service_role;

-- Name: TABLE webchat_sessions; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webchat_sessions TO service_role;

-- Name: FUNCTION access_session(p_site uuid, p_token_hash text, p_session_id text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.access_session(p_site uuid, p_token_hash text, p_session_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.access_session(p_site uuid, p_token_hash text, p_session_id text) TO service_role;

-- Name: TABLE tasks; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tasks TO service_role;

-- Name: FUNCTION access_task(p_site uuid, p_staff uuid, p_task uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.access_task(p_site uuid, p_staff uuid, p_task uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.access_task(p_site uuid, p_staff uuid, p_task uuid) TO service_role;

-- Name: FUNCTION access_task_holder(p_site uuid, p_staff uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.access_task_holder(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.access_task_holder(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION add_prompt(p_site uuid, p_author text, p_content text, p_sha256 text, p_note text, p_base integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.add_prompt(p_site uuid, p_author text, p_content text, p_sha256 text, p_note text, p_base integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.add_prompt(p_site uuid, p_author text, p_content text, p_sha256 text, p_note text, p_base integer) TO service_role;

-- Name: FUNCTION add_release(p_site uuid, p_actor text, p_number integer, p_percent integer, p_at timestamp with time zone, p_reason text, p_overridden jsonb, p_rollback boolean); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.add_release(p_site uuid, p_actor text, p_number integer, p_percent integer, p_at timestamp with time zone, p_reason text, p_overridden jsonb, p_rollback boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.add_release(p_site uuid, p_actor text, p_number integer, p_percent integer, p_at timestamp with time zone, p_reason text, p_overridden jsonb, p_rollback boolean) TO service_role;

-- Name: FUNCTION add_system_message(p_conversation public.conversaciones, p_event text, p_detail jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.add_system_message(p_conversation public.conversaciones, p_event text, p_detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.add_system_message(p_conversation public.conversaciones, p_event text, p_detail jsonb) TO service_role;

-- Name: FUNCTION any_of(p_words text[]); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.any_of(p_words text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.any_of(p_words text[]) TO service_role;

-- Name: FUNCTION apply_contact(p_site uuid, p_contact uuid, p_conversation uuid, p_patch jsonb, p_consents jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.apply_contact(p_site uuid, p_contact uuid, p_conversation uuid, p_patch jsonb, p_consents jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.apply_contact(p_site uuid, p_contact uuid, p_conversation uuid, p_patch jsonb, p_consents jsonb) TO service_role;

-- Name: FUNCTION apply_lead(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb, p_version integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.apply_lead(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb, p_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.apply_lead(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb, p_version integer) TO service_role;

-- Name: FUNCTION apply_lead_strictly(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb, p_version integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.apply_lead_strictly(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb, p_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.apply_lead_strictly(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb, p_version integer) TO service_role;

-- Name: FUNCTION audit(p_site uuid, p_actor text, p_action text, p_subject text, p_detail jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.audit(p_site uuid, p_actor text, p_action text, p_subject text, p_detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.audit(p_site uuid, p_actor text, p_action text, p_subject text, p_detail jsonb) TO service_role;

-- Name: TABLE lead_exports; Type: ACL; Schema: public

GRANT SELECT,INSERT,UPDATE ON TABLE public.lead_exports TO service_role;

-- Name: FUNCTION audit_export(p_export public.lead_exports); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.audit_export(p_export public.lead_exports) FROM PUBLIC;
GRANT ALL ON FUNCTION private.audit_export(p_export public.lead_exports) TO service_role;

-- Name: FUNCTION cancel_mail(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.cancel_mail() FROM PUBLIC;
GRANT ALL ON FUNCTION private.cancel_mail() TO service_role;

-- Name: TABLE canned_replies; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.canned_replies TO service_role;

-- Name: FUNCTION canned_json(p_reply public.canned_replies); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.canned_json(p_reply public.canned_replies) FROM PUBLIC;
GRANT ALL ON FUNCTION private.canned_json(p_reply public.canned_replies) TO service_role;

-- Name: FUNCTION capture_lead(p_site uuid, p_contact uuid, p_conversation uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.capture_lead(p_site uuid, p_contact uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.capture_lead(p_site uuid, p_contact uuid, p_conversation uuid) TO service_role;

-- Name: TABLE eval_cases; Type: ACL; Schema: public

GRANT SELECT,INSERT,UPDATE ON TABLE public.eval_cases TO service_role;

-- Name: FUNCTION case_json(p_case public.eval_cases); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.case_json(p_case public.eval_cases) FROM PUBLIC;
GRANT ALL ON FUNCTION private.case_json(p_case public.eval_cases) TO service_role;

-- Name: FUNCTION changed_message(p_message public.mensajes); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.changed_message(p_message public.mensajes) FROM PUBLIC;
GRANT ALL ON FUNCTION private.changed_message(p_message public.mensajes) TO service_role;

-- Name: FUNCTION changed_since(p_conversation public.conversaciones, p_parties jsonb, p_changed bigint, p_staff boolean); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.changed_since(p_conversation public.conversaciones, p_parties jsonb, p_changed bigint, p_staff boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.changed_since(p_conversation public.conversaciones, p_parties jsonb, p_changed bigint, p_staff boolean) TO service_role;

-- Name: FUNCTION check_evidence(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.check_evidence() FROM PUBLIC;
GRANT ALL ON FUNCTION private.check_evidence() TO service_role;

-- Name: FUNCTION claim_turn(p_conversation public.conversaciones, p_session uuid, p_upto_seq bigint, p_claim jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.claim_turn(p_conversation public.conversaciones, p_session uuid, p_upto_seq bigint, p_claim jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.claim_turn(p_conversation public.conversaciones, p_session uuid, p_upto_seq bigint, p_claim jsonb) TO service_role;

-- Name: FUNCTION close_by_assistant(p_conversation public.conversaciones, p_outcome text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.close_by_assistant(p_conversation public.conversaciones, p_outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.close_by_assistant(p_conversation public.conversaciones, p_outcome text) TO service_role;

-- Name: FUNCTION consent_to(p_site uuid, p_contact uuid, p_purpose text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.consent_to(p_site uuid, p_contact uuid, p_purpose text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.consent_to(p_site uuid, p_contact uuid, p_purpose text) TO service_role;

-- Name: FUNCTION conversation_json(p_conversation public.conversaciones); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.conversation_json(p_conversation public.conversaciones) FROM PUBLIC;
GRANT ALL ON FUNCTION private.conversation_json(p_conversation public.conversaciones) TO service_role;

-- Name: FUNCTION conversation_state(p_conversation public.conversaciones); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.conversation_state(p_conversation public.conversaciones) FROM PUBLIC;
GRANT ALL ON FUNCTION private.conversation_state(p_conversation public.conversaciones) TO service_role;

-- Name: FUNCTION dead_letters(p_site uuid, p_limit integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.dead_letters(p_site uuid, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.dead_letters(p_site uuid, p_limit integer) TO service_role;

-- Name: FUNCTION digest_to_embed(p_kind text, p_text text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.digest_to_embed(p_kind text, p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.digest_to_embed(p_kind text, p_text text) TO service_role;

-- Name: TABLE knowledge_documents; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_documents TO service_role;

-- Name: FUNCTION document_json(p_document public.knowledge_documents, p_body boolean); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.document_json(p_document public.knowledge_documents, p_body boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.document_json(p_document public.knowledge_documents, p_body boolean) TO service_role;

-- Name: FUNCTION email_at(p_email text, p_address_hash text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.email_at(p_email text, p_address_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.email_at(p_email text, p_address_hash text) TO service_role;

-- Name: FUNCTION email_key(p_email text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.email_key(p_email text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.email_key(p_email text) TO service_role;

-- Name: FUNCTION enable_vectors(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.enable_vectors() FROM PUBLIC;
GRANT ALL ON FUNCTION private.enable_vectors() TO service_role;

-- Name: FUNCTION erase_conversations(p_site uuid, p_conversations uuid[]); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.erase_conversations(p_site uuid, p_conversations uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.erase_conversations(p_site uuid, p_conversations uuid[]) TO service_role;

-- Name: FUNCTION erase_person(p_site uuid, p_contact uuid, p_actor text, p_action text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.erase_person(p_site uuid, p_contact uuid, p_actor text, p_action text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.erase_person(p_site uuid, p_contact uuid, p_actor text, p_action text) TO service_role;

-- Name: FUNCTION export_json(p_export public.lead_exports); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.export_json(p_export public.lead_exports) FROM PUBLIC;
GRANT ALL ON FUNCTION private.export_json(p_export public.lead_exports) TO service_role;

-- Name: FUNCTION export_outdated(p_export public.lead_exports); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.export_outdated(p_export public.lead_exports) FROM PUBLIC;
GRANT ALL ON FUNCTION private.export_outdated(p_export public.lead_exports) TO service_role;

-- Name: FUNCTION export_rows(p_site uuid, p_need text, p_picked jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.export_rows(p_site uuid, p_need text, p_picked jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.export_rows(p_site uuid, p_need text, p_picked jsonb) TO service_role;

-- Name: FUNCTION export_state(p_export public.lead_exports); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.export_state(p_export public.lead_exports) FROM PUBLIC;
GRANT ALL ON FUNCTION private.export_state(p_export public.lead_exports) TO service_role;

-- Name: FUNCTION export_wants(p_conversation public.conversaciones, p_first jsonb, p_last jsonb, p_filter jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.export_wants(p_conversation public.conversaciones, p_first jsonb, p_last jsonb, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.export_wants(p_conversation public.conversaciones, p_first jsonb, p_last jsonb, p_filter jsonb) TO service_role;

-- Name: FUNCTION facts_text(p_facts jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.facts_text(p_facts jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.facts_text(p_facts jsonb) TO service_role;

-- Name: TABLE deliveries; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.deliveries TO service_role;

-- Name: FUNCTION fail_delivery(p_row public.deliveries, p_failure text, p_final boolean, p_after interval); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.fail_delivery(p_row public.deliveries, p_failure text, p_final boolean, p_after interval) FROM PUBLIC;
GRANT ALL ON FUNCTION private.fail_delivery(p_row public.deliveries, p_failure text, p_final boolean, p_after interval) TO service_role;

-- Name: FUNCTION failing_cases(p_site uuid, p_number integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.failing_cases(p_site uuid, p_number integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.failing_cases(p_site uuid, p_number integer) TO service_role;

-- Name: TABLE outbox; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outbox TO service_role;

-- Name: FUNCTION fan_out(p_event public.outbox, p_channels jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.fan_out(p_event public.outbox, p_channels jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.fan_out(p_event public.outbox, p_channels jsonb) TO service_role;

-- Name: FUNCTION fan_out_due(p_channels jsonb, p_limit integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.fan_out_due(p_channels jsonb, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.fan_out_due(p_channels jsonb, p_limit integer) TO service_role;

-- Name: FUNCTION fan_out_seller_wrote(p_event public.outbox, p_channels jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.fan_out_seller_wrote(p_event public.outbox, p_channels jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.fan_out_seller_wrote(p_event public.outbox, p_channels jsonb) TO service_role;

-- Name: FUNCTION fan_out_waiting(p_event public.outbox, p_channels jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.fan_out_waiting(p_event public.outbox, p_channels jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.fan_out_waiting(p_event public.outbox, p_channels jsonb) TO service_role;

-- Name: TABLE prompt_versions; Type: ACL; Schema: public

GRANT SELECT,INSERT,UPDATE ON TABLE public.prompt_versions TO service_role;

-- Name: FUNCTION find_prompt(p_site uuid, p_number integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.find_prompt(p_site uuid, p_number integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.find_prompt(p_site uuid, p_number integer) TO service_role;

-- Name: TABLE eval_runs; Type: ACL; Schema: public

GRANT SELECT,INSERT,UPDATE ON TABLE public.eval_runs TO service_role;

-- Name: FUNCTION find_run(p_site uuid, p_run uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.find_run(p_site uuid, p_run uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.find_run(p_site uuid, p_run uuid) TO service_role;

-- Name: FUNCTION fold(p_text text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.fold(p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.fold(p_text text) TO service_role;

-- Name: FUNCTION follow_consent(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.follow_consent() FROM PUBLIC;
GRANT ALL ON FUNCTION private.follow_consent() TO service_role;

-- Name: FUNCTION follow_last_touch(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.follow_last_touch() FROM PUBLIC;
GRANT ALL ON FUNCTION private.follow_last_touch() TO service_role;

-- Name: FUNCTION forget_deliveries(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.forget_deliveries() FROM PUBLIC;
GRANT ALL ON FUNCTION private.forget_deliveries() TO service_role;

-- Name: FUNCTION forget_embedding(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.forget_embedding() FROM PUBLIC;
GRANT ALL ON FUNCTION private.forget_embedding() TO service_role;

-- Name: FUNCTION forget_summary_maker(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.forget_summary_maker() FROM PUBLIC;
GRANT ALL ON FUNCTION private.forget_summary_maker() TO service_role;

-- Name: FUNCTION former_keys_json(p_site uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.former_keys_json(p_site uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.former_keys_json(p_site uuid) TO service_role;

-- Name: TABLE contactos; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contactos TO service_role;

-- Name: TABLE leads; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.leads TO service_role;

-- Name: FUNCTION gap_of(p_lead public.leads, p_contact public.contactos); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.gap_of(p_lead public.leads, p_contact public.contactos) FROM PUBLIC;
GRANT ALL ON FUNCTION private.gap_of(p_lead public.leads, p_contact public.contactos) TO service_role;

-- Name: FUNCTION give_to_seller(p_conversation public.conversaciones, p_actor uuid, p_seller uuid, p_reason text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.give_to_seller(p_conversation public.conversaciones, p_actor uuid, p_seller uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.give_to_seller(p_conversation public.conversaciones, p_actor uuid, p_seller uuid, p_reason text) TO service_role;

-- Name: FUNCTION has_contact_consent(p_contact public.contactos); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.has_contact_consent(p_contact public.contactos) FROM PUBLIC;
GRANT ALL ON FUNCTION private.has_contact_consent(p_contact public.contactos) TO service_role;

-- Name: FUNCTION hold_job(p_name text, p_holder text, p_seconds integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.hold_job(p_name text, p_holder text, p_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.hold_job(p_name text, p_holder text, p_seconds integer) TO service_role;

-- Name: FUNCTION identified_json(p_session public.webchat_sessions, p_created boolean); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.identified_json(p_session public.webchat_sessions, p_created boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.identified_json(p_session public.webchat_sessions, p_created boolean) TO service_role;

-- Name: FUNCTION inbox_line(p_conversation public.conversaciones); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.inbox_line(p_conversation public.conversaciones) FROM PUBLIC;
GRANT ALL ON FUNCTION private.inbox_line(p_conversation public.conversaciones) TO service_role;

-- Name: FUNCTION is_online(p_in public.staff_sites); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.is_online(p_in public.staff_sites) FROM PUBLIC;
GRANT ALL ON FUNCTION private.is_online(p_in public.staff_sites) TO service_role;

-- Name: FUNCTION is_there(p_site uuid, p_staff uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.is_there(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.is_there(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION iso(p_at timestamp with time zone); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.iso(p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION private.iso(p_at timestamp with time zone) TO service_role;

-- Name: TABLE knowledge_items; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_items TO service_role;

-- Name: FUNCTION item_json(p_item public.knowledge_items); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.item_json(p_item public.knowledge_items) FROM PUBLIC;
GRANT ALL ON FUNCTION private.item_json(p_item public.knowledge_items) TO service_role;

-- Name: FUNCTION join_conversation(p_conversation public.conversaciones, p_staff uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.join_conversation(p_conversation public.conversaciones, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.join_conversation(p_conversation public.conversaciones, p_staff uuid) TO service_role;

-- Name: FUNCTION keep_promise(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.keep_promise() FROM PUBLIC;
GRANT ALL ON FUNCTION private.keep_promise() TO service_role;

-- Name: FUNCTION known_zone(p_zone text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.known_zone(p_zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.known_zone(p_zone text) TO service_role;

-- Name: FUNCTION lead_case(p_conversation public.conversaciones, p_upto bigint, p_messages integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.lead_case(p_conversation public.conversaciones, p_upto bigint, p_messages integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.lead_case(p_conversation public.conversaciones, p_upto bigint, p_messages integer) TO service_role;

-- Name: FUNCTION lead_conditions(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.lead_conditions() FROM PUBLIC;
GRANT ALL ON FUNCTION private.lead_conditions() TO service_role;

-- Name: FUNCTION lead_consents(p_site uuid, p_contact uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.lead_consents(p_site uuid, p_contact uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.lead_consents(p_site uuid, p_contact uuid) TO service_role;

-- Name: FUNCTION lead_event(p_lead public.leads); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.lead_event(p_lead public.leads) FROM PUBLIC;
GRANT ALL ON FUNCTION private.lead_event(p_lead public.leads) TO service_role;

-- Name: FUNCTION lead_facts_json(p_site uuid, p_conversation uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.lead_facts_json(p_site uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.lead_facts_json(p_site uuid, p_conversation uuid) TO service_role;

-- Name: FUNCTION lead_json(p_lead public.leads, p_conversation public.conversaciones, p_role text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.lead_json(p_lead public.leads, p_conversation public.conversaciones, p_role text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.lead_json(p_lead public.leads, p_conversation public.conversaciones, p_role text) TO service_role;

-- Name: FUNCTION lead_version(p_conversation public.conversaciones); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.lead_version(p_conversation public.conversaciones) FROM PUBLIC;
GRANT ALL ON FUNCTION private.lead_version(p_conversation public.conversaciones) TO service_role;

-- Name: FUNCTION lock_conversation(p_session public.webchat_sessions); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.lock_conversation(p_session public.webchat_sessions) FROM PUBLIC;
GRANT ALL ON FUNCTION private.lock_conversation(p_session public.webchat_sessions) TO service_role;

-- Name: TABLE staff_links; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff_links TO service_role;

-- Name: FUNCTION mail_link(p_link public.staff_links, p_sealed text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.mail_link(p_link public.staff_links, p_sealed text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.mail_link(p_link public.staff_links, p_sealed text) TO service_role;

-- Name: TABLE sites; Type: ACL; Schema: public

GRANT SELECT,INSERT,UPDATE ON TABLE public.sites TO service_role;

-- Name: FUNCTION mail_site_json(p_site public.sites); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.mail_site_json(p_site public.sites) FROM PUBLIC;
GRANT ALL ON FUNCTION private.mail_site_json(p_site public.sites) TO service_role;

-- Name: FUNCTION mark_holding(p_site uuid, p_conversation uuid, p_holding jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.mark_holding(p_site uuid, p_conversation uuid, p_holding jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.mark_holding(p_site uuid, p_conversation uuid, p_holding jsonb) TO service_role;

-- Name: FUNCTION matches(p_conversation public.conversaciones, p_staff uuid, p_filter jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.matches(p_conversation public.conversaciones, p_staff uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.matches(p_conversation public.conversaciones, p_staff uuid, p_filter jsonb) TO service_role;

-- Name: FUNCTION may_export(p_contact public.contactos, p_purpose text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.may_export(p_contact public.contactos, p_purpose text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.may_export(p_contact public.contactos, p_purpose text) TO service_role;

-- Name: FUNCTION may_mail(p_contact public.contactos); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.may_mail(p_contact public.contactos) FROM PUBLIC;
GRANT ALL ON FUNCTION private.may_mail(p_contact public.contactos) TO service_role;

-- Name: FUNCTION may_see(p_conversation public.conversaciones, p_staff uuid, p_role text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.may_see(p_conversation public.conversaciones, p_staff uuid, p_role text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.may_see(p_conversation public.conversaciones, p_staff uuid, p_role text) TO service_role;

-- Name: TABLE staff; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff TO service_role;

-- Name: FUNCTION membership_json(p_staff public.staff, p_in public.staff_sites); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.membership_json(p_staff public.staff, p_in public.staff_sites) FROM PUBLIC;
GRANT ALL ON FUNCTION private.membership_json(p_staff public.staff, p_in public.staff_sites) TO service_role;

-- Name: FUNCTION message_json(p_message public.mensajes, p_parties jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.message_json(p_message public.mensajes, p_parties jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.message_json(p_message public.mensajes, p_parties jsonb) TO service_role;

-- Name: FUNCTION most_attempts(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.most_attempts() FROM PUBLIC;
GRANT ALL ON FUNCTION private.most_attempts() TO service_role;

-- Name: FUNCTION nearest_texts(p_site uuid, p_model text, p_vector text, p_least double precision, p_limit integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.nearest_texts(p_site uuid, p_model text, p_vector text, p_least double precision, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.nearest_texts(p_site uuid, p_model text, p_vector text, p_least double precision, p_limit integer) TO service_role;

-- Name: FUNCTION new_session(p_site uuid, p_token_hash text, p_session_id text, p_locale text, p_metadata jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.new_session(p_site uuid, p_token_hash text, p_session_id text, p_locale text, p_metadata jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.new_session(p_site uuid, p_token_hash text, p_session_id text, p_locale text, p_metadata jsonb) TO service_role;

-- Name: FUNCTION news_json(p_site uuid, p_item jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.news_json(p_site uuid, p_item jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.news_json(p_site uuid, p_item jsonb) TO service_role;

-- Name: FUNCTION note_assigned(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.note_assigned() FROM PUBLIC;
GRANT ALL ON FUNCTION private.note_assigned() TO service_role;

-- Name: FUNCTION note_case_edit(p_case public.eval_cases, p_act text, p_author text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.note_case_edit(p_case public.eval_cases, p_act text, p_author text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.note_case_edit(p_case public.eval_cases, p_act text, p_author text) TO service_role;

-- Name: FUNCTION note_for_staff(p_site uuid, p_kind text, p_contact uuid, p_conversation uuid, p_staff uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.note_for_staff(p_site uuid, p_kind text, p_contact uuid, p_conversation uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.note_for_staff(p_site uuid, p_kind text, p_contact uuid, p_conversation uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION note_lead_due(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.note_lead_due() FROM PUBLIC;
GRANT ALL ON FUNCTION private.note_lead_due() TO service_role;

-- Name: FUNCTION note_seller_wrote(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.note_seller_wrote() FROM PUBLIC;
GRANT ALL ON FUNCTION private.note_seller_wrote() TO service_role;

-- Name: FUNCTION note_visitor_wrote(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.note_visitor_wrote() FROM PUBLIC;
GRANT ALL ON FUNCTION private.note_visitor_wrote() TO service_role;

-- Name: FUNCTION note_waiting(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.note_waiting() FROM PUBLIC;
GRANT ALL ON FUNCTION private.note_waiting() TO service_role;

-- Name: TABLE staff_notification_settings; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff_notification_settings TO service_role;

-- Name: FUNCTION notification_settings(p_site uuid, p_staff uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.notification_settings(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.notification_settings(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION notification_settings_json(p_settings public.staff_notification_settings); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.notification_settings_json(p_settings public.staff_notification_settings) FROM PUBLIC;
GRANT ALL ON FUNCTION private.notification_settings_json(p_settings public.staff_notification_settings) TO service_role;

-- Name: FUNCTION number_change(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.number_change() FROM PUBLIC;
GRANT ALL ON FUNCTION private.number_change() TO service_role;

-- Name: FUNCTION number_of(p_id uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.number_of(p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.number_of(p_id uuid) TO service_role;

-- Name: FUNCTION open_lead(p_conversation public.conversaciones); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.open_lead(p_conversation public.conversaciones) FROM PUBLIC;
GRANT ALL ON FUNCTION private.open_lead(p_conversation public.conversaciones) TO service_role;

-- Name: FUNCTION open_link(p_token_hash text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.open_link(p_token_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.open_link(p_token_hash text) TO service_role;

-- Name: FUNCTION own_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_unowned_too boolean); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.own_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_unowned_too boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.own_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_unowned_too boolean) TO service_role;

-- Name: FUNCTION owned_json(p_site uuid, p_conversation uuid, p_messages public.mensajes[], p_turn uuid, p_agent uuid, p_changed boolean); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.owned_json(p_site uuid, p_conversation uuid, p_messages public.mensajes[], p_turn uuid, p_agent uuid, p_changed boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.owned_json(p_site uuid, p_conversation uuid, p_messages public.mensajes[], p_turn uuid, p_agent uuid, p_changed boolean) TO service_role;

-- Name: FUNCTION participants_json(p_conversation public.conversaciones); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.participants_json(p_conversation public.conversaciones) FROM PUBLIC;
GRANT ALL ON FUNCTION private.participants_json(p_conversation public.conversaciones) TO service_role;

-- Name: FUNCTION parties(p_site uuid, p_contact uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.parties(p_site uuid, p_contact uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.parties(p_site uuid, p_contact uuid) TO service_role;

-- Name: FUNCTION plan_delivery(p_row public.deliveries); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.plan_delivery(p_row public.deliveries) FROM PUBLIC;
GRANT ALL ON FUNCTION private.plan_delivery(p_row public.deliveries) TO service_role;

-- Name: FUNCTION plan_inbox(p_row public.deliveries); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.plan_inbox(p_row public.deliveries) FROM PUBLIC;
GRANT ALL ON FUNCTION private.plan_inbox(p_row public.deliveries) TO service_role;

-- Name: FUNCTION plan_staff_link(p_row public.deliveries); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.plan_staff_link(p_row public.deliveries) FROM PUBLIC;
GRANT ALL ON FUNCTION private.plan_staff_link(p_row public.deliveries) TO service_role;

-- Name: FUNCTION plan_visitor_unread(p_row public.deliveries); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.plan_visitor_unread(p_row public.deliveries) FROM PUBLIC;
GRANT ALL ON FUNCTION private.plan_visitor_unread(p_row public.deliveries) TO service_role;

-- Name: FUNCTION prompt_json(p_version public.prompt_versions, p_state jsonb, p_content boolean); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.prompt_json(p_version public.prompt_versions, p_state jsonb, p_content boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.prompt_json(p_version public.prompt_versions, p_state jsonb, p_content boolean) TO service_role;

-- Name: FUNCTION prompt_state(p_site uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.prompt_state(p_site uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.prompt_state(p_site uuid) TO service_role;

-- Name: FUNCTION put_document(p_site uuid, p_by text, p_document jsonb, p_passages jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.put_document(p_site uuid, p_by text, p_document jsonb, p_passages jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.put_document(p_site uuid, p_by text, p_document jsonb, p_passages jsonb) TO service_role;

-- Name: FUNCTION put_item(p_site uuid, p_item jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.put_item(p_site uuid, p_item jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.put_item(p_site uuid, p_item jsonb) TO service_role;

-- Name: FUNCTION queue_embeddings(p_model text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.queue_embeddings(p_model text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.queue_embeddings(p_model text) TO service_role;

-- Name: FUNCTION quiet_until(p_settings public.staff_notification_settings, p_site_zone text, p_now timestamp with time zone); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.quiet_until(p_settings public.staff_notification_settings, p_site_zone text, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION private.quiet_until(p_settings public.staff_notification_settings, p_site_zone text, p_now timestamp with time zone) TO service_role;

-- Name: FUNCTION refresh_gaps(p_site uuid, p_contact uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.refresh_gaps(p_site uuid, p_contact uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.refresh_gaps(p_site uuid, p_contact uuid) TO service_role;

-- Name: FUNCTION release_conversations(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.release_conversations() FROM PUBLIC;
GRANT ALL ON FUNCTION private.release_conversations() TO service_role;

-- Name: FUNCTION replay_dead_letters(p_site uuid, p_actor text, p_id uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.replay_dead_letters(p_site uuid, p_actor text, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.replay_dead_letters(p_site uuid, p_actor text, p_id uuid) TO service_role;

-- Name: FUNCTION reply_to(p_site uuid, p_conversation uuid, p_seq bigint, p_parties jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.reply_to(p_site uuid, p_conversation uuid, p_seq bigint, p_parties jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.reply_to(p_site uuid, p_conversation uuid, p_seq bigint, p_parties jsonb) TO service_role;

-- Name: FUNCTION request_handoff(p_conversation public.conversaciones, p_reason text, p_summary text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.request_handoff(p_conversation public.conversaciones, p_reason text, p_summary text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.request_handoff(p_conversation public.conversaciones, p_reason text, p_summary text) TO service_role;

-- Name: FUNCTION reserve_of_day(p_site uuid, p_tokens integer, p_budget bigint, p_lease_seconds integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.reserve_of_day(p_site uuid, p_tokens integer, p_budget bigint, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.reserve_of_day(p_site uuid, p_tokens integer, p_budget bigint, p_lease_seconds integer) TO service_role;

-- Name: FUNCTION reserve_tokens(p_site uuid, p_session uuid, p_tokens integer, p_session_budget bigint, p_site_day_budget bigint); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.reserve_tokens(p_site uuid, p_session uuid, p_tokens integer, p_session_budget bigint, p_site_day_budget bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION private.reserve_tokens(p_site uuid, p_session uuid, p_tokens integer, p_session_budget bigint, p_site_day_budget bigint) TO service_role;

-- Name: FUNCTION restart_deadline(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.restart_deadline() FROM PUBLIC;
GRANT ALL ON FUNCTION private.restart_deadline() TO service_role;

-- Name: FUNCTION retry_after(p_attempts integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.retry_after(p_attempts integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.retry_after(p_attempts integer) TO service_role;

-- Name: FUNCTION room_for_case(p_site uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.room_for_case(p_site uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.room_for_case(p_site uuid) TO service_role;

-- Name: FUNCTION room_for_run(p_site uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.room_for_run(p_site uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.room_for_run(p_site uuid) TO service_role;

-- Name: FUNCTION run_json(p_run public.eval_runs); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.run_json(p_run public.eval_runs) FROM PUBLIC;
GRANT ALL ON FUNCTION private.run_json(p_run public.eval_runs) TO service_role;

-- Name: FUNCTION run_state(p_run public.eval_runs); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.run_state(p_run public.eval_runs) FROM PUBLIC;
GRANT ALL ON FUNCTION private.run_state(p_run public.eval_runs) TO service_role;

-- Name: FUNCTION search_fused(p_site uuid, p_query text, p_locale text, p_item text, p_limit integer, p_vector text, p_model text, p_least double precision); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.search_fused(p_site uuid, p_query text, p_locale text, p_item text, p_limit integer, p_vector text, p_model text, p_least double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION private.search_fused(p_site uuid, p_query text, p_locale text, p_item text, p_limit integer, p_vector text, p_model text, p_least double precision) TO service_role;

-- Name: FUNCTION search_vector(p_called text, p_said text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.search_vector(p_called text, p_said text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.search_vector(p_called text, p_said text) TO service_role;

-- Name: FUNCTION session_json(p_session public.webchat_sessions); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.session_json(p_session public.webchat_sessions) FROM PUBLIC;
GRANT ALL ON FUNCTION private.session_json(p_session public.webchat_sessions) TO service_role;

-- Name: FUNCTION session_of_contact(p_site uuid, p_token_hash text, p_contact uuid, p_locale text, p_metadata jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.session_of_contact(p_site uuid, p_token_hash text, p_contact uuid, p_locale text, p_metadata jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.session_of_contact(p_site uuid, p_token_hash text, p_contact uuid, p_locale text, p_metadata jsonb) TO service_role;

-- Name: FUNCTION session_of_conversation(p_conversation public.conversaciones); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.session_of_conversation(p_conversation public.conversaciones) FROM PUBLIC;
GRANT ALL ON FUNCTION private.session_of_conversation(p_conversation public.conversaciones) TO service_role;

-- Name: FUNCTION set_manual_quality(p_conversation public.conversaciones, p_quality text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.set_manual_quality(p_conversation public.conversaciones, p_quality text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.set_manual_quality(p_conversation public.conversaciones, p_quality text) TO service_role;

-- Name: FUNCTION settle_erased(p_site uuid, p_conversations uuid[]); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.settle_erased(p_site uuid, p_conversations uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.settle_erased(p_site uuid, p_conversations uuid[]) TO service_role;

-- Name: TABLE turns; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.turns TO service_role;

-- Name: FUNCTION settle_tokens(p_turn public.turns, p_used integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.settle_tokens(p_turn public.turns, p_used integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.settle_tokens(p_turn public.turns, p_used integer) TO service_role;

-- Name: FUNCTION site_admin_json(p_site public.sites); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.site_admin_json(p_site public.sites) FROM PUBLIC;
GRANT ALL ON FUNCTION private.site_admin_json(p_site public.sites) TO service_role;

-- Name: FUNCTION site_by_key(p_public_key text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.site_by_key(p_public_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.site_by_key(p_public_key text) TO service_role;

-- Name: FUNCTION site_json(p_site public.sites); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.site_json(p_site public.sites) FROM PUBLIC;
GRANT ALL ON FUNCTION private.site_json(p_site public.sites) TO service_role;

-- Name: FUNCTION site_of_slug(p_slug text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.site_of_slug(p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.site_of_slug(p_slug text) TO service_role;

-- Name: FUNCTION staff_json(p_staff public.staff); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.staff_json(p_staff public.staff) FROM PUBLIC;
GRANT ALL ON FUNCTION private.staff_json(p_staff public.staff) TO service_role;

-- Name: FUNCTION staff_party(p_staff uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.staff_party(p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.staff_party(p_staff uuid) TO service_role;

-- Name: FUNCTION stems(p_locale text, p_text text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.stems(p_locale text, p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.stems(p_locale text, p_text text) TO service_role;

-- Name: FUNCTION still_matters(p_in public.staff_sites, p_item jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.still_matters(p_in public.staff_sites, p_item jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.still_matters(p_in public.staff_sites, p_item jsonb) TO service_role;

-- Name: FUNCTION store_facts(p_conversation public.conversaciones, p_turn uuid, p_facts jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.store_facts(p_conversation public.conversaciones, p_turn uuid, p_facts jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.store_facts(p_conversation public.conversaciones, p_turn uuid, p_facts jsonb) TO service_role;

-- Name: FUNCTION stored_export(p_site uuid, p_export uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.stored_export(p_site uuid, p_export uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.stored_export(p_site uuid, p_export uuid) TO service_role;

-- Name: TABLE staff_push_subscriptions; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff_push_subscriptions TO service_role;

-- Name: FUNCTION subscription_json(p_subscription public.staff_push_subscriptions); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.subscription_json(p_subscription public.staff_push_subscriptions) FROM PUBLIC;
GRANT ALL ON FUNCTION private.subscription_json(p_subscription public.staff_push_subscriptions) TO service_role;

-- Name: FUNCTION supersede_turn(p_conversation public.conversaciones); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.supersede_turn(p_conversation public.conversaciones) FROM PUBLIC;
GRANT ALL ON FUNCTION private.supersede_turn(p_conversation public.conversaciones) TO service_role;

-- Name: FUNCTION task_json(p_task public.tasks); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.task_json(p_task public.tasks) FROM PUBLIC;
GRANT ALL ON FUNCTION private.task_json(p_task public.tasks) TO service_role;

-- Name: FUNCTION tell_staff(p_site uuid, p_staff uuid, p_event text, p_conversation uuid, p_channels jsonb); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.tell_staff(p_site uuid, p_staff uuid, p_event text, p_conversation uuid, p_channels jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.tell_staff(p_site uuid, p_staff uuid, p_event text, p_conversation uuid, p_channels jsonb) TO service_role;

-- Name: FUNCTION text_to_embed(p_title text, p_heading text, p_body text); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.text_to_embed(p_title text, p_heading text, p_body text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.text_to_embed(p_title text, p_heading text, p_body text) TO service_role;

-- Name: FUNCTION throttle(p_key text, p_most integer, p_window interval); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.throttle(p_key text, p_most integer, p_window interval) FROM PUBLIC;
GRANT ALL ON FUNCTION private.throttle(p_key text, p_most integer, p_window interval) TO service_role;

-- Name: FUNCTION told_of_lead(p_site uuid, p_conversation uuid); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.told_of_lead(p_site uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.told_of_lead(p_site uuid, p_conversation uuid) TO service_role;

-- Name: FUNCTION touch_json(p_touch jsonb, p_whole boolean); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.touch_json(p_touch jsonb, p_whole boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.touch_json(p_touch jsonb, p_whole boolean) TO service_role;

-- Name: FUNCTION turn_json(p_turn public.turns, p_history integer); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.turn_json(p_turn public.turns, p_history integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.turn_json(p_turn public.turns, p_history integer) TO service_role;

-- Name: FUNCTION unread_of(p_conversation uuid, p_after bigint); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.unread_of(p_conversation uuid, p_after bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION private.unread_of(p_conversation uuid, p_after bigint) TO service_role;

-- Name: FUNCTION vector_schema(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.vector_schema() FROM PUBLIC;
GRANT ALL ON FUNCTION private.vector_schema() TO service_role;

-- Name: TABLE saved_views; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.saved_views TO service_role;

-- Name: FUNCTION view_json(p_view public.saved_views); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.view_json(p_view public.saved_views) FROM PUBLIC;
GRANT ALL ON FUNCTION private.view_json(p_view public.saved_views) TO service_role;

-- Name: FUNCTION wake_conversation(); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.wake_conversation() FROM PUBLIC;
GRANT ALL ON FUNCTION private.wake_conversation() TO service_role;

-- Name: FUNCTION welcome_hot(p_conversation public.conversaciones); Type: ACL; Schema: private

REVOKE ALL ON FUNCTION private.welcome_hot(p_conversation public.conversaciones) FROM PUBLIC;
GRANT ALL ON FUNCTION private.welcome_hot(p_conversation public.conversaciones) TO service_role;

-- Name: FUNCTION access_staff(p_public_key text, p_token_hash text, p_subject uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.access_staff(p_public_key text, p_token_hash text, p_subject uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.access_staff(p_public_key text, p_token_hash text, p_subject uuid) TO service_role;

-- Name: FUNCTION add_first_admin(p_slug text, p_email text, p_name text, p_password_hash text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.add_first_admin(p_slug text, p_email text, p_name text, p_password_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.add_first_admin(p_slug text, p_email text, p_name text, p_password_hash text) TO service_role;

-- Name: FUNCTION add_push_subscription(p_site uuid, p_staff uuid, p_endpoint text, p_p256dh text, p_auth text, p_label text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.add_push_subscription(p_site uuid, p_staff uuid, p_endpoint text, p_p256dh text, p_auth text, p_label text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.add_push_subscription(p_site uuid, p_staff uuid, p_endpoint text, p_p256dh text, p_auth text, p_label text) TO service_role;

-- Name: FUNCTION add_staff(p_slug text, p_email text, p_role text, p_name text, p_password_hash text, p_supabase_user uuid, p_token_hash text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.add_staff(p_slug text, p_email text, p_role text, p_name text, p_password_hash text, p_supabase_user uuid, p_token_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.add_staff(p_slug text, p_email text, p_role text, p_name text, p_password_hash text, p_supabase_user uuid, p_token_hash text) TO service_role;

-- Name: FUNCTION add_task(p_site uuid, p_staff uuid, p_conversation uuid, p_kind text, p_text text, p_due_at timestamp with time zone, p_assignee uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.add_task(p_site uuid, p_staff uuid, p_conversation uuid, p_kind text, p_text text, p_due_at timestamp with time zone, p_assignee uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.add_task(p_site uuid, p_staff uuid, p_conversation uuid, p_kind text, p_text text, p_due_at timestamp with time zone, p_assignee uuid) TO service_role;

-- Name: FUNCTION archive_prompt(p_site uuid, p_staff uuid, p_number integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.archive_prompt(p_site uuid, p_staff uuid, p_number integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.archive_prompt(p_site uuid, p_staff uuid, p_number integer) TO service_role;

-- Name: FUNCTION assign_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_to uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.assign_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_to uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.assign_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_to uuid) TO service_role;

-- Name: FUNCTION assist_turn(p_site uuid, p_staff uuid, p_conversation uuid, p_purpose text, p_history integer, p_reserve integer, p_budget bigint, p_lease_seconds integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.assist_turn(p_site uuid, p_staff uuid, p_conversation uuid, p_purpose text, p_history integer, p_reserve integer, p_budget bigint, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.assist_turn(p_site uuid, p_staff uuid, p_conversation uuid, p_purpose text, p_history integer, p_reserve integer, p_budget bigint, p_lease_seconds integer) TO service_role;

-- Name: FUNCTION begin_eval_run(p_site uuid, p_staff uuid, p_numbers jsonb, p_repeats integer, p_cases jsonb, p_lease_seconds integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.begin_eval_run(p_site uuid, p_staff uuid, p_numbers jsonb, p_repeats integer, p_cases jsonb, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.begin_eval_run(p_site uuid, p_staff uuid, p_numbers jsonb, p_repeats integer, p_cases jsonb, p_lease_seconds integer) TO service_role;

-- Name: FUNCTION begin_export(p_site uuid, p_staff uuid, p_request jsonb, p_worker text, p_lease_seconds integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.begin_export(p_site uuid, p_staff uuid, p_request jsonb, p_worker text, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.begin_export(p_site uuid, p_staff uuid, p_request jsonb, p_worker text, p_lease_seconds integer) TO service_role;

-- Name: FUNCTION begin_retention(p_worker text, p_lease_seconds integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.begin_retention(p_worker text, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.begin_retention(p_worker text, p_lease_seconds integer) TO service_role;

-- Name: FUNCTION begin_staff_sign_in(p_public_key text, p_email text, p_address_hash text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.begin_staff_sign_in(p_public_key text, p_email text, p_address_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.begin_staff_sign_in(p_public_key text, p_email text, p_address_hash text) TO service_role;

-- Name: FUNCTION block_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_blocked boolean); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.block_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_blocked boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.block_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_blocked boolean) TO service_role;

-- Name: FUNCTION cancel_eval_run(p_site uuid, p_staff uuid, p_run uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.cancel_eval_run(p_site uuid, p_staff uuid, p_run uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.cancel_eval_run(p_site uuid, p_staff uuid, p_run uuid) TO service_role;

-- Name: FUNCTION cancel_release(p_site uuid, p_staff uuid, p_release uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.cancel_release(p_site uuid, p_staff uuid, p_release uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.cancel_release(p_site uuid, p_staff uuid, p_release uuid) TO service_role;

-- Name: FUNCTION change_site(p_site uuid, p_staff uuid, p_patch jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.change_site(p_site uuid, p_staff uuid, p_patch jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_site(p_site uuid, p_staff uuid, p_patch jsonb) TO service_role;

-- Name: FUNCTION change_staff(p_site uuid, p_actor uuid, p_staff uuid, p_role text, p_disabled boolean, p_capacity integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.change_staff(p_site uuid, p_actor uuid, p_staff uuid, p_role text, p_disabled boolean, p_capacity integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_staff(p_site uuid, p_actor uuid, p_staff uuid, p_role text, p_disabled boolean, p_capacity integer) TO service_role;

-- Name: FUNCTION change_staff_password(p_site uuid, p_staff uuid, p_known_hash text, p_password_hash text, p_token_hash text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.change_staff_password(p_site uuid, p_staff uuid, p_known_hash text, p_password_hash text, p_token_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_staff_password(p_site uuid, p_staff uuid, p_known_hash text, p_password_hash text, p_token_hash text) TO service_role;

-- Name: FUNCTION change_task(p_site uuid, p_staff uuid, p_task uuid, p_patch jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.change_task(p_site uuid, p_staff uuid, p_task uuid, p_patch jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_task(p_site uuid, p_staff uuid, p_task uuid, p_patch jsonb) TO service_role;

-- Name: FUNCTION claim_abandoned_turns(p_worker text, p_lease_seconds integer, p_history integer, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.claim_abandoned_turns(p_worker text, p_lease_seconds integer, p_history integer, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_abandoned_turns(p_worker text, p_lease_seconds integer, p_history integer, p_limit integer) TO service_role;

-- Name: FUNCTION claim_deliveries(p_worker text, p_channels jsonb, p_lease_seconds integer, p_free jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.claim_deliveries(p_worker text, p_channels jsonb, p_lease_seconds integer, p_free jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_deliveries(p_worker text, p_channels jsonb, p_lease_seconds integer, p_free jsonb) TO service_role;

-- Name: FUNCTION claim_embeddings(p_model text, p_limit integer, p_lease_seconds integer, p_look boolean); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.claim_embeddings(p_model text, p_limit integer, p_lease_seconds integer, p_look boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_embeddings(p_model text, p_limit integer, p_lease_seconds integer, p_look boolean) TO service_role;

-- Name: FUNCTION close_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_outcome text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.close_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.close_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_outcome text) TO service_role;

-- Name: FUNCTION complete_task(p_site uuid, p_staff uuid, p_task uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.complete_task(p_site uuid, p_staff uuid, p_task uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.complete_task(p_site uuid, p_staff uuid, p_task uuid) TO service_role;

-- Name: FUNCTION complete_turn(p_site uuid, p_turn uuid, p_fence integer, p_text text, p_source text, p_facts jsonb, p_effects jsonb, p_claim jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.complete_turn(p_site uuid, p_turn uuid, p_fence integer, p_text text, p_source text, p_facts jsonb, p_effects jsonb, p_claim jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.complete_turn(p_site uuid, p_turn uuid, p_fence integer, p_text text, p_source text, p_facts jsonb, p_effects jsonb, p_claim jsonb) TO service_role;

-- Name: FUNCTION continue_eval_run(p_site uuid, p_staff uuid, p_run uuid, p_lease_seconds integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.continue_eval_run(p_site uuid, p_staff uuid, p_run uuid, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.continue_eval_run(p_site uuid, p_staff uuid, p_run uuid, p_lease_seconds integer) TO service_role;

-- Name: FUNCTION conversation_for_replay(p_site uuid, p_staff uuid, p_conversation uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.conversation_for_replay(p_site uuid, p_staff uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.conversation_for_replay(p_site uuid, p_staff uuid, p_conversation uuid) TO service_role;

-- Name: FUNCTION correct_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_patch jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.correct_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_patch jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.correct_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_patch jsonb) TO service_role;

-- Name: FUNCTION delete_canned(p_site uuid, p_staff uuid, p_id uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.delete_canned(p_site uuid, p_staff uuid, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delete_canned(p_site uuid, p_staff uuid, p_id uuid) TO service_role;

-- Name: FUNCTION delete_document(p_site uuid, p_staff uuid, p_slug text, p_locale text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.delete_document(p_site uuid, p_staff uuid, p_slug text, p_locale text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delete_document(p_site uuid, p_staff uuid, p_slug text, p_locale text) TO service_role;

-- Name: FUNCTION delete_eval_case(p_site uuid, p_staff uuid, p_case uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.delete_eval_case(p_site uuid, p_staff uuid, p_case uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delete_eval_case(p_site uuid, p_staff uuid, p_case uuid) TO service_role;

-- Name: FUNCTION delete_item(p_site uuid, p_staff uuid, p_item text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.delete_item(p_site uuid, p_staff uuid, p_item text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delete_item(p_site uuid, p_staff uuid, p_item text) TO service_role;

-- Name: FUNCTION delete_view(p_site uuid, p_staff uuid, p_id uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.delete_view(p_site uuid, p_staff uuid, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delete_view(p_site uuid, p_staff uuid, p_id uuid) TO service_role;

-- Name: FUNCTION dismiss_lead_gap(p_site uuid, p_staff uuid, p_conversation uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.dismiss_lead_gap(p_site uuid, p_staff uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.dismiss_lead_gap(p_site uuid, p_staff uuid, p_conversation uuid) TO service_role;

-- Name: FUNCTION edit_seller_message(p_site uuid, p_staff uuid, p_message uuid, p_content text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.edit_seller_message(p_site uuid, p_staff uuid, p_message uuid, p_content text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.edit_seller_message(p_site uuid, p_staff uuid, p_message uuid, p_content text) TO service_role;

-- Name: FUNCTION embedding_progress(p_site uuid, p_staff uuid, p_model text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.embedding_progress(p_site uuid, p_staff uuid, p_model text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.embedding_progress(p_site uuid, p_staff uuid, p_model text) TO service_role;

-- Name: FUNCTION end_export(p_site uuid, p_staff uuid, p_export uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.end_export(p_site uuid, p_staff uuid, p_export uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_export(p_site uuid, p_staff uuid, p_export uuid) TO service_role;

-- Name: FUNCTION ensure_site(p_slug text, p_name text, p_public_key text, p_allowed_origins jsonb, p_settings jsonb, p_locale text, p_region text, p_time_zone text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.ensure_site(p_slug text, p_name text, p_public_key text, p_allowed_origins jsonb, p_settings jsonb, p_locale text, p_region text, p_time_zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ensure_site(p_slug text, p_name text, p_public_key text, p_allowed_origins jsonb, p_settings jsonb, p_locale text, p_region text, p_time_zone text) TO service_role;

-- Name: FUNCTION erase_contact(p_site uuid, p_staff uuid, p_contact uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.erase_contact(p_site uuid, p_staff uuid, p_contact uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.erase_contact(p_site uuid, p_staff uuid, p_contact uuid) TO service_role;

-- Name: FUNCTION erase_expired(p_site uuid, p_worker text, p_lease_seconds integer, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.erase_expired(p_site uuid, p_worker text, p_lease_seconds integer, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.erase_expired(p_site uuid, p_worker text, p_lease_seconds integer, p_limit integer) TO service_role;

-- Name: FUNCTION erase_visitor(p_site uuid, p_token_hash text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.erase_visitor(p_site uuid, p_token_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.erase_visitor(p_site uuid, p_token_hash text) TO service_role;

-- Name: FUNCTION eval_case_history(p_site uuid, p_staff uuid, p_case uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.eval_case_history(p_site uuid, p_staff uuid, p_case uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.eval_case_history(p_site uuid, p_staff uuid, p_case uuid) TO service_role;

-- Name: FUNCTION export_page(p_site uuid, p_export uuid, p_worker text, p_lease_seconds integer, p_after jsonb, p_written bigint, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.export_page(p_site uuid, p_export uuid, p_worker text, p_lease_seconds integer, p_after jsonb, p_written bigint, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_page(p_site uuid, p_export uuid, p_worker text, p_lease_seconds integer, p_after jsonb, p_written bigint, p_limit integer) TO service_role;

-- Name: FUNCTION exports_to_keep(p_ids jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.exports_to_keep(p_ids jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.exports_to_keep(p_ids jsonb) TO service_role;

-- Name: FUNCTION finish_eval_run(p_site uuid, p_run uuid, p_fence integer, p_state text, p_error text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.finish_eval_run(p_site uuid, p_run uuid, p_fence integer, p_state text, p_error text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.finish_eval_run(p_site uuid, p_run uuid, p_fence integer, p_state text, p_error text) TO service_role;

-- Name: FUNCTION finish_export(p_site uuid, p_export uuid, p_worker text, p_state text, p_rows bigint, p_manifest jsonb, p_failure text, p_keep_seconds integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.finish_export(p_site uuid, p_export uuid, p_worker text, p_state text, p_rows bigint, p_manifest jsonb, p_failure text, p_keep_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.finish_export(p_site uuid, p_export uuid, p_worker text, p_state text, p_rows bigint, p_manifest jsonb, p_failure text, p_keep_seconds integer) TO service_role;

-- Name: FUNCTION finish_staff_sign_in(p_site uuid, p_staff uuid, p_password_hash text, p_token_hash text, p_new_hash text, p_address_hash text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.finish_staff_sign_in(p_site uuid, p_staff uuid, p_password_hash text, p_token_hash text, p_new_hash text, p_address_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.finish_staff_sign_in(p_site uuid, p_staff uuid, p_password_hash text, p_token_hash text, p_new_hash text, p_address_hash text) TO service_role;

-- Name: FUNCTION get_document(p_site uuid, p_staff uuid, p_slug text, p_locale text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.get_document(p_site uuid, p_staff uuid, p_slug text, p_locale text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.get_document(p_site uuid, p_staff uuid, p_slug text, p_locale text) TO service_role;

-- Name: FUNCTION get_eval_run(p_site uuid, p_staff uuid, p_run uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.get_eval_run(p_site uuid, p_staff uuid, p_run uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.get_eval_run(p_site uuid, p_staff uuid, p_run uuid) TO service_role;

-- Name: FUNCTION get_prompt(p_site uuid, p_staff uuid, p_number integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.get_prompt(p_site uuid, p_staff uuid, p_number integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.get_prompt(p_site uuid, p_staff uuid, p_number integer) TO service_role;

-- Name: FUNCTION get_retention(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.get_retention(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.get_retention(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION get_site(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.get_site(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.get_site(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION give_back_work(p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.give_back_work(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.give_back_work(p_limit integer) TO service_role;

-- Name: FUNCTION handoff_turn(p_site uuid, p_conversation uuid, p_history integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.handoff_turn(p_site uuid, p_conversation uuid, p_history integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.handoff_turn(p_site uuid, p_conversation uuid, p_history integer) TO service_role;

-- Name: FUNCTION has_staff(); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.has_staff() FROM PUBLIC;
GRANT ALL ON FUNCTION public.has_staff() TO service_role;

-- Name: FUNCTION identify_visitor(p_site uuid, p_new_token_hash text, p_token_hash text, p_subject text, p_profile jsonb, p_locale text, p_metadata jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.identify_visitor(p_site uuid, p_new_token_hash text, p_token_hash text, p_subject text, p_profile jsonb, p_locale text, p_metadata jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.identify_visitor(p_site uuid, p_new_token_hash text, p_token_hash text, p_subject text, p_profile jsonb, p_locale text, p_metadata jsonb) TO service_role;

-- Name: FUNCTION import_items(p_site uuid, p_staff uuid, p_items jsonb, p_replace boolean); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.import_items(p_site uuid, p_staff uuid, p_items jsonb, p_replace boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.import_items(p_site uuid, p_staff uuid, p_items jsonb, p_replace boolean) TO service_role;

-- Name: FUNCTION inbox_changes(p_site uuid, p_staff uuid, p_since timestamp with time zone, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.inbox_changes(p_site uuid, p_staff uuid, p_since timestamp with time zone, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.inbox_changes(p_site uuid, p_staff uuid, p_since timestamp with time zone, p_limit integer) TO service_role;

-- Name: FUNCTION inbox_lines(p_site uuid, p_conversations jsonb, p_staff jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.inbox_lines(p_site uuid, p_conversations jsonb, p_staff jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.inbox_lines(p_site uuid, p_conversations jsonb, p_staff jsonb) TO service_role;

-- Name: FUNCTION inbox_moments(p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.inbox_moments(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.inbox_moments(p_limit integer) TO service_role;

-- Name: FUNCTION invite_staff(p_site uuid, p_actor uuid, p_email text, p_role text, p_token_hash text, p_name text, p_sealed text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.invite_staff(p_site uuid, p_actor uuid, p_email text, p_role text, p_token_hash text, p_name text, p_sealed text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.invite_staff(p_site uuid, p_actor uuid, p_email text, p_role text, p_token_hash text, p_name text, p_sealed text) TO service_role;

-- Name: FUNCTION judge_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_verdict text, p_reason text, p_quality text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.judge_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_verdict text, p_reason text, p_quality text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.judge_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_verdict text, p_reason text, p_quality text) TO service_role;

-- Name: FUNCTION label_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_patch jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.label_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_patch jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.label_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_patch jsonb) TO service_role;

-- Name: FUNCTION lead_to_read(p_site uuid, p_conversation uuid, p_messages integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.lead_to_read(p_site uuid, p_conversation uuid, p_messages integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.lead_to_read(p_site uuid, p_conversation uuid, p_messages integer) TO service_role;

-- Name: FUNCTION leads_due(p_grace_seconds integer, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.leads_due(p_grace_seconds integer, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.leads_due(p_grace_seconds integer, p_limit integer) TO service_role;

-- Name: FUNCTION leads_to_rescore(p_site uuid, p_messages integer, p_after uuid, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.leads_to_rescore(p_site uuid, p_messages integer, p_after uuid, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.leads_to_rescore(p_site uuid, p_messages integer, p_after uuid, p_limit integer) TO service_role;

-- Name: FUNCTION list_canned(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_canned(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_canned(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION list_dead_letters(p_site uuid, p_staff uuid, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_dead_letters(p_site uuid, p_staff uuid, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_dead_letters(p_site uuid, p_staff uuid, p_limit integer) TO service_role;

-- Name: FUNCTION list_documents(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_documents(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_documents(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION list_eval_cases(p_site uuid, p_staff uuid, p_archived boolean); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_eval_cases(p_site uuid, p_staff uuid, p_archived boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_eval_cases(p_site uuid, p_staff uuid, p_archived boolean) TO service_role;

-- Name: FUNCTION list_eval_runs(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_eval_runs(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_eval_runs(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION list_invitations(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_invitations(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_invitations(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION list_items(p_site uuid, p_staff uuid, p_text text, p_after text, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_items(p_site uuid, p_staff uuid, p_text text, p_after text, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_items(p_site uuid, p_staff uuid, p_text text, p_after text, p_limit integer) TO service_role;

-- Name: FUNCTION list_prompts(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_prompts(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_prompts(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION list_push_subscriptions(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_push_subscriptions(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_push_subscriptions(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION list_sites(); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_sites() FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_sites() TO service_role;

-- Name: FUNCTION list_staff(p_site uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_staff(p_site uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_staff(p_site uuid) TO service_role;

-- Name: FUNCTION list_tasks(p_site uuid, p_staff uuid, p_view text, p_conversation uuid, p_after jsonb, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_tasks(p_site uuid, p_staff uuid, p_view text, p_conversation uuid, p_after jsonb, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_tasks(p_site uuid, p_staff uuid, p_view text, p_conversation uuid, p_after jsonb, p_limit integer) TO service_role;

-- Name: FUNCTION list_usage(p_site uuid, p_staff uuid, p_days integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_usage(p_site uuid, p_staff uuid, p_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_usage(p_site uuid, p_staff uuid, p_days integer) TO service_role;

-- Name: FUNCTION list_views(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.list_views(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_views(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION mail_standing(p_site uuid, p_contact uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.mail_standing(p_site uuid, p_contact uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mail_standing(p_site uuid, p_contact uuid) TO service_role;

-- Name: FUNCTION make_reset_link(p_site uuid, p_actor uuid, p_staff uuid, p_token_hash text, p_sealed text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.make_reset_link(p_site uuid, p_actor uuid, p_staff uuid, p_token_hash text, p_sealed text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.make_reset_link(p_site uuid, p_actor uuid, p_staff uuid, p_token_hash text, p_sealed text) TO service_role;

-- Name: FUNCTION mark_messages_read(p_site uuid, p_token_hash text, p_up_to_seq bigint); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.mark_messages_read(p_site uuid, p_token_hash text, p_up_to_seq bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mark_messages_read(p_site uuid, p_token_hash text, p_up_to_seq bigint) TO service_role;

-- Name: FUNCTION note_summary(p_site uuid, p_conversation uuid, p_text text, p_by text, p_always boolean); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.note_summary(p_site uuid, p_conversation uuid, p_text text, p_by text, p_always boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_summary(p_site uuid, p_conversation uuid, p_text text, p_by text, p_always boolean) TO service_role;

-- Name: FUNCTION note_visit(p_site uuid, p_token_hash text, p_event jsonb, p_attributes jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.note_visit(p_site uuid, p_token_hash text, p_event jsonb, p_attributes jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_visit(p_site uuid, p_token_hash text, p_event jsonb, p_attributes jsonb) TO service_role;

-- Name: FUNCTION open_export(p_site uuid, p_staff uuid, p_export uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.open_export(p_site uuid, p_staff uuid, p_export uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.open_export(p_site uuid, p_staff uuid, p_export uuid) TO service_role;

-- Name: FUNCTION open_webchat_session(p_site uuid, p_new_token_hash text, p_token_hash text, p_session_id text, p_locale text, p_metadata jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.open_webchat_session(p_site uuid, p_new_token_hash text, p_token_hash text, p_session_id text, p_locale text, p_metadata jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.open_webchat_session(p_site uuid, p_new_token_hash text, p_token_hash text, p_session_id text, p_locale text, p_metadata jsonb) TO service_role;

-- Name: FUNCTION opt_out_of_mail(p_site uuid, p_contact uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.opt_out_of_mail(p_site uuid, p_contact uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.opt_out_of_mail(p_site uuid, p_contact uuid) TO service_role;

-- Name: FUNCTION outbox_state(p_slug text, p_replay boolean, p_id uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.outbox_state(p_slug text, p_replay boolean, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.outbox_state(p_slug text, p_replay boolean, p_id uuid) TO service_role;

-- Name: FUNCTION patch_site_settings(p_slug text, p_settings jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.patch_site_settings(p_slug text, p_settings jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.patch_site_settings(p_slug text, p_settings jsonb) TO service_role;

-- Name: FUNCTION peek_staff_link(p_token_hash text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.peek_staff_link(p_token_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.peek_staff_link(p_token_hash text) TO service_role;

-- Name: FUNCTION ping(); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.ping() FROM PUBLIC;
GRANT ALL ON FUNCTION public.ping() TO service_role;

-- Name: FUNCTION post_notice(p_site uuid, p_conversation uuid, p_text text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.post_notice(p_site uuid, p_conversation uuid, p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.post_notice(p_site uuid, p_conversation uuid, p_text text) TO service_role;

-- Name: FUNCTION post_seller_message(p_site uuid, p_staff uuid, p_conversation uuid, p_client_message_id text, p_body_hash text, p_content text, p_extra jsonb, p_private boolean, p_seen_seq bigint, p_force boolean); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.post_seller_message(p_site uuid, p_staff uuid, p_conversation uuid, p_client_message_id text, p_body_hash text, p_content text, p_extra jsonb, p_private boolean, p_seen_seq bigint, p_force boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.post_seller_message(p_site uuid, p_staff uuid, p_conversation uuid, p_client_message_id text, p_body_hash text, p_content text, p_extra jsonb, p_private boolean, p_seen_seq bigint, p_force boolean) TO service_role;

-- Name: FUNCTION promised_task(p_site uuid, p_message uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.promised_task(p_site uuid, p_message uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.promised_task(p_site uuid, p_message uuid) TO service_role;

-- Name: FUNCTION prompt_content(p_site uuid, p_number integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.prompt_content(p_site uuid, p_number integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.prompt_content(p_site uuid, p_number integer) TO service_role;

-- Name: FUNCTION prompts_in_force(); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.prompts_in_force() FROM PUBLIC;
GRANT ALL ON FUNCTION public.prompts_in_force() TO service_role;

-- Name: FUNCTION pull_prompt(p_slug text, p_number integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.pull_prompt(p_slug text, p_number integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.pull_prompt(p_slug text, p_number integer) TO service_role;

-- Name: FUNCTION purge_deliveries(p_days integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.purge_deliveries(p_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_deliveries(p_days integer) TO service_role;

-- Name: FUNCTION push_prompt(p_slug text, p_content text, p_sha256 text, p_note text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.push_prompt(p_slug text, p_content text, p_sha256 text, p_note text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.push_prompt(p_slug text, p_content text, p_sha256 text, p_note text) TO service_role;

-- Name: FUNCTION rate_conversation(p_site uuid, p_token_hash text, p_rating integer, p_comment text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.rate_conversation(p_site uuid, p_token_hash text, p_rating integer, p_comment text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rate_conversation(p_site uuid, p_token_hash text, p_rating integer, p_comment text) TO service_role;

-- Name: FUNCTION react(p_site uuid, p_staff uuid, p_message uuid, p_emoji text, p_on boolean); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.react(p_site uuid, p_staff uuid, p_message uuid, p_emoji text, p_on boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.react(p_site uuid, p_staff uuid, p_message uuid, p_emoji text, p_on boolean) TO service_role;

-- Name: FUNCTION registrar_mensaje_webchat(p_site uuid, p_new_token_hash text, p_client_message_id text, p_body_hash text, p_content text, p_claim jsonb, p_token_hash text, p_session_id text, p_locale text, p_metadata jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.registrar_mensaje_webchat(p_site uuid, p_new_token_hash text, p_client_message_id text, p_body_hash text, p_content text, p_claim jsonb, p_token_hash text, p_session_id text, p_locale text, p_metadata jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.registrar_mensaje_webchat(p_site uuid, p_new_token_hash text, p_client_message_id text, p_body_hash text, p_content text, p_claim jsonb, p_token_hash text, p_session_id text, p_locale text, p_metadata jsonb) TO service_role;

-- Name: FUNCTION release_prompt(p_site uuid, p_staff uuid, p_number integer, p_percent integer, p_at timestamp with time zone, p_reason text, p_override text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.release_prompt(p_site uuid, p_staff uuid, p_number integer, p_percent integer, p_at timestamp with time zone, p_reason text, p_override text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.release_prompt(p_site uuid, p_staff uuid, p_number integer, p_percent integer, p_at timestamp with time zone, p_reason text, p_override text) TO service_role;

-- Name: FUNCTION release_turn(p_site uuid, p_turn uuid, p_fence integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.release_turn(p_site uuid, p_turn uuid, p_fence integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.release_turn(p_site uuid, p_turn uuid, p_fence integer) TO service_role;

-- Name: FUNCTION remove_push_subscription(p_site uuid, p_staff uuid, p_subscription uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.remove_push_subscription(p_site uuid, p_staff uuid, p_subscription uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.remove_push_subscription(p_site uuid, p_staff uuid, p_subscription uuid) TO service_role;

-- Name: FUNCTION rename_site(p_slug text, p_name text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.rename_site(p_slug text, p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rename_site(p_slug text, p_name text) TO service_role;

-- Name: FUNCTION renew_eval_run(p_site uuid, p_run uuid, p_fence integer, p_lease_seconds integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.renew_eval_run(p_site uuid, p_run uuid, p_fence integer, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.renew_eval_run(p_site uuid, p_run uuid, p_fence integer, p_lease_seconds integer) TO service_role;

-- Name: FUNCTION renew_export(p_site uuid, p_export uuid, p_worker text, p_lease_seconds integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.renew_export(p_site uuid, p_export uuid, p_worker text, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.renew_export(p_site uuid, p_export uuid, p_worker text, p_lease_seconds integer) TO service_role;

-- Name: FUNCTION renew_turn(p_site uuid, p_turn uuid, p_fence integer, p_lease_seconds integer, p_restart boolean); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.renew_turn(p_site uuid, p_turn uuid, p_fence integer, p_lease_seconds integer, p_restart boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.renew_turn(p_site uuid, p_turn uuid, p_fence integer, p_lease_seconds integer, p_restart boolean) TO service_role;

-- Name: FUNCTION renew_work(p_site uuid, p_reservation uuid, p_lease_seconds integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.renew_work(p_site uuid, p_reservation uuid, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.renew_work(p_site uuid, p_reservation uuid, p_lease_seconds integer) TO service_role;

-- Name: FUNCTION reopen_conversation(p_site uuid, p_staff uuid, p_conversation uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.reopen_conversation(p_site uuid, p_staff uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reopen_conversation(p_site uuid, p_staff uuid, p_conversation uuid) TO service_role;

-- Name: FUNCTION replay_dead_letter(p_site uuid, p_staff uuid, p_id uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.replay_dead_letter(p_site uuid, p_staff uuid, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.replay_dead_letter(p_site uuid, p_staff uuid, p_id uuid) TO service_role;

-- Name: FUNCTION replies_of_conversation(p_site uuid, p_staff uuid, p_conversation uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.replies_of_conversation(p_site uuid, p_staff uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.replies_of_conversation(p_site uuid, p_staff uuid, p_conversation uuid) TO service_role;

-- Name: FUNCTION request_visitor_handoff(p_site uuid, p_token_hash text, p_summary text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.request_visitor_handoff(p_site uuid, p_token_hash text, p_summary text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.request_visitor_handoff(p_site uuid, p_token_hash text, p_summary text) TO service_role;

-- Name: FUNCTION reserve_work(p_site uuid, p_tokens integer, p_budget bigint, p_lease_seconds integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.reserve_work(p_site uuid, p_tokens integer, p_budget bigint, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reserve_work(p_site uuid, p_tokens integer, p_budget bigint, p_lease_seconds integer) TO service_role;

-- Name: FUNCTION restore_eval_case(p_site uuid, p_staff uuid, p_case uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.restore_eval_case(p_site uuid, p_staff uuid, p_case uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.restore_eval_case(p_site uuid, p_staff uuid, p_case uuid) TO service_role;

-- Name: FUNCTION retire_public_key(p_site uuid, p_staff uuid, p_public_key text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.retire_public_key(p_site uuid, p_staff uuid, p_public_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.retire_public_key(p_site uuid, p_staff uuid, p_public_key text) TO service_role;

-- Name: FUNCTION return_to_assistant(p_site uuid, p_staff uuid, p_conversation uuid, p_claim jsonb, p_note text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.return_to_assistant(p_site uuid, p_staff uuid, p_conversation uuid, p_claim jsonb, p_note text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.return_to_assistant(p_site uuid, p_staff uuid, p_conversation uuid, p_claim jsonb, p_note text) TO service_role;

-- Name: FUNCTION rollback_prompt(p_site uuid, p_staff uuid, p_reason text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.rollback_prompt(p_site uuid, p_staff uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rollback_prompt(p_site uuid, p_staff uuid, p_reason text) TO service_role;

-- Name: FUNCTION rotate_identity_secret(p_site uuid, p_staff uuid, p_secret text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.rotate_identity_secret(p_site uuid, p_staff uuid, p_secret text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rotate_identity_secret(p_site uuid, p_staff uuid, p_secret text) TO service_role;

-- Name: FUNCTION rotate_public_key(p_site uuid, p_staff uuid, p_public_key text, p_keep_days integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.rotate_public_key(p_site uuid, p_staff uuid, p_public_key text, p_keep_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rotate_public_key(p_site uuid, p_staff uuid, p_public_key text, p_keep_days integer) TO service_role;

-- Name: FUNCTION route_waiting(p_site uuid, p_overdue timestamp with time zone, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.route_waiting(p_site uuid, p_overdue timestamp with time zone, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.route_waiting(p_site uuid, p_overdue timestamp with time zone, p_limit integer) TO service_role;

-- Name: FUNCTION save_canned(p_site uuid, p_staff uuid, p_shortcut text, p_texts jsonb, p_shared boolean, p_id uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.save_canned(p_site uuid, p_staff uuid, p_shortcut text, p_texts jsonb, p_shared boolean, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_canned(p_site uuid, p_staff uuid, p_shortcut text, p_texts jsonb, p_shared boolean, p_id uuid) TO service_role;

-- Name: FUNCTION save_document(p_site uuid, p_staff uuid, p_document jsonb, p_passages jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.save_document(p_site uuid, p_staff uuid, p_document jsonb, p_passages jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_document(p_site uuid, p_staff uuid, p_document jsonb, p_passages jsonb) TO service_role;

-- Name: FUNCTION save_eval_case(p_site uuid, p_staff uuid, p_name text, p_body jsonb, p_blocking boolean, p_tags jsonb, p_case uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.save_eval_case(p_site uuid, p_staff uuid, p_name text, p_body jsonb, p_blocking boolean, p_tags jsonb, p_case uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_eval_case(p_site uuid, p_staff uuid, p_name text, p_body jsonb, p_blocking boolean, p_tags jsonb, p_case uuid) TO service_role;

-- Name: FUNCTION save_prompt(p_site uuid, p_staff uuid, p_content text, p_sha256 text, p_note text, p_base integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.save_prompt(p_site uuid, p_staff uuid, p_content text, p_sha256 text, p_note text, p_base integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_prompt(p_site uuid, p_staff uuid, p_content text, p_sha256 text, p_note text, p_base integer) TO service_role;

-- Name: FUNCTION save_view(p_site uuid, p_staff uuid, p_name text, p_filter jsonb, p_shared boolean, p_id uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.save_view(p_site uuid, p_staff uuid, p_name text, p_filter jsonb, p_shared boolean, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_view(p_site uuid, p_staff uuid, p_name text, p_filter jsonb, p_shared boolean, p_id uuid) TO service_role;

-- Name: FUNCTION save_visitor_contact(p_site uuid, p_token_hash text, p_contact jsonb, p_consents jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.save_visitor_contact(p_site uuid, p_token_hash text, p_contact jsonb, p_consents jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_visitor_contact(p_site uuid, p_token_hash text, p_contact jsonb, p_consents jsonb) TO service_role;

-- Name: FUNCTION search_knowledge(p_site uuid, p_query text, p_locale text, p_item text, p_limit integer, p_vector text, p_model text, p_least double precision); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.search_knowledge(p_site uuid, p_query text, p_locale text, p_item text, p_limit integer, p_vector text, p_model text, p_least double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_knowledge(p_site uuid, p_query text, p_locale text, p_item text, p_limit integer, p_vector text, p_model text, p_least double precision) TO service_role;

-- Name: FUNCTION seed_knowledge(p_site uuid, p_items jsonb, p_documents jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.seed_knowledge(p_site uuid, p_items jsonb, p_documents jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.seed_knowledge(p_site uuid, p_items jsonb, p_documents jsonb) TO service_role;

-- Name: FUNCTION set_business_hours(p_site uuid, p_staff uuid, p_hours jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.set_business_hours(p_site uuid, p_staff uuid, p_hours jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_business_hours(p_site uuid, p_staff uuid, p_hours jsonb) TO service_role;

-- Name: FUNCTION set_deadlines(p_site uuid, p_due jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.set_deadlines(p_site uuid, p_due jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_deadlines(p_site uuid, p_due jsonb) TO service_role;

-- Name: FUNCTION set_lead_outcome(p_site uuid, p_staff uuid, p_conversation uuid, p_outcome text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.set_lead_outcome(p_site uuid, p_staff uuid, p_conversation uuid, p_outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_lead_outcome(p_site uuid, p_staff uuid, p_conversation uuid, p_outcome text) TO service_role;

-- Name: FUNCTION set_retention(p_site uuid, p_staff uuid, p_days integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.set_retention(p_site uuid, p_staff uuid, p_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_retention(p_site uuid, p_staff uuid, p_days integer) TO service_role;

-- Name: FUNCTION set_session_location(p_site uuid, p_session_id text, p_conversation uuid, p_location jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.set_session_location(p_site uuid, p_session_id text, p_conversation uuid, p_location jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_session_location(p_site uuid, p_session_id text, p_conversation uuid, p_location jsonb) TO service_role;

-- Name: FUNCTION set_site_secret(p_slug text, p_purpose text, p_secret text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.set_site_secret(p_slug text, p_purpose text, p_secret text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_site_secret(p_slug text, p_purpose text, p_secret text) TO service_role;

-- Name: FUNCTION set_staff_notifications(p_site uuid, p_staff uuid, p_settings jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.set_staff_notifications(p_site uuid, p_staff uuid, p_settings jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_staff_notifications(p_site uuid, p_staff uuid, p_settings jsonb) TO service_role;

-- Name: FUNCTION set_summary(p_site uuid, p_staff uuid, p_conversation uuid, p_text text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.set_summary(p_site uuid, p_staff uuid, p_conversation uuid, p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_summary(p_site uuid, p_staff uuid, p_conversation uuid, p_text text) TO service_role;

-- Name: FUNCTION settle_cut_turn(p_site uuid, p_turn uuid, p_fence integer, p_facts jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.settle_cut_turn(p_site uuid, p_turn uuid, p_fence integer, p_facts jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.settle_cut_turn(p_site uuid, p_turn uuid, p_fence integer, p_facts jsonb) TO service_role;

-- Name: FUNCTION settle_delivery(p_site uuid, p_delivery uuid, p_fence integer, p_outcome text, p_failure text, p_retry_seconds integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.settle_delivery(p_site uuid, p_delivery uuid, p_fence integer, p_outcome text, p_failure text, p_retry_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.settle_delivery(p_site uuid, p_delivery uuid, p_fence integer, p_outcome text, p_failure text, p_retry_seconds integer) TO service_role;

-- Name: FUNCTION settle_embeddings(p_site uuid, p_model text, p_done jsonb, p_failed jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.settle_embeddings(p_site uuid, p_model text, p_done jsonb, p_failed jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.settle_embeddings(p_site uuid, p_model text, p_done jsonb, p_failed jsonb) TO service_role;

-- Name: FUNCTION settle_work(p_site uuid, p_reservation uuid, p_purpose text, p_used integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.settle_work(p_site uuid, p_reservation uuid, p_purpose text, p_used integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.settle_work(p_site uuid, p_reservation uuid, p_purpose text, p_used integer) TO service_role;

-- Name: FUNCTION sign_out_staff(p_site uuid, p_staff uuid, p_token_hash text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.sign_out_staff(p_site uuid, p_staff uuid, p_token_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sign_out_staff(p_site uuid, p_staff uuid, p_token_hash text) TO service_role;

-- Name: FUNCTION site_secret(p_site uuid, p_purpose text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.site_secret(p_site uuid, p_purpose text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.site_secret(p_site uuid, p_purpose text) TO service_role;

-- Name: FUNCTION sites_waiting(); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.sites_waiting() FROM PUBLIC;
GRANT ALL ON FUNCTION public.sites_waiting() TO service_role;

-- Name: FUNCTION sites_with_knowledge(); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.sites_with_knowledge() FROM PUBLIC;
GRANT ALL ON FUNCTION public.sites_with_knowledge() TO service_role;

-- Name: FUNCTION sites_with_vectors(p_model text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.sites_with_vectors(p_model text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sites_with_vectors(p_model text) TO service_role;

-- Name: FUNCTION skip_lead(p_site uuid, p_conversation uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.skip_lead(p_site uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.skip_lead(p_site uuid, p_conversation uuid) TO service_role;

-- Name: FUNCTION snooze_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_until timestamp with time zone); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.snooze_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.snooze_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_until timestamp with time zone) TO service_role;

-- Name: FUNCTION staff_beat(p_callers jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_beat(p_callers jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_beat(p_callers jsonb) TO service_role;

-- Name: FUNCTION staff_conversation(p_site uuid, p_staff uuid, p_conversation uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_conversation(p_site uuid, p_staff uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_conversation(p_site uuid, p_staff uuid, p_conversation uuid) TO service_role;

-- Name: FUNCTION staff_conversations(p_site uuid, p_staff uuid, p_filter jsonb, p_sort text, p_after jsonb, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_conversations(p_site uuid, p_staff uuid, p_filter jsonb, p_sort text, p_after jsonb, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_conversations(p_site uuid, p_staff uuid, p_filter jsonb, p_sort text, p_after jsonb, p_limit integer) TO service_role;

-- Name: FUNCTION staff_counts(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_counts(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_counts(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION staff_export(p_site uuid, p_staff uuid, p_export uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_export(p_site uuid, p_staff uuid, p_export uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_export(p_site uuid, p_staff uuid, p_export uuid) TO service_role;

-- Name: FUNCTION staff_exports(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_exports(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_exports(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION staff_gone(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_gone(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_gone(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION staff_lead(p_site uuid, p_staff uuid, p_conversation uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_lead(p_site uuid, p_staff uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_lead(p_site uuid, p_staff uuid, p_conversation uuid) TO service_role;

-- Name: FUNCTION staff_lead_counts(p_site uuid, p_staff uuid, p_filter jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_lead_counts(p_site uuid, p_staff uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_lead_counts(p_site uuid, p_staff uuid, p_filter jsonb) TO service_role;

-- Name: FUNCTION staff_leads(p_site uuid, p_staff uuid, p_filter jsonb, p_after jsonb, p_limit integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_leads(p_site uuid, p_staff uuid, p_filter jsonb, p_after jsonb, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_leads(p_site uuid, p_staff uuid, p_filter jsonb, p_after jsonb, p_limit integer) TO service_role;

-- Name: FUNCTION staff_mark_unread(p_site uuid, p_staff uuid, p_conversation uuid, p_from_seq bigint); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_mark_unread(p_site uuid, p_staff uuid, p_conversation uuid, p_from_seq bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_mark_unread(p_site uuid, p_staff uuid, p_conversation uuid, p_from_seq bigint) TO service_role;

-- Name: FUNCTION staff_messages(p_site uuid, p_staff uuid, p_conversation uuid, p_after bigint, p_before bigint, p_limit integer, p_changed bigint); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_messages(p_site uuid, p_staff uuid, p_conversation uuid, p_after bigint, p_before bigint, p_limit integer, p_changed bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_messages(p_site uuid, p_staff uuid, p_conversation uuid, p_after bigint, p_before bigint, p_limit integer, p_changed bigint) TO service_role;

-- Name: FUNCTION staff_notifications(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_notifications(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_notifications(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION staff_online(p_site uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_online(p_site uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_online(p_site uuid) TO service_role;

-- Name: FUNCTION staff_password(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_password(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_password(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION staff_read(p_site uuid, p_staff uuid, p_conversation uuid, p_up_to_seq bigint); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_read(p_site uuid, p_staff uuid, p_conversation uuid, p_up_to_seq bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_read(p_site uuid, p_staff uuid, p_conversation uuid, p_up_to_seq bigint) TO service_role;

-- Name: FUNCTION staff_sees(p_site uuid, p_staff uuid, p_conversation uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_sees(p_site uuid, p_staff uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_sees(p_site uuid, p_staff uuid, p_conversation uuid) TO service_role;

-- Name: FUNCTION staff_standing(p_callers jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_standing(p_callers jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_standing(p_callers jsonb) TO service_role;

-- Name: FUNCTION staff_unread(p_site uuid, p_staff uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.staff_unread(p_site uuid, p_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.staff_unread(p_site uuid, p_staff uuid) TO service_role;

-- Name: FUNCTION start_conversation(p_site uuid, p_staff uuid, p_contact uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.start_conversation(p_site uuid, p_staff uuid, p_contact uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.start_conversation(p_site uuid, p_staff uuid, p_contact uuid) TO service_role;

-- Name: FUNCTION store_eval_result(p_site uuid, p_run uuid, p_fence integer, p_case uuid, p_revision integer, p_number integer, p_repeat integer, p_passed boolean, p_outcome jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.store_eval_result(p_site uuid, p_run uuid, p_fence integer, p_case uuid, p_revision integer, p_number integer, p_repeat integer, p_passed boolean, p_outcome jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.store_eval_result(p_site uuid, p_run uuid, p_fence integer, p_case uuid, p_revision integer, p_number integer, p_repeat integer, p_passed boolean, p_outcome jsonb) TO service_role;

-- Name: FUNCTION store_lead(p_site uuid, p_conversation uuid, p_lead jsonb, p_contact jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.store_lead(p_site uuid, p_conversation uuid, p_lead jsonb, p_contact jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.store_lead(p_site uuid, p_conversation uuid, p_lead jsonb, p_contact jsonb) TO service_role;

-- Name: FUNCTION take_over(p_site uuid, p_staff uuid, p_conversation uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.take_over(p_site uuid, p_staff uuid, p_conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.take_over(p_site uuid, p_staff uuid, p_conversation uuid) TO service_role;

-- Name: FUNCTION update_staff_profile(p_site uuid, p_staff uuid, p_patch jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.update_staff_profile(p_site uuid, p_staff uuid, p_patch jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.update_staff_profile(p_site uuid, p_staff uuid, p_patch jsonb) TO service_role;

-- Name: FUNCTION use_canned(p_site uuid, p_staff uuid, p_conversation uuid, p_id uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.use_canned(p_site uuid, p_staff uuid, p_conversation uuid, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.use_canned(p_site uuid, p_staff uuid, p_conversation uuid, p_id uuid) TO service_role;

-- Name: FUNCTION use_staff_link(p_token_hash text, p_password_hash text, p_known_hash text, p_name text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.use_staff_link(p_token_hash text, p_password_hash text, p_known_hash text, p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.use_staff_link(p_token_hash text, p_password_hash text, p_known_hash text, p_name text) TO service_role;

-- Name: FUNCTION vector_state(); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.vector_state() FROM PUBLIC;
GRANT ALL ON FUNCTION public.vector_state() TO service_role;

-- Name: FUNCTION visitor_contact(p_site uuid, p_token_hash text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.visitor_contact(p_site uuid, p_token_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.visitor_contact(p_site uuid, p_token_hash text) TO service_role;

-- Name: FUNCTION visitor_react(p_site uuid, p_token_hash text, p_message uuid, p_emoji text, p_on boolean); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.visitor_react(p_site uuid, p_token_hash text, p_message uuid, p_emoji text, p_on boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.visitor_react(p_site uuid, p_token_hash text, p_message uuid, p_emoji text, p_on boolean) TO service_role;

-- Name: FUNCTION visitor_session(p_site uuid, p_token_hash text, p_session_id text); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.visitor_session(p_site uuid, p_token_hash text, p_session_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.visitor_session(p_site uuid, p_token_hash text, p_session_id text) TO service_role;

-- Name: FUNCTION visitor_turn(p_site uuid, p_token_hash text, p_history integer); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.visitor_turn(p_site uuid, p_token_hash text, p_history integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.visitor_turn(p_site uuid, p_token_hash text, p_history integer) TO service_role;

-- Name: FUNCTION webchat_history(p_site uuid, p_token_hash text, p_session_id text, p_after bigint, p_before bigint, p_limit integer, p_changed bigint); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.webchat_history(p_site uuid, p_token_hash text, p_session_id text, p_after bigint, p_before bigint, p_limit integer, p_changed bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.webchat_history(p_site uuid, p_token_hash text, p_session_id text, p_after bigint, p_before bigint, p_limit integer, p_changed bigint) TO service_role;

-- Name: FUNCTION withdraw_consent(p_site uuid, p_staff uuid, p_contact uuid, p_purposes jsonb); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.withdraw_consent(p_site uuid, p_staff uuid, p_contact uuid, p_purposes jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.withdraw_consent(p_site uuid, p_staff uuid, p_contact uuid, p_purposes jsonb) TO service_role;

-- Name: FUNCTION withdraw_invitation(p_site uuid, p_staff uuid, p_invitation uuid); Type: ACL; Schema: public

REVOKE ALL ON FUNCTION public.withdraw_invitation(p_site uuid, p_staff uuid, p_invitation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.withdraw_invitation(p_site uuid, p_staff uuid, p_invitation uuid) TO service_role;

-- Name: TABLE audit_log; Type: ACL; Schema: public

GRANT SELECT,INSERT ON TABLE public.audit_log TO service_role;

-- Name: TABLE consents; Type: ACL; Schema: public

GRANT SELECT,INSERT ON TABLE public.consents TO service_role;

-- Name: TABLE conversation_participants; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversation_participants TO service_role;

-- Name: TABLE eval_case_edits; Type: ACL; Schema: public

GRANT SELECT,INSERT ON TABLE public.eval_case_edits TO service_role;

-- Name: TABLE eval_results; Type: ACL; Schema: public

GRANT SELECT,INSERT,UPDATE ON TABLE public.eval_results TO service_role;

-- Name: TABLE job_leases; Type: ACL; Schema: public

GRANT SELECT,INSERT,UPDATE ON TABLE public.job_leases TO service_role;

-- Name: TABLE knowledge_embeddings; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_embeddings TO service_role;

-- Name: TABLE knowledge_passages; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.knowledge_passages TO service_role;

-- Name: TABLE lead_facts; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lead_facts TO service_role;

-- Name: TABLE prompt_releases; Type: ACL; Schema: public

GRANT SELECT,INSERT,UPDATE ON TABLE public.prompt_releases TO service_role;

-- Name: TABLE site_former_keys; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.site_former_keys TO service_role;

-- Name: TABLE site_secrets; Type: ACL; Schema: public

GRANT SELECT,INSERT,UPDATE ON TABLE public.site_secrets TO service_role;

-- Name: TABLE site_usage; Type: ACL; Schema: public

GRANT SELECT,INSERT,UPDATE ON TABLE public.site_usage TO service_role;

-- Name: TABLE staff_sessions; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff_sessions TO service_role;

-- Name: TABLE staff_throttle; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff_throttle TO service_role;

-- Name: TABLE work_reservations; Type: ACL; Schema: public

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.work_reservations TO service_role;

-- Name: TABLE work_usage; Type: ACL; Schema: public

GRANT SELECT,INSERT,UPDATE ON TABLE public.work_usage TO service_role;

-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -

ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE ALL ON FUNCTIONS FROM PUBLIC;
