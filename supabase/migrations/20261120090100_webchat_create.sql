-- The tables of a webchat. Names that the product was asked for stay as they are, Spanish included;
-- the rest is English. docs/data-model.md has the glossary.
-- Row level security is on everywhere and no policy exists: only service_role, through the functions, gets in.

create table public.sites (
  id uuid primary key default private.new_id(),
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  public_key text not null unique check (length(public_key) between 3 and 200),
  name text not null check (length(name) between 1 and 200),
  allowed_origins text[] not null default '{}',
  locale text not null default 'es' check (locale in ('es', 'en', 'pt')),
  region text not null default 'DO' check (region ~ '^[A-Z]{2}$'),
  time_zone text not null default 'America/Santo_Domingo',
  settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  disabled_at timestamptz
);

create table public.contactos (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  nombre_completo text,
  email text,
  telefono text check (telefono ~ '^\+[1-9][0-9]{6,14}$'),
  contacto_datos jsonb not null default '{}',
  origen text not null default 'webchat',
  identity text not null default 'anonymous' check (identity in ('anonymous', 'claimed', 'verified')),
  first_touch jsonb,
  last_touch jsonb,
  lead_captured_at timestamptz,
  creado_en timestamptz not null default now(),
  actualizado_en timestamptz not null default now(),
  unique (site_id, id)
);

create table public.conversaciones (
  id uuid primary key default private.new_id(),
  site_id uuid not null,
  contacto_id uuid not null,
  status text not null default 'active' check (status in ('active', 'archived', 'blocked')),
  handler text not null default 'assistant' check (handler in ('assistant', 'queue', 'seller')),
  owner_epoch int not null default 0,
  assignee uuid,
  locale text not null default 'es',
  last_seq bigint not null default 0,
  last_visitor_seq bigint not null default 0,
  answered_seq bigint not null default 0,
  last_message_text text,
  last_message_at timestamptz,
  taggable_type text,
  taggable_info jsonb,
  lead_quality text check (lead_quality in ('hot', 'warm', 'cold')),
  lead_score int check (lead_score between 0 and 100),
  outcome text,
  waiting_since timestamptz,
  handoff_reason text check (handoff_reason in ('visitor_request', 'missing_knowledge', 'policy', 'failure',
    'hot_lead', 'budget', 'seller_takeover')),
  handoff_summary text,
  rating int check (rating between 1 and 5),
  rating_comment text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  unique (site_id, id),
  foreign key (site_id, contacto_id) references public.contactos (site_id, id)
);
create index conversaciones_contacto on public.conversaciones (contacto_id);

create table public.webchat_sessions (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  -- A label that the client may choose. It opens nothing: the token decides.
  session_id text not null check (length(session_id) between 1 and 128),
  token_hash text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  -- Both are named before their rows exist: a widget that is opened and never used leaves one row, not three.
  conversacion_id uuid not null default private.new_id(),
  contacto_id uuid not null default private.new_id(),
  assistant_thread_id text,
  assistant_thread_seq bigint not null default 0,
  locale text not null default 'es',
  datos jsonb not null default '{}',
  tokens_reserved bigint not null default 0 check (tokens_reserved >= 0),
  tokens_used bigint not null default 0,
  created_at timestamptz not null default now(),
  last_activity timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '30 days',
  revoked_at timestamptz,
  unique (site_id, token_hash)
);
create index webchat_sessions_conversacion on public.webchat_sessions (conversacion_id);

create table public.turns (
  id uuid primary key default private.new_id(),
  site_id uuid not null,
  conversacion_id uuid not null,
  webchat_session uuid not null,
  state text not null default 'running' check (state in ('running', 'done', 'superseded')),
  upto_seq bigint not null,
  owner_epoch int not null,
  worker text not null,
  lease_until timestamptz not null,
  fence int not null default 1,
  attempt int not null default 1,
  over_budget text check (over_budget in ('session', 'site_day')),
  tokens_reserved int not null default 0,
  reserved_on date not null default (now() at time zone 'UTC')::date,
  source text check (source in ('model', 'guided')),
  failure text,
  model text,
  prompt_ref text,
  response_id text,
  input_tokens int not null default 0,
  output_tokens int not null default 0,
  cached_tokens int not null default 0,
  first_text_ms int,
  answer_message_id uuid,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  foreign key (site_id, conversacion_id) references public.conversaciones (site_id, id) on delete cascade
);
create unique index turns_one_running on public.turns (conversacion_id) where state = 'running';
create index turns_abandoned on public.turns (lease_until) where state = 'running';
create index turns_by_seq on public.turns (conversacion_id, upto_seq);

