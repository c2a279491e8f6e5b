-- What a turn would know of a conversation that waits for a person, for its summary: its lead became hot outside of any
-- turn. Null when nobody is needed any more.
create function public.handoff_turn(p_site uuid, p_conversation uuid, p_history int) returns jsonb
language plpgsql stable
set search_path = ''
as $$
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

revoke execute on function public.handoff_turn(uuid, uuid, int) from public, anon, authenticated;
grant execute on function public.handoff_turn(uuid, uuid, int) to service_role;
