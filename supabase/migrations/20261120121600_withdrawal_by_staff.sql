-- Who says on the phone, or in a mail, that they want no more of it has withdrawn as much as who says so in the chat.

-- Admins and marketing for anybody of the site, sellers for whom they talk with. A purpose that was never agreed to is refused
-- with this: the address stays out. Saying it twice changes nothing.
create function public.withdraw_consent(p_site uuid, p_staff uuid, p_contact uuid, p_purposes jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
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
revoke execute on function public.withdraw_consent(uuid, uuid, uuid, jsonb) from public, anon, authenticated;
grant execute on function public.withdraw_consent(uuid, uuid, uuid, jsonb) to service_role;
