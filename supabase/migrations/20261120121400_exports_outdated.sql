-- Whether an export is void is asked with every look at it: from a few erasures, not from a day of audit entries.

create index audit_log_erased on public.audit_log (site_id, created_at)
  where action in ('visitor.erased', 'contact.erased', 'conversation.erased');

create or replace function private.export_outdated(p_export public.lead_exports) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
      select from public.audit_log a
      where a.site_id = p_export.site_id and a.created_at > p_export.created_at
        and a.action in ('visitor.erased', 'contact.erased', 'conversation.erased')
        and (p_export.request ->> 'consent' = 'any' or exists (
          select from public.consents e
          where e.site_id = a.site_id and e.granted and e.purpose in ('contact', 'marketing')
            -- Other entries have subjects that are no ids, and nothing says that they are sorted out first.
            and e.contacto_id = case
              when a.action in ('visitor.erased', 'contact.erased', 'conversation.erased') then a.subject::uuid end)))
    or exists (
      select from public.consents w
      where w.site_id = p_export.site_id and not w.granted and w.created_at > p_export.created_at
        and w.purpose in ('contact', 'marketing')
        and exists (
          select from public.consents e
          where e.contacto_id = w.contacto_id and e.site_id = w.site_id and e.granted and e.created_at < w.created_at))
$$;
