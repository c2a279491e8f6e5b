-- Each channel has its own places: what hangs in one keeps nobody waiting in the other.

-- A worker's whole question: what happened is fanned out, and what is due is claimed under a lease and given with all
-- that sending needs. An attempt counts from its claim, so that what kills its worker is put aside, too.
-- `p_channels`: those that the server has. `p_free`: how many more it can send at once, by channel, such as
-- {"push": 8, "email": 0}: a mail server that hangs takes no place from push messages.
drop function public.claim_deliveries(text, jsonb, int, int);
create function public.claim_deliveries(p_worker text, p_channels jsonb, p_lease_seconds int, p_free jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
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

do $$
declare
  f regprocedure := 'public.claim_deliveries(text, jsonb, int, jsonb)';
begin
  execute format('revoke execute on function %s from public, anon, authenticated', f);
  execute format('grant execute on function %s to service_role', f);
end
$$;
