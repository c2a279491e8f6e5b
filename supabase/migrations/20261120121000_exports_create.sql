-- Exports of leads: what was asked for, how far it is, and where a person's consent stands.

-- The ledger stays the truth; these two are its last words, kept beside the contact so that an export of a million leads
-- need not ask the ledger a million times. Null: never asked.
-- `address` is what makes two contacts one line of an export: the e-mail in lower case, without one the phone. Stored
-- contacts are never merged: whoever typed an address has not proved that it is theirs.
alter table public.contactos
  add column consent_contact boolean,
  add column consent_marketing boolean,
  add column address text collate "C" generated always as (coalesce(lower(email), telefono)) stored;

update public.contactos k set
  consent_contact = (
    select e.granted from public.consents e
    where e.site_id = k.site_id and e.contacto_id = k.id and e.purpose = 'contact'
    order by e.created_at desc, e.id desc limit 1),
  consent_marketing = (
    select e.granted from public.consents e
    where e.site_id = k.site_id and e.contacto_id = k.id and e.purpose = 'marketing'
    order by e.created_at desc, e.id desc limit 1)
where exists (select from public.consents e where e.site_id = k.site_id and e.contacto_id = k.id);

-- Whoever writes into the ledger, the last word stands with the contact in the same commit, and a withdrawal takes back
-- what is queued to tell others about a lead.
create function private.follow_consent() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.contactos k set
    consent_contact = case when new.purpose = 'contact' then new.granted else k.consent_contact end,
    consent_marketing = case when new.purpose = 'marketing' then new.granted else k.consent_marketing end
  where k.site_id = new.site_id and k.id = new.contacto_id;
  if new.purpose = 'contact' and not new.granted then
    update public.outbox o set cancelled_at = clock_timestamp()
    where o.site_id = new.site_id and o.contacto_id = new.contacto_id
      and o.kind in ('lead_captured', 'chat.lead.updated') and o.done_at is null and o.cancelled_at is null;
  end if;
  return null;
end
$$;
create trigger consents_follow
  after insert on public.consents
  for each row
  when (new.purpose in ('contact', 'marketing'))
  execute function private.follow_consent();

create index contactos_address on public.contactos (site_id, address, id) where address is not null;
create index contactos_refused on public.contactos (site_id, address)
  where consent_contact = false or consent_marketing = false;
create index consents_refused on public.consents (site_id, created_at) where not granted;

create table public.lead_exports (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  -- Null: the operator, on the command line.
  staff_id uuid references public.staff on delete set null,
  actor text not null,
  state text not null default 'running' check (state in ('running', 'done', 'cancelled', 'failed', 'interrupted',
    'removed', 'expired', 'outdated')),
  -- format, profile, unit, time_zone, consent, filter: as the server has checked them.
  request jsonb not null check (jsonb_typeof(request) = 'object'),
  worker text not null,
  lease_until timestamptz not null,
  total bigint not null default 0,
  scanned bigint not null default 0,
  written bigint not null default 0,
  failure text,
  manifest jsonb,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  expires_at timestamptz
);
create index lead_exports_site on public.lead_exports (site_id, id desc);
create index lead_exports_staff on public.lead_exports (staff_id) where staff_id is not null;
create index lead_exports_open on public.lead_exports (id) where state in ('running', 'done');
alter table public.lead_exports enable row level security;
revoke all on public.lead_exports from public, anon, authenticated, service_role;
grant select, insert, update on public.lead_exports to service_role;

-- Marketing and admins; null is the operator.
create function private.access_exporter(p_site uuid, p_staff uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_staff is not null and (private.access_member(p_site, p_staff)).role not in ('marketing', 'admin') then
    raise sqlstate 'PT403' using message = 'staff.role';
  end if;
end
$$;

-- Whether somebody who may be in the file has since withdrawn or been erased. Only who once consented can be in a file of
-- the consented; in one of `any`, everybody can.
create function private.export_outdated(p_export public.lead_exports) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
      select from public.audit_log a
      where a.site_id = p_export.site_id and a.created_at > p_export.created_at
        and a.action in ('visitor.erased', 'contact.erased', 'conversation.erased')
        and (p_export.request ->> 'consent' = 'any' or exists (
          select from public.consents e
          where e.site_id = a.site_id and e.contacto_id::text = a.subject and e.granted
            and e.purpose in ('contact', 'marketing'))))
    or exists (
      select from public.consents w
      where w.site_id = p_export.site_id and not w.granted and w.created_at > p_export.created_at
        and w.purpose in ('contact', 'marketing')
        and exists (
          select from public.consents e
          where e.contacto_id = w.contacto_id and e.site_id = w.site_id and e.granted and e.created_at < w.created_at))
