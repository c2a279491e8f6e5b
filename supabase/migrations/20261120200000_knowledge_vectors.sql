-- Search by meaning beside search by words, where a model for embeddings is configured and pgvector is there. Nothing here
-- needs the extension: the one table with a vector in it is made by private.enable_vectors, which `talia migrate` and
-- `talia serve` call when TALIA_OPENAI_EMBEDDINGS_MODEL is set. Without it every search is what it was.

-- What is embedded of a thing; the model takes some 8,000 tokens, and nothing said beyond this names a thing better.
create function private.text_to_embed(p_title text, p_heading text, p_body text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return left(concat_ws(E'\n', nullif(p_title, ''), nullif(p_heading, ''), nullif(p_body, '')), 6000);
end
$$;

-- A text by its digest, so that one that stays is never embedded twice. The letter keeps items and passages apart.
create function private.digest_to_embed(p_kind text, p_text text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return left(p_kind, 1) || encode(sha256(convert_to(p_text, 'UTF8')), 'hex');
end
$$;

create function private.facts_text(p_facts jsonb) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return coalesce((select string_agg(f, '. ') from jsonb_array_elements_text(p_facts) f), '');
end
$$;

alter table public.knowledge_items add column digest text;
update public.knowledge_items i
set digest = private.digest_to_embed('item', private.text_to_embed(i.title, null, private.facts_text(i.facts)));
alter table public.knowledge_items alter column digest set not null;
create index knowledge_items_digest on public.knowledge_items (site_id, digest);

alter table public.knowledge_passages add column digest text;
update public.knowledge_passages p
set digest = private.digest_to_embed('passage', private.text_to_embed(d.title, p.heading, p.body))
from public.knowledge_documents d where d.site_id = p.site_id and d.id = p.document_id;
alter table public.knowledge_passages alter column digest set not null;
create index knowledge_passages_digest on public.knowledge_passages (site_id, digest);

-- What is to be embedded by which model, and how that went. `due_at` is when it may be tried (again): while somebody is at
-- it, the end of their lease. `failure` is how the last try ended, if it did not bring a vector.
create table public.knowledge_embeddings (
  site_id uuid not null references public.sites,
  digest text not null check (digest ~ '^[ip][0-9a-f]{64}$'),
  -- The model with its dimensions, as in text-embedding-3-small/512: vectors of two models are never compared.
  model text not null check (length(model) between 1 and 200),
  attempts int not null default 0,
  due_at timestamptz not null default now(),
  failure text,
  embedded_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (site_id, digest, model)
);
create index knowledge_embeddings_due on public.knowledge_embeddings (model, due_at) where embedded_at is null;
alter table public.knowledge_embeddings enable row level security;
revoke all on public.knowledge_embeddings from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.knowledge_embeddings to service_role;

-- The schema that pgvector lives in; null where there are no vectors. Whoever drops the extension drops the column with it.
create function private.vector_schema() returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select n.nspname
    from pg_attribute a
    join pg_type t on t.oid = a.atttypid
    join pg_namespace n on n.oid = t.typnamespace
    where a.attrelid = to_regclass('public.knowledge_vectors') and a.attname = 'embedding' and not a.attisdropped);
end
$$;

-- Makes room for vectors where the server can: ready, missing (the extension is not installed) or forbidden (whoever calls
-- may not create it; somebody else has to). Safe to call at any time, one caller after the other.
create function private.enable_vectors() returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  v_extension oid;
  v_schema text;
  f regprocedure;
begin
  if private.vector_schema() is not null then
    return 'ready';
  end if;
  if not exists (select from pg_available_extensions a where a.name = 'vector') then
    return 'missing';
  end if;
  begin
    if not exists (select from pg_extension e where e.extname = 'vector') then
      create schema if not exists extensions;
      create extension vector with schema extensions;
    end if;
    select e.oid, n.nspname into v_extension, v_schema
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector';
    if not has_schema_privilege('service_role', v_schema, 'usage') then
      execute format('grant usage on schema %I to service_role', v_schema);
    end if;
    -- What we make nobody may execute by default, what an extension makes in our name included.
    for f in
      select d.objid::regprocedure from pg_depend d
      where d.refclassid = 'pg_extension'::regclass and d.refobjid = v_extension and d.deptype = 'e'
        and d.classid = 'pg_proc'::regclass and not has_function_privilege('service_role', d.objid, 'execute')
    loop
      execute format('grant execute on function %s to service_role', f);
    end loop;
    -- Of a table whose vectors went with a dropped extension nothing is left to keep.
    drop table if exists public.knowledge_vectors;
    delete from public.knowledge_embeddings;
    -- No index over the vectors: a search is exact over one site's, which an index over all sites' would not be.
    execute format($ddl$
      create table public.knowledge_vectors (
        site_id uuid not null,
        model text not null,
        digest text not null,
        embedding %I.vector not null,
        primary key (site_id, model, digest),
        foreign key (site_id, digest, model) references public.knowledge_embeddings (site_id, digest, model)
          on delete cascade
      )$ddl$, v_schema);
    -- In the row itself: out of line each comparison would be another look-up.
    alter table public.knowledge_vectors alter column embedding set storage main;
    alter table public.knowledge_vectors enable row level security;
    revoke all on public.knowledge_vectors from public, anon, authenticated, service_role;
    grant select, insert, update, delete on public.knowledge_vectors to service_role;
  exception
    when insufficient_privilege then
      return 'forbidden';
  end;
  return 'ready';
end
$$;

-- With the last item or passage of a text goes what is known of its meaning. At the end of the statement, when a text that
-- only moved stands where it is now.
create function private.forget_embedding() returns trigger
language plpgsql volatile
set search_path = ''
as $$
begin
  if not exists (select from public.knowledge_items i where i.site_id = old.site_id and i.digest = old.digest)
    and not exists (select from public.knowledge_passages p where p.site_id = old.site_id and p.digest = old.digest) then
    delete from public.knowledge_embeddings e where e.site_id = old.site_id and e.digest = old.digest;
  end if;
  return null;
end
$$;
create trigger knowledge_items_gone after delete on public.knowledge_items
for each row execute function private.forget_embedding();
create trigger knowledge_items_changed after update on public.knowledge_items
for each row when (old.digest is distinct from new.digest) execute function private.forget_embedding();
create trigger knowledge_passages_gone after delete on public.knowledge_passages
for each row execute function private.forget_embedding();
create trigger knowledge_passages_changed after update on public.knowledge_passages
for each row when (old.digest is distinct from new.digest) execute function private.forget_embedding();

create or replace function private.put_item(p_site uuid, p_item jsonb) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old jsonb;
  v_new public.knowledge_items;
  v_facts text := private.facts_text(coalesce(p_item -> 'facts', '[]'));
begin
  select private.item_json(i) - 'updated_at' into v_old
  from public.knowledge_items i where i.site_id = p_site and i.item_id = p_item ->> 'id' for update;
  if v_old = p_item then
    return 'unchanged';
  end if;
  insert into public.knowledge_items as i (site_id, item_id, title, price, currency, image, url, facts, availability, search,
    digest)
  values (p_site, p_item ->> 'id', p_item ->> 'title', (p_item ->> 'price')::numeric, p_item ->> 'currency',
    p_item ->> 'image', p_item ->> 'url', coalesce(p_item -> 'facts', '[]'), p_item ->> 'availability',
    private.search_vector(p_item ->> 'title', v_facts),
    private.digest_to_embed('item', private.text_to_embed(p_item ->> 'title', null, v_facts)))
  on conflict (site_id, item_id) do update set
    title = excluded.title, price = excluded.price, currency = excluded.currency, image = excluded.image,
    url = excluded.url, facts = excluded.facts, availability = excluded.availability, search = excluded.search,
    digest = excluded.digest, updated_at = now()
  returning * into v_new;
  return case when v_old is null then 'added' else 'changed' end;
end
$$;

-- As before, but what stays a passage stays a row: a deleted one would take its embedding along.
create or replace function private.put_document(p_site uuid, p_by text, p_document jsonb, p_passages jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_document public.knowledge_documents;
begin
  insert into public.knowledge_documents as d (site_id, slug, locale, title, body, updated_by)
  values (p_site, p_document ->> 'slug', p_document ->> 'locale', p_document ->> 'title', p_document ->> 'body', p_by)
  on conflict (site_id, slug, locale) do update set
    title = excluded.title, body = excluded.body, updated_by = excluded.updated_by, updated_at = now()
  returning * into v_document;
  insert into public.knowledge_passages as p (document_id, site_id, ordinal, heading, body, search, digest)
  select v_document.id, p_site, n.ordinality, n.value ->> 'heading', n.value ->> 'body',
    private.search_vector(coalesce(nullif(n.value ->> 'heading', ''), v_document.title),
      v_document.title || '. ' || (n.value ->> 'body')),
    private.digest_to_embed('passage',
      private.text_to_embed(v_document.title, n.value ->> 'heading', n.value ->> 'body'))
  from jsonb_array_elements(p_passages) with ordinality n
  on conflict (document_id, ordinal) do update set
    heading = excluded.heading, body = excluded.body, search = excluded.search, digest = excluded.digest;
  delete from public.knowledge_passages p
  where p.site_id = p_site and p.document_id = v_document.id and p.ordinal > jsonb_array_length(p_passages);
  return private.document_json(v_document, true);
end
$$;

alter table public.work_usage drop constraint work_usage_purpose_check;
alter table public.work_usage add constraint work_usage_purpose_check
  check (purpose in ('playground', 'replay', 'evaluation', 'suggestion', 'summary', 'embeddings'));
