-- A reply is worth more than a score: whatever is wrong with a lead, the reply that it comes with is stored.

alter function private.apply_lead(public.conversaciones, uuid, jsonb, int) rename to apply_lead_strictly;

-- As before; a failure undoes what was done to the lead, and nothing else. `failed` is its SQLSTATE; the lead stays due.
create function private.apply_lead(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb, p_version int)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  return private.apply_lead_strictly(p_conversation, p_turn, p_lead, p_version);
exception when others then
  return jsonb_build_object('stale', false, 'changed', false, 'dropped', 0, 'lead', null, 'message', null,
    'failed', sqlstate);
end
$$;

-- As before. What has been silent for long is not looked at for ever: it is scored daily until the ninetieth day, and what
-- nobody has scored for a week (a server that was away) waits for its visitor or a rescoring.
create or replace function public.leads_due(p_grace_seconds int, p_limit int) returns jsonb
language sql volatile
set search_path = ''
as $$
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

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('private', 'public') and p.proname in ('apply_lead', 'apply_lead_strictly', 'leads_due')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