$$;

-- What the row says, and what time has made of it.
create function private.export_state(p_export public.lead_exports) returns text
language sql stable
set search_path = ''
as $$
  select case
    when p_export.state = 'running' and p_export.lease_until < clock_timestamp() then 'interrupted'
    when p_export.state = 'done' and p_export.expires_at <= clock_timestamp() then 'expired'
    when p_export.state = 'done' and private.export_outdated(p_export) then 'outdated'
    else p_export.state end
$$;

create function private.export_json(p_export public.lead_exports) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_export.id, 'state', private.export_state(p_export), 'actor', p_export.actor, 'request', p_export.request,
    'total', p_export.total, 'scanned', least(p_export.scanned, p_export.total), 'rows', p_export.written, 'failure', p_export.failure,
    'manifest', p_export.manifest, 'created_at', private.iso(p_export.created_at),
    'finished_at', private.iso(p_export.finished_at), 'expires_at', private.iso(p_export.expires_at))
$$;

-- One entry for each export, whatever became of it: who, how many rows, by which filter; nobody's data.
create function private.audit_export(p_export public.lead_exports) returns void
language sql volatile
set search_path = ''
as $$
  select private.audit(p_export.site_id, p_export.actor, 'leads.exported', p_export.id::text,
    jsonb_build_object('state', p_export.state, 'rows', p_export.written, 'request', p_export.request,
      'failure', p_export.failure))
$$;

create function private.stored_export(p_site uuid, p_export uuid) returns public.lead_exports
language plpgsql stable
set search_path = ''
as $$
declare
  v_export public.lead_exports;
begin
  select * into v_export from public.lead_exports e where e.site_id = p_site and e.id = p_export;
  if not found then
    raise sqlstate 'PT404' using message = 'export.not_found';
  end if;
  return v_export;
end
$$;

-- At most two at a time in a site: each of them reads everything there is.
create function public.begin_export(p_site uuid, p_staff uuid, p_request jsonb, p_worker text, p_lease_seconds int)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_export public.lead_exports;
begin
  perform private.access_exporter(p_site, p_staff);
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('export:' || p_site::text, 0));
  if (select count(*) from public.lead_exports e
      where e.site_id = p_site and e.state = 'running' and e.lease_until > clock_timestamp()) >= 2 then
    raise sqlstate 'PT409' using message = 'export.too_many',
      detail = 'Two exports are running in this site: wait for one, or cancel it.';
  end if;
  insert into public.lead_exports (site_id, staff_id, actor, request, worker, lease_until, total)
  values (p_site, p_staff, coalesce(p_staff::text, 'operator'), p_request, p_worker,
    clock_timestamp() + make_interval(secs => p_lease_seconds),
    case p_request ->> 'unit'
      when 'conversation' then (select count(*) from public.conversaciones c where c.site_id = p_site)
      else (select count(*) from public.contactos k
        where k.site_id = p_site and k.address is not null) end)
  returning * into v_export;
  return private.export_json(v_export);
end
$$;

