-- Who is told of what, outside of the open streams. Two steps: the outbox says what happened, in the commit that it is
-- about; a worker fans each entry out into deliveries, one for each mail or push message there is to send.

alter table public.outbox
  add column failure text,
  add column dead_at timestamptz;
drop index public.outbox_pending;
create index outbox_pending on public.outbox (available_at)
  where done_at is null and cancelled_at is null and dead_at is null;
create index outbox_dead on public.outbox (site_id, created_at) where dead_at is not null;

-- A person's way out of our mails, without withdrawing the permission to be contacted.
alter table public.contactos add column mail_opt_out_at timestamptz;

-- What somebody of the staff wants to hear of, and how. Without a row: everything, at any hour.
create table public.staff_notification_settings (
  site_id uuid not null,
  staff_id uuid not null,
  push text[] not null default '{waiting,assigned,message}'
    check (push <@ array['waiting', 'assigned', 'message']),
  email text[] not null default '{waiting,assigned,message}'
    check (email <@ array['waiting', 'assigned', 'message']),
  -- Wall-clock times in `time_zone` (null: the site's) between which nothing is sent; may run past midnight.
  quiet_from time,
  quiet_to time,
  time_zone text,
  updated_at timestamptz not null default now(),
  primary key (site_id, staff_id),
  foreign key (site_id, staff_id) references public.staff_sites (site_id, staff_id) on delete cascade,
  check ((quiet_from is null) = (quiet_to is null)),
  check (quiet_from <> quiet_to)
);

-- A browser of somebody of the staff. The endpoint is a secret of its own: whoever has it may push to it.
create table public.staff_push_subscriptions (
  id uuid primary key default private.new_id(),
  site_id uuid not null,
  staff_id uuid not null,
  endpoint text not null check (length(endpoint) between 10 and 2000),
  p256dh text not null check (length(p256dh) between 80 and 100),
  auth text not null check (length(auth) between 20 and 30),
  label text check (length(label) <= 200),
  created_at timestamptz not null default now(),
  last_sent_at timestamptz,
  unique (endpoint, site_id),
  foreign key (site_id, staff_id) references public.staff_sites (site_id, staff_id) on delete cascade
);
create index staff_push_subscriptions_staff on public.staff_push_subscriptions (site_id, staff_id);

-- One mail or one push message. `lane` names whom it goes to, over which channel: what is in one lane leaves in order,
-- one at a time. `fence` is the claim's number: a worker that was away cannot settle what another sent meanwhile.
-- No foreign key to contacts and conversations: it would take a lock that an erasure waits for the other way round.
create table public.deliveries (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  channel text not null check (channel in ('email', 'push')),
  kind text not null check (kind in ('inbox', 'staff_link', 'visitor_unread')),
  lane text not null check (length(lane) between 1 and 200),
  staff_id uuid references public.staff on delete cascade,
  subscription_id uuid references public.staff_push_subscriptions on delete cascade,
  contacto_id uuid,
  conversacion_id uuid,
  payload jsonb not null default '{}',
  state text not null default 'pending' check (state in ('pending', 'sent', 'cancelled', 'dead')),
  attempts int not null default 0,
  fence int not null default 0,
  worker text,
  lease_until timestamptz,
  upto_seq bigint,
  failure text,
  created_at timestamptz not null default clock_timestamp(),
  available_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);
create index deliveries_due on public.deliveries (available_at) where state = 'pending';
create index deliveries_lane on public.deliveries (lane, created_at, id) where state = 'pending';
create index deliveries_sent on public.deliveries (lane, finished_at) where state = 'sent';
create index deliveries_dead on public.deliveries (site_id, created_at) where state = 'dead';
create index deliveries_contact on public.deliveries (contacto_id) where contacto_id is not null;
create index deliveries_staff on public.deliveries (staff_id) where staff_id is not null;
create index deliveries_subscription on public.deliveries (subscription_id) where subscription_id is not null;

do $$
declare
  t text;
begin
  foreach t in array array['staff_notification_settings', 'staff_push_subscriptions', 'deliveries'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('revoke all on public.%I from public, anon, authenticated, service_role', t);
    execute format('grant select, insert, update, delete on public.%I to service_role', t);
  end loop;
end
$$;

-- Is somebody of the staff in front of the console now?
create function private.is_there(p_site uuid, p_staff uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from public.staff_sites i
    where i.site_id = p_site and i.staff_id = p_staff and i.disabled_at is null and not i.away and private.is_online(i))
$$;

-- Something for one member of the staff. Who is there sees it on the screen; whether they were still there is looked at
-- a little later, since a laptop that was just closed counts as there for some seconds. What waits to be told already is
-- not noted twice.
create function private.note_for_staff(p_site uuid, p_kind text, p_contact uuid, p_conversation uuid, p_staff uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if exists (
    select from public.outbox o
    where o.site_id = p_site and o.contacto_id = p_contact and o.conversacion_id = p_conversation and o.kind = p_kind
      and o.payload ->> 'staff' = p_staff::text and o.done_at is null and o.cancelled_at is null
      and o.dead_at is null) then
    return;
  end if;
  insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload, available_at)
  values (p_site, p_kind, p_contact, p_conversation, jsonb_build_object('staff', p_staff),
    clock_timestamp() + case when private.is_there(p_site, p_staff) then interval '20 seconds' else interval '0' end);
end
$$;

-- Triggers, so that it holds for whatever moves a conversation or stores a message.
create function private.note_waiting() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into public.outbox (site_id, kind, contacto_id, conversacion_id)
  values (new.site_id, 'conversation_waiting', new.contacto_id, new.id);
  return new;
end
$$;
create trigger conversaciones_note_waiting
  after update of handler on public.conversaciones
  for each row
  when (new.handler = 'queue' and old.handler <> 'queue' and new.status = 'active')
  execute function private.note_waiting();

create function private.note_visitor_wrote() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.note_for_staff(new.site_id, 'visitor_wrote', new.contacto_id, new.id, new.assignee);
  return new;
end
$$;
create trigger conversaciones_note_visitor_wrote
  after update of last_visitor_seq on public.conversaciones
  for each row
  when (new.handler = 'seller' and new.assignee is not null and new.last_visitor_seq > old.last_visitor_seq)
  execute function private.note_visitor_wrote();

-- Given to somebody by somebody else: who takes a conversation over knows it.
create function private.note_assigned() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.note_for_staff(new.site_id, 'conversation_assigned', c.contacto_id, c.id,
    (new.datos #>> '{metadata,0,agent,uuid}')::uuid)
  from public.conversaciones c
  where c.site_id = new.site_id and c.id = new.conversacion_id;
  return new;
end
$$;
create trigger mensajes_note_assigned
  after insert on public.mensajes
  for each row
  when (new.author = 'system' and new.texto = 'agent.joined'
    and new.datos #>> '{metadata,0,by}' is distinct from new.datos #>> '{metadata,0,agent,uuid}')
  execute function private.note_assigned();

create function private.note_seller_wrote() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into public.outbox (site_id, kind, contacto_id, conversacion_id)
  select new.site_id, 'seller_wrote', c.contacto_id, c.id
  from public.conversaciones c
  where c.site_id = new.site_id and c.id = new.conversacion_id and not exists (
    select from public.outbox o
    where o.site_id = new.site_id and o.contacto_id = c.contacto_id and o.conversacion_id = c.id
      and o.kind = 'seller_wrote' and o.done_at is null and o.cancelled_at is null and o.dead_at is null);
  return new;
end
$$;
create trigger mensajes_note_seller_wrote
  after insert on public.mensajes
  for each row
  when (new.author = 'seller' and not new.private)
  execute function private.note_seller_wrote();

-- Who withdraws the permission to be contacted is not written to, whatever is queued already.
create function private.cancel_mail() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.outbox o set cancelled_at = clock_timestamp()
  where o.site_id = new.site_id and o.contacto_id = new.contacto_id and o.kind = 'seller_wrote'
    and o.done_at is null and o.cancelled_at is null;
  update public.deliveries d set state = 'cancelled', failure = 'consent_withdrawn', finished_at = clock_timestamp()
  where d.site_id = new.site_id and d.contacto_id = new.contacto_id and d.state in ('pending', 'dead');
  return new;
end
$$;
create trigger consents_cancel_mail
  after insert on public.consents
  for each row
  when (new.purpose = 'contact' and not new.granted)
  execute function private.cancel_mail();

create function private.forget_deliveries() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  delete from public.deliveries d where d.site_id = old.site_id and d.contacto_id = old.id;
  return old;
end
$$;
create trigger contactos_forget_deliveries
  after delete on public.contactos
  for each row
  execute function private.forget_deliveries();
