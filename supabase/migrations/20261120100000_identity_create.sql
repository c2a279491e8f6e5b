-- Who a visitor is, when their site vouches for it: a signed subject opens that person's conversation on any device.
-- What a visitor (or an unsigned page) merely claims opens nothing and merges nothing.

create table public.site_secrets (
  site_id uuid not null references public.sites,
  purpose text not null check (purpose in ('identity')),
  secret text not null check (length(secret) between 32 and 200),
  created_at timestamptz not null default now(),
  primary key (site_id, purpose)
);
alter table public.site_secrets enable row level security;
revoke all on public.site_secrets from public, anon, authenticated, service_role;
grant select, insert, update on public.site_secrets to service_role;

alter table public.contactos add column subject text check (length(subject) between 1 and 200);
create unique index contactos_subject on public.contactos (site_id, subject) where subject is not null;

-- Replaces the site's secret: what was signed with the old one is refused from now on.
create function public.set_site_secret(p_slug text, p_purpose text, p_secret text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
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

-- For checking signatures on the server. No route answers with it.
create function public.site_secret(p_site uuid, p_purpose text) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('secret', (
    select k.secret from public.site_secrets k where k.site_id = p_site and k.purpose = p_purpose))
$$;

-- Merges into the site's settings; a key that is null in the patch is removed.
create function public.patch_site_settings(p_slug text, p_settings jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
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

-- POST /identify. Without `p_subject` the profile is a claim: it fills in what is unknown and verifies nothing.
-- With it (the server has checked the signature):
--   the subject is this session's contact        -> the profile is brought up to date;
--   the subject is another, known contact        -> a new session (under the new token) onto that contact's conversation;
--   the subject is new, this contact is nobody's -> this contact becomes the subject's;
--   the subject is new, this contact is another's -> a new session with a contact of its own.
create function public.identify_visitor(
  p_site uuid,
  p_new_token_hash text,
  p_token_hash text default null,
  p_subject text default null,
  p_profile jsonb default '{}',
  p_locale text default null,
  p_metadata jsonb default '{}'
) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
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

create function private.identified_json(p_session public.webchat_sessions, p_created boolean) returns jsonb
language sql stable
set search_path = ''
as $$
  select private.session_json(p_session) || jsonb_build_object(
    'created', p_created,
    'identity', (select k.identity from public.contactos k
      where k.site_id = p_session.site_id and k.id = p_session.contacto_id))
$$;

-- A session of a known contact: on its newest conversation, or on one that is yet to be.
create function private.session_of_contact(
  p_site uuid, p_token_hash text, p_contact uuid, p_locale text, p_metadata jsonb
) returns public.webchat_sessions
language plpgsql volatile
set search_path = ''
as $$
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

-- What is known about the visitor: so that nothing is asked twice. Null before the first act that made a contact.
create function public.visitor_contact(p_site uuid, p_token_hash text) returns jsonb
language plpgsql stable
set search_path = ''
as $$
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

-- POST /track: what the page tells about the visit. Kept with the session, the newest 50 events.
create function public.note_visit(p_site uuid, p_token_hash text, p_event jsonb default null, p_attributes jsonb default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
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
  where s.site_id = p_site and s.id = v_session.id;
  return jsonb_build_object('noted', true);
end
$$;

-- The first touch stays what it was; the last one follows every new visit.
create function private.follow_last_touch() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.contactos k set last_touch = new.datos -> 'touch'
  where k.site_id = new.site_id and k.id = new.contacto_id and k.last_touch is distinct from new.datos -> 'touch';
  return new;
end
$$;
create trigger webchat_sessions_last_touch
  after update of datos on public.webchat_sessions
  for each row
  when (new.datos -> 'touch' is not null and new.datos -> 'touch' is distinct from old.datos -> 'touch')
  execute function private.follow_last_touch();

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('private', 'public')
      and p.proname in ('set_site_secret', 'site_secret', 'patch_site_settings', 'identify_visitor', 'identified_json',
        'session_of_contact', 'visitor_contact', 'note_visit', 'follow_last_touch')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
