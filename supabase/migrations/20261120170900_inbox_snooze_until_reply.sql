-- A conversation can be snoozed until the visitor writes, at no moment of the clock: `snoozed_until` is then infinity,
-- which no client can read as a date.

-- As before, but what has no moment shows none.
create or replace function private.inbox_line(p_conversation public.conversaciones) returns jsonb
language sql stable
set search_path = ''
as $$
  select private.conversation_json(p_conversation) || jsonb_build_object(
    'state', private.conversation_state(p_conversation),
    'participants', private.participants_json(p_conversation),
    'assignee', private.staff_party(p_conversation.assignee),
    'contact', (
      select jsonb_build_object('uuid', k.id, 'name', k.nombre_completo, 'email', k.email, 'phone', k.telefono,
        'identity', k.identity)
      from public.contactos k where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id),
    'locale', p_conversation.locale,
    'lead_quality', p_conversation.lead_quality,
    'lead_score', p_conversation.lead_score,
    'outcome', p_conversation.outcome,
    'tags', to_jsonb(p_conversation.tags),
    'waiting_since', private.iso(p_conversation.waiting_since),
    'due_at', private.iso(nullif(p_conversation.answer_due_at, 'infinity')),
    'overdue', coalesce(p_conversation.answer_due_at <= now(), false),
    'response', case when p_conversation.waiting_since is not null
      then case when p_conversation.first_reply_at is null then 'first' else 'next' end end,
    'snoozed_until', private.iso(nullif(p_conversation.snoozed_until, 'infinity')),
    'handoff_reason', p_conversation.handoff_reason,
    'handoff_summary', p_conversation.handoff_summary,
    'handoff_summary_by', p_conversation.handoff_summary_by,
    'tasks', (
      select jsonb_build_object('open', count(*), 'due_at', private.iso(min(t.due_at)),
        'overdue', coalesce(min(t.due_at) <= now(), false))
      from public.tasks t
      where t.site_id = p_conversation.site_id and t.conversacion_id = p_conversation.id and t.done_at is null),
    'rating', p_conversation.rating)
$$;
