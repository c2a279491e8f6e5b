-- A visitor's mails by address, not by contact: the same address may have been typed by several people, and its owner
-- gets no more mails for that, and has to say no only once.
-- plpgsql, which looks names up when it runs: `address` and `consent_contact` come with a later migration.

create function private.may_mail(p_contact public.contactos) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return p_contact.email is not null and private.has_contact_consent(p_contact) and not exists (
    select from public.contactos o
    where o.site_id = p_contact.site_id and o.address = lower(p_contact.email) and o.id <> p_contact.id
      and (o.consent_contact is false or (o.mail_opt_out_at is not null and not private.has_contact_consent(o))));
end
$$;

create or replace function private.fan_out_seller_wrote(p_event public.outbox, p_channels jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
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

-- As before: what sellers wrote, is not read, and was not mailed before; at most the newest ten. Only to who may be
-- written to now, was not here for ten minutes, and got no such mail for fifteen.
create or replace function private.plan_visitor_unread(p_row public.deliveries) returns jsonb
language plpgsql stable
set search_path = ''
as $$
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

do $$
begin
  revoke execute on function private.may_mail(public.contactos) from public, anon, authenticated;
  grant execute on function private.may_mail(public.contactos) to service_role;
end
$$;