-- A sign of life between pages: the last strokes of a large file take longer than a page. PT409 when it was cancelled.
create function public.renew_export(p_site uuid, p_export uuid, p_worker text, p_lease_seconds int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.lead_exports e set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where e.site_id = p_site and e.id = p_export and e.state = 'running' and e.worker = p_worker;
  if not found then
    raise sqlstate 'PT409' using message = 'export.not_running';
  end if;
  return jsonb_build_object('renewed', true);
end
$$;

-- The end of it, told by who made it. `p_state`: done, interrupted (the server stops), or failed with a code. A person who withdrew
-- or was erased while it was made may be in it: then it is outdated from the start.
create function public.finish_export(p_site uuid, p_export uuid, p_worker text, p_state text, p_rows bigint,
  p_manifest jsonb default null, p_failure text default null, p_keep_seconds int default 86400)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_export public.lead_exports;
begin
  update public.lead_exports e set
    state = p_state, written = p_rows, manifest = p_manifest, failure = p_failure, finished_at = clock_timestamp(),
    scanned = case when p_state = 'done' then greatest(e.scanned, e.total) else e.scanned end,
    expires_at = clock_timestamp() + make_interval(secs => p_keep_seconds)
  where e.site_id = p_site and e.id = p_export and e.state = 'running' and e.worker = p_worker
  returning * into v_export;
  if not found then
    raise sqlstate 'PT409' using message = 'export.not_running';
  end if;
  if p_state = 'done' and private.export_outdated(v_export) then
    update public.lead_exports e set state = 'outdated' where e.site_id = p_site and e.id = p_export
    returning * into v_export;
  end if;
  perform private.audit_export(v_export);
  return private.export_json(v_export);
end
$$;

create function public.staff_exports(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_exporter(p_site, p_staff);
  return coalesce((
    select jsonb_agg(private.export_json(e) order by e.id desc)
    from (
      select * from public.lead_exports l where l.site_id = p_site order by l.id desc limit 50) e), '[]');
end
$$;

create function public.staff_export(p_site uuid, p_staff uuid, p_export uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_exporter(p_site, p_staff);
  return private.export_json(private.stored_export(p_site, p_export));
end
$$;

-- Stops one that runs (its worker finds out with its next page) and takes a finished one away.
create function public.end_export(p_site uuid, p_staff uuid, p_export uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_export public.lead_exports;
begin
  perform private.access_exporter(p_site, p_staff);
  perform private.stored_export(p_site, p_export);
  update public.lead_exports e set state = 'cancelled', finished_at = clock_timestamp()
  where e.site_id = p_site and e.id = p_export and e.state = 'running'
  returning * into v_export;
  if found then
    perform private.audit_export(v_export);
  else
    update public.lead_exports e set state = 'removed'
    where e.site_id = p_site and e.id = p_export and e.state = 'done';
    if found then
      perform private.audit(p_site, p_staff::text, 'leads.export_removed', p_export::text);
    end if;
  end if;
  return private.export_json(private.stored_export(p_site, p_export));
end
$$;

-- Before the file is handed out: whoever takes it gets all those people's data, so that each time is written down.
create function public.open_export(p_site uuid, p_staff uuid, p_export uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_export public.lead_exports;
  v_state text;
begin
  perform private.access_exporter(p_site, p_staff);
  v_export := private.stored_export(p_site, p_export);
  v_state := private.export_state(v_export);
  if v_state <> 'done' then
    raise sqlstate 'PT409' using
      message = case v_state when 'running' then 'export.not_ready' else 'export.' || v_state end,
      detail = case v_state
        when 'running' then 'It is still being made: ask for its state.'
        when 'outdated' then 'Somebody who may be in it has withdrawn or been erased since: make it again.'
        when 'interrupted' then 'The server was restarted while it was made: make it again.'
        else 'There is no file (any more): make it again.' end;
  end if;
  perform private.audit(p_site, p_staff::text, 'leads.export_downloaded', p_export::text,
    jsonb_build_object('rows', v_export.written));
  return private.export_json(v_export);
end
$$;

-- A worker asks of the files in its folder, whatever the site: which of these may stay? What ended otherwise is marked.
create function public.exports_to_keep(p_ids jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_export public.lead_exports;
begin
  for v_export in
    select * from public.lead_exports e where e.state in ('running', 'done') for update skip locked
  loop
    if private.export_state(v_export) <> v_export.state then
      update public.lead_exports e set
        state = private.export_state(v_export), finished_at = coalesce(e.finished_at, clock_timestamp())
      where e.site_id = v_export.site_id and e.id = v_export.id
      returning * into v_export;
      if v_export.state = 'interrupted' then
        perform private.audit_export(v_export);
      end if;
    end if;
  end loop;
  return coalesce((
    select jsonb_agg(e.id) from public.lead_exports e
    where e.state in ('running', 'done') and p_ids ? e.id::text), '[]');
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('private', 'public')
      and p.proname in ('follow_consent', 'access_exporter', 'export_outdated', 'export_state', 'export_json', 'audit_export',
        'stored_export', 'begin_export', 'renew_export', 'finish_export', 'staff_exports', 'staff_export', 'end_export', 'open_export',
        'exports_to_keep')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