create table public.mensajes (
  id uuid primary key default private.new_id(),
  site_id uuid not null,
  conversacion_id uuid not null,
  seq bigint not null check (seq > 0),
  direccion text not null check (direccion in ('entrante', 'saliente')),
  author text not null check (author in ('visitor', 'assistant', 'seller', 'system')),
  tipo_contenido text not null default 'text',
  texto text not null,
  texts jsonb,
  datos jsonb not null default '{}',
  estado text not null default 'sent' check (estado in ('sent', 'delivered', 'read', 'failed')),
  private boolean not null default false,
  client_message_id text check (length(client_message_id) between 1 and 128),
  body_hash text,
  turn_id uuid,
  attempt int,
  prompt_ref text,
  delivered_at timestamptz,
  read_at timestamptz,
  edited_at timestamptz,
  deleted_at timestamptz,
  creado_en timestamptz not null default clock_timestamp(),
  unique (conversacion_id, seq),
  foreign key (site_id, conversacion_id) references public.conversaciones (site_id, id) on delete cascade
);
create unique index mensajes_client_message on public.mensajes (conversacion_id, author, client_message_id)
  where client_message_id is not null;
create index mensajes_unread on public.mensajes (conversacion_id, seq) where read_at is null and author in ('assistant', 'seller');

-- Tokens per site and UTC day. Reserved before a turn, settled after it.
create table public.site_usage (
  site_id uuid not null references public.sites,
  day date not null,
  reserved bigint not null default 0 check (reserved >= 0),
  used bigint not null default 0,
  primary key (site_id, day)
);

-- Append-only. No foreign key to the contact: the proof of a consent outlives an erasure, and holds nobody's data.
create table public.consents (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  contacto_id uuid not null,
  purpose text not null check (purpose in ('chat', 'contact', 'marketing')),
  granted boolean not null,
  text_version text not null,
  text_sha256 text not null check (text_sha256 ~ '^[0-9a-f]{64}$'),
  locale text not null,
  source text not null check (source in ('chat', 'form', 'api')),
  message_id uuid,
  created_at timestamptz not null default clock_timestamp()
);
create index consents_latest on public.consents (contacto_id, purpose, created_at desc, id desc);

create table public.outbox (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  kind text not null,
  contacto_id uuid,
  conversacion_id uuid,
  payload jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  available_at timestamptz not null default clock_timestamp(),
  attempts int not null default 0,
  done_at timestamptz,
  cancelled_at timestamptz
);
create index outbox_pending on public.outbox (available_at) where done_at is null and cancelled_at is null;
create index outbox_contacto on public.outbox (contacto_id) where done_at is null and cancelled_at is null;

-- Append-only: nobody is granted update or delete.
create table public.audit_log (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  actor text not null,
  action text not null,
  subject text,
  detail jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp()
);
create index audit_log_site on public.audit_log (site_id, created_at desc);

do $$
declare
  t text;
begin
  foreach t in array array['sites', 'contactos', 'conversaciones', 'webchat_sessions', 'turns', 'mensajes', 'site_usage',
    'consents', 'outbox', 'audit_log'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('revoke all on public.%I from public, anon, authenticated, service_role', t);
  end loop;
end
$$;
grant select, insert, update on public.sites to service_role;
grant select, insert, update, delete on public.contactos, public.conversaciones, public.webchat_sessions, public.turns,
  public.mensajes, public.outbox to service_role;
grant select, insert, update on public.site_usage to service_role;
grant select, insert on public.consents, public.audit_log to service_role;
