-- What is replayed of a long conversation are its newest messages, not its first ones. Turns keep their number in the
-- whole conversation, also while it grows: a case is made of the turn that was looked at.

-- {locale, name, email, phone, item, turns_before, messages: the newest 200 [{author, text, seq}]}. `turns_before` counts
-- the visitor's turns that ended before those messages. What is personal in it is masked by the server before anybody
-- sees it. The look is audited.
create or replace function public.conversation_for_replay(p_site uuid, p_staff uuid, p_conversation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
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

revoke execute on function public.conversation_for_replay(uuid, uuid, uuid) from public, anon, authenticated;
grant execute on function public.conversation_for_replay(uuid, uuid, uuid) to service_role;
