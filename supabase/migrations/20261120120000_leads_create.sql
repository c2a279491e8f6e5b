-- Leads: what a conversation tells about its visitor's wish to buy, with the evidence for every word of it.
-- One lead per conversation. Its quality, score and outcome stand in `conversaciones`, where the inbox shows them; who
-- the visitor is stands in `contactos`. Here stands why.

-- Seed 000's six outcomes, in words that fit any trade.
alter table public.conversaciones drop constraint conversaciones_outcome;
update public.conversaciones c set outcome = case c.outcome
    when 'visit_scheduled' then 'appointment_scheduled' when 'item_sold' then 'unavailable' else c.outcome end
where c.outcome in ('visit_scheduled', 'item_sold');
alter table public.conversaciones add constraint conversaciones_outcome check (outcome in ('pending',
  'appointment_scheduled', 'offer_made', 'purchased', 'not_interested', 'unavailable'));

create table public.leads (
  conversacion_id uuid primary key,
  site_id uuid not null,
  contacto_id uuid not null,
  -- What the rubric says. A seller's word stands above it, in `manual_quality`; the one that counts is the conversation's.
  quality text check (quality in ('hot', 'warm', 'cold')),
  score int check (score between 0 and 100),
  reasons jsonb not null default '[]' check (jsonb_typeof(reasons) = 'array'),
  rubric_ref text check (length(rubric_ref) <= 200),
  scored_at timestamptz,
  manual_quality text check (manual_quality in ('hot', 'warm', 'cold')),
  first_hot_at timestamptz,
  -- The visitor's messages are read for facts up to here; what lies after it is still to be read.
  read_seq bigint not null default 0,
  -- Grows with every change of what the score stands on, so that a score of yesterday's facts is refused.
  version int not null default 1,
  -- What contact data was heard, and not what it was: own, invalid, others, unsure (booleans).
  heard jsonb not null default '{}' check (jsonb_typeof(heard) = 'object'),
  -- Contact data and no lead: why.
  gap text check (gap in ('no_consent', 'consent_refused', 'invalid_contact', 'somebody_elses', 'unconfirmed', 'not_saved')),
  gap_since timestamptz,
  gap_dismissed_at timestamptz,
  verdict text check (verdict in ('right', 'wrong')),
  verdict_reason text check (length(verdict_reason) between 1 and 1000),
  verdict_quality text check (verdict_quality in ('hot', 'warm', 'cold')),
  verdict_by uuid references public.staff on delete set null,
  verdict_at timestamptz,
  first_touch jsonb,
  last_touch jsonb,
  page jsonb,
  item jsonb,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  check (verdict is null or verdict_at is not null),
  foreign key (site_id, conversacion_id) references public.conversaciones (site_id, id) on delete cascade,
  foreign key (site_id, contacto_id) references public.contactos (site_id, id)
);
create index leads_newest on public.leads (site_id, created_at desc, conversacion_id desc);
create index leads_contacto on public.leads (contacto_id);
create index leads_gaps on public.leads (site_id, gap_since) where gap is not null;

-- A log: of a criterion the last word counts, by `(seq, start)`, and the value `none` takes back what was said before. What
-- does not count any more is marked as withdrawn; nothing else is ever changed, so that what was believed stays known.
create table public.lead_facts (
  id uuid primary key default private.new_id(),
  site_id uuid not null,
  conversacion_id uuid not null,
  turn_id uuid,
  criterion text not null check (criterion ~ '^[a-z][a-z0-9_]{0,39}$'),
  value text not null check (length(value) between 1 and 500),
  data jsonb check (jsonb_typeof(data) = 'object'),
  message_id uuid references public.mensajes on delete cascade,
  quote text check (length(quote) between 1 and 1000),
  -- Where it was said: the message's place, and the quote's in it. Without a message: the conversation's end at that time.
  seq bigint not null,
  start int not null default 0 check (start >= 0),
  source text not null check (source in ('model', 'extractor', 'form', 'seller')),
  staff_id uuid references public.staff on delete set null,
  created_at timestamptz not null default clock_timestamp(),
  withdrawn_at timestamptz,
  withdrawn_by text check (withdrawn_by in ('visitor', 'seller', 'superseded')),
  check ((withdrawn_at is null) = (withdrawn_by is null)),
  -- Only people of the staff, and forms, are believed without a message.
  check (source in ('seller', 'form') or (message_id is not null and quote is not null)),
  foreign key (site_id, conversacion_id) references public.conversaciones (site_id, id) on delete cascade
);
create index lead_facts_conversacion on public.lead_facts (conversacion_id, created_at, id);
-- Said once is said once, whoever noticed: a turn that is done again stores nothing twice.
create unique index lead_facts_once on public.lead_facts (message_id, criterion, value);
create index lead_facts_staff on public.lead_facts (staff_id) where staff_id is not null;
create index leads_verdict_by on public.leads (verdict_by) where verdict_by is not null;

do $$
declare
  t text;
begin
  foreach t in array array['leads', 'lead_facts'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('revoke all on public.%I from public, anon, authenticated, service_role', t);
    execute format('grant select, insert, update, delete on public.%I to service_role', t);
  end loop;
end
$$;

-- The evidence, checked where it cannot be got round: a quote is a verbatim part of a message that the visitor of this
-- very conversation wrote. Whatever stores a fact, and whoever told it to.
create function private.check_evidence() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.quote is not null and not exists (
    select from public.mensajes m
    where m.site_id = new.site_id and m.conversacion_id = new.conversacion_id and m.id = new.message_id
      and m.author = 'visitor' and m.deleted_at is null and position(new.quote in m.texto) > 0) then
    raise sqlstate 'PT422' using message = 'lead.no_evidence';
  end if;
  return new;
end
$$;
create trigger lead_facts_evidence
  before insert or update of quote, message_id, conversacion_id, site_id on public.lead_facts
  for each row
  execute function private.check_evidence();

do $$
begin
  revoke execute on function private.check_evidence() from public, anon, authenticated;
  grant execute on function private.check_evidence() to service_role;
end
$$;
