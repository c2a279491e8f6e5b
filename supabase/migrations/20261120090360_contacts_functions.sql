-- What a conversation learns about a person and asks of the team: contact data, consents, leads, handoffs.

-- Contact data counts as a lead only with consent; told to the outbox once, in the same commit.
create function private.capture_lead(p_site uuid, p_contact uuid, p_conversation uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if not coalesce((
    select e.granted from public.consents e
    where e.site_id = p_site and e.contacto_id = p_contact and e.purpose = 'contact'
    order by e.created_at desc, e.id desc limit 1), false) then
    return;
  end if;
  update public.contactos k set lead_captured_at = clock_timestamp()
  where k.site_id = p_site and k.id = p_contact and k.lead_captured_at is null
    and (k.email is not null or k.telefono is not null);
  if found then
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id)
    values (p_site, 'lead_captured', p_contact, p_conversation);
  end if;
end
$$;

-- Contact data (`p_patch`: name, email, phone) and consents, as a form or a reply gives them. Typed data never merges
-- contacts: it is claimed, not verified.
create function private.apply_contact(p_site uuid, p_contact uuid, p_conversation uuid, p_patch jsonb, p_consents jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
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

-- To the queue, with a reason; the assistant goes on keeping the visitor company until a person takes over.
create function private.request_handoff(p_conversation public.conversaciones, p_reason text, p_summary text)
returns public.mensajes
language plpgsql volatile
set search_path = ''
as $$
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
