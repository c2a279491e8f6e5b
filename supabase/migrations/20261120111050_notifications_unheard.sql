-- What nobody wants to hear of is done with, but not at once: for ten minutes it still waits, so that a withdrawal that
-- follows on the heels of a consent finds something to cancel, as it does for what somebody hears of.
create or replace function private.fan_out(p_event public.outbox, p_channels jsonb) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
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
