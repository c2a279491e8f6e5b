-- As before; what was said again is marked also where it had been taken back in between (one thing, another, the first
-- again), and of what took a fact back only the last word is asked.
create or replace function private.mark_holding(p_site uuid, p_conversation uuid, p_holding jsonb) returns void
language plpgsql volatile
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
set enable_seqscan = 'off'
set enable_bitmapscan = 'off'
as $$
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
