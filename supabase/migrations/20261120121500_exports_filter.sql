-- An export finds what the list of leads finds with the same filter: campaigns whatever their case, items by id or by a
-- part of their title.
create or replace function private.export_wants(p_conversation public.conversaciones, p_first jsonb, p_last jsonb,
  p_filter jsonb)
returns boolean
language sql stable
set search_path = ''
as $$
  select (p_filter ->> 'from' is null or p_conversation.created_at >= (p_filter ->> 'from')::timestamptz)
    and (p_filter ->> 'to' is null or p_conversation.created_at < (p_filter ->> 'to')::timestamptz)
    and (p_filter -> 'quality' is null or coalesce(p_filter -> 'quality' ? p_conversation.lead_quality, false))
    and (p_filter -> 'outcome' is null
      or coalesce(p_filter -> 'outcome' ? coalesce(p_conversation.outcome, 'pending'), false))
    and (p_filter ->> 'campaign' is null
      or lower(p_filter ->> 'campaign') in (lower(p_first ->> 'utm_campaign'), lower(p_last ->> 'utm_campaign'))
      or exists (
        select from public.leads l
        where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id
          and lower(p_filter ->> 'campaign') in (
            lower(l.first_touch ->> 'utm_campaign'), lower(l.last_touch ->> 'utm_campaign'))))
    and (p_filter ->> 'item' is null
      or p_conversation.taggable_info ->> 'id' = p_filter ->> 'item'
      or position(lower(p_filter ->> 'item') in lower(coalesce(p_conversation.taggable_info ->> 'title', ''))) > 0)
$$;
