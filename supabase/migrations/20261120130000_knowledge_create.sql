-- What the assistant may state as fact: a catalogue of items and documents of each site, and the search over both.
-- Words are compared without accents. Every text is indexed in the three languages at once, so that a question in any of
-- them finds it; nothing here needs an extension.

create table public.knowledge_items (
  site_id uuid not null references public.sites,
  -- The site's own id of the item, as its pages and its feed name it.
  item_id text not null check (length(item_id) between 1 and 200),
  title text not null check (length(title) between 1 and 200),
  price numeric(17, 2) check (price >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  image text,
  url text,
  facts jsonb not null default '[]' check (jsonb_typeof(facts) = 'array'),
  availability text check (availability in ('available', 'reserved', 'sold', 'on_order')),
  search tsvector not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (site_id, item_id)
);
create index knowledge_items_search on public.knowledge_items using gin (search);

create table public.knowledge_documents (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
  locale text not null check (locale in ('es', 'en', 'pt')),
  title text not null check (length(title) between 1 and 200),
  body text not null check (length(body) between 1 and 200000),
  updated_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (site_id, slug, locale),
  unique (site_id, id)
);

-- A document in the pieces that are found and quoted: one heading with what stands under it.
create table public.knowledge_passages (
  document_id uuid not null,
  site_id uuid not null,
  ordinal int not null,
  heading text not null,
  body text not null,
  search tsvector not null,
  primary key (document_id, ordinal),
  foreign key (site_id, document_id) references public.knowledge_documents (site_id, id) on delete cascade
);
create index knowledge_passages_search on public.knowledge_passages using gin (search);
create index knowledge_passages_site on public.knowledge_passages (site_id, document_id);

do $$
declare
  t text;
begin
  foreach t in array array['knowledge_items', 'knowledge_documents', 'knowledge_passages'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('revoke all on public.%I from public, anon, authenticated, service_role', t);
    execute format('grant select, insert, update, delete on public.%I to service_role', t);
  end loop;
end
$$;

-- Lower case, without the accents that people leave out.
create function private.fold(p_text text) returns text
language sql immutable parallel safe
set search_path = ''
as $$
  select translate(lower(p_text), 'áàâãäåéèêëíìîïóòôõöúùûüñçýÿ', 'aaaaaaeeeeiiiiooooouuuuncyy')
$$;

-- The words of a text as one language stems them.
create function private.stems(p_locale text, p_text text) returns tsvector
language sql immutable parallel safe
set search_path = ''
as $$
  select case p_locale
    when 'en' then to_tsvector('pg_catalog.english', private.fold(p_text))
    when 'pt' then to_tsvector('pg_catalog.portuguese', private.fold(p_text))
    else to_tsvector('pg_catalog.spanish', private.fold(p_text)) end
$$;

-- Weight A is what a thing is called, C what is said about it.
create function private.search_vector(p_called text, p_said text) returns tsvector
language sql immutable parallel safe
set search_path = ''
as $$
  select setweight(private.stems('es', p_called) || private.stems('en', p_called) || private.stems('pt', p_called), 'A')
    || setweight(private.stems('es', p_said) || private.stems('en', p_said) || private.stems('pt', p_said), 'C')
$$;

-- Any of the words, however the visitor quoted them: no text of theirs is ever read as a query.
create function private.any_of(p_words text[]) returns tsquery
language sql immutable parallel safe
set search_path = ''
as $$
  select string_agg('''' || replace(replace(w, '\', '\\'), '''', '''''') || '''', ' | ')::tsquery from unnest(p_words) w
$$;

-- Knowledge is marketing's and the admins'.
create function private.access_editor(p_site uuid, p_staff uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if (private.access_member(p_site, p_staff)).role not in ('marketing', 'admin') then
    raise sqlstate 'PT403' using message = 'staff.role';
  end if;
end
$$;

create function private.item_json(p_item public.knowledge_items) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_item.item_id, 'title', p_item.title, 'price', p_item.price, 'currency', p_item.currency,
    'image', p_item.image, 'url', p_item.url, 'facts', p_item.facts, 'availability', p_item.availability,
    'updated_at', private.iso(p_item.updated_at))
$$;

create function private.document_json(p_document public.knowledge_documents, p_body boolean) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'slug', p_document.slug, 'locale', p_document.locale, 'title', p_document.title,
    'length', length(p_document.body), 'updated_at', private.iso(p_document.updated_at))
    || case when p_body then jsonb_build_object('body', p_document.body) else '{}' end
$$;

-- What is known about a question: the item that is being talked about (p_item), items whose names are in it, and passages
-- that share words with it. `named` and `headed` are the words that were found in a title; `words` is what was looked for.
create function public.search_knowledge(p_site uuid, p_query text, p_locale text default 'es', p_item text default null,
  p_limit int default 5)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_limit int := least(greatest(p_limit, 1), 20);
  v_words text[] := tsvector_to_array(private.stems(p_locale, left(p_query, 2000)));
  v_query tsquery := private.any_of(v_words);
begin
  return jsonb_build_object(
    'words', to_jsonb(v_words),
    'items', (
      select coalesce(jsonb_agg(private.item_json(found.item) || jsonb_build_object('named', to_jsonb(found.named))
        order by found.current desc, cardinality(found.named) desc, found.rank desc, (found.item).item_id), '[]')
      from (
        select i as item, i.item_id is not distinct from p_item as current, coalesce(ts_rank(i.search, v_query), 0) as rank,
          array(select w from unnest(v_words) w
            where w = any (tsvector_to_array(ts_filter(i.search, '{a}'))) order by w) as named
        from public.knowledge_items i
        where i.site_id = p_site and (i.search @@ v_query or i.item_id = p_item)
        order by 2 desc, cardinality(array(select w from unnest(v_words) w
            where w = any (tsvector_to_array(ts_filter(i.search, '{a}'))))) desc, 3 desc, i.item_id
        limit v_limit
      ) found),
    'passages', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'document', found.slug, 'title', found.title, 'locale', found.locale, 'heading', found.heading,
        'body', found.body, 'headed', to_jsonb(found.headed), 'matched', found.matched)
        order by found.score desc, found.slug, found.ordinal), '[]')
      from (
        select d.slug, d.title, d.locale, p.heading, p.body, p.ordinal,
          array(select w from unnest(v_words) w
            where w = any (tsvector_to_array(ts_filter(p.search, '{a}'))) order by w) as headed,
          (select count(*) from unnest(v_words) w where w = any (tsvector_to_array(p.search))) as matched,
          -- The visitor's own language first; another one is better than nothing.
          ts_rank(p.search, v_query) * case when d.locale = p_locale then 1.0 else 0.4 end as score
        from public.knowledge_passages p
        join public.knowledge_documents d on d.site_id = p.site_id and d.id = p.document_id
        where p.site_id = p_site and p.search @@ v_query
        order by score desc, d.slug, p.ordinal
        limit v_limit
      ) found));
end
$$;

-- Which sites know anything at all: read by every worker into a short-lived cache, so that the others pay nothing.
create function public.sites_with_knowledge() returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(s.id), '[]')
  from public.sites s
  where s.disabled_at is null
    and (exists (select from public.knowledge_items i where i.site_id = s.id)
      or exists (select from public.knowledge_documents d where d.site_id = s.id))
$$;

create function private.put_item(p_site uuid, p_item jsonb) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old jsonb;
  v_new public.knowledge_items;
begin
  select private.item_json(i) - 'updated_at' into v_old
  from public.knowledge_items i where i.site_id = p_site and i.item_id = p_item ->> 'id' for update;
  if v_old = p_item then
    return 'unchanged';
  end if;
  insert into public.knowledge_items as i (site_id, item_id, title, price, currency, image, url, facts, availability, search)
  values (p_site, p_item ->> 'id', p_item ->> 'title', (p_item ->> 'price')::numeric, p_item ->> 'currency',
    p_item ->> 'image', p_item ->> 'url', coalesce(p_item -> 'facts', '[]'), p_item ->> 'availability',
    private.search_vector(p_item ->> 'title', coalesce((
      select string_agg(f, '. ') from jsonb_array_elements_text(p_item -> 'facts') f), '')))
  on conflict (site_id, item_id) do update set
    title = excluded.title, price = excluded.price, currency = excluded.currency, image = excluded.image,
    url = excluded.url, facts = excluded.facts, availability = excluded.availability, search = excluded.search,
    updated_at = now()
  returning * into v_new;
  return case when v_old is null then 'added' else 'changed' end;
end
$$;

-- `p_items`: complete items, each id once. With p_replace what is not among them goes.
create function public.import_items(p_site uuid, p_staff uuid, p_items jsonb, p_replace boolean default false)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_done jsonb := '{"added": 0, "changed": 0, "unchanged": 0}';
  v_item jsonb;
  v_what text;
  v_removed int := 0;
begin
  perform private.access_editor(p_site, p_staff);
  if p_replace then
    delete from public.knowledge_items i
    where i.site_id = p_site and not exists (
      select from jsonb_array_elements(p_items) n where n ->> 'id' = i.item_id);
    get diagnostics v_removed = row_count;
  end if;
  -- In one order, so that two imports wait for each other instead of locking each other out.
  for v_item in select n from jsonb_array_elements(p_items) n order by n ->> 'id' loop
    v_what := private.put_item(p_site, v_item);
    v_done := jsonb_set(v_done, array[v_what], to_jsonb((v_done ->> v_what)::int + 1));
  end loop;
  v_done := v_done || jsonb_build_object('removed', v_removed);
  if (select count(*) from public.knowledge_items i where i.site_id = p_site) > 20000 then
    raise sqlstate 'PT422' using message = 'knowledge.too_many', detail = 'a site has at most 20000 items';
  end if;
  perform private.audit(p_site, p_staff::text, 'knowledge.imported', null, v_done);
  return v_done;
end
$$;

create function public.list_items(p_site uuid, p_staff uuid, p_text text default null, p_after text default null,
  p_limit int default 50)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_limit int := least(greatest(p_limit, 1), 200);
  v_rows jsonb;
begin
  perform private.access_editor(p_site, p_staff);
  select coalesce(jsonb_agg(private.item_json(i) order by i.item_id), '[]') into v_rows
  from (
    select * from public.knowledge_items i
    where i.site_id = p_site and (p_after is null or i.item_id > p_after)
      and (p_text is null or position(private.fold(p_text) in private.fold(i.title || ' ' || i.item_id)) > 0)
    order by i.item_id limit v_limit + 1) i;
  return jsonb_build_object(
    'data', case when jsonb_array_length(v_rows) > v_limit then v_rows - v_limit else v_rows end,
    'next', case when jsonb_array_length(v_rows) > v_limit then v_rows -> (v_limit - 1) ->> 'id' end,
    'total', (select count(*) from public.knowledge_items i where i.site_id = p_site));
end
$$;

create function public.delete_item(p_site uuid, p_staff uuid, p_item text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_editor(p_site, p_staff);
  delete from public.knowledge_items i where i.site_id = p_site and i.item_id = p_item;
  if not found then
    raise sqlstate 'PT404' using message = 'knowledge.item_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'knowledge.item_deleted', p_item);
  return jsonb_build_object('deleted', true);
end
$$;

create function private.put_document(p_site uuid, p_by text, p_document jsonb, p_passages jsonb) returns jsonb
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
  delete from public.knowledge_passages p where p.site_id = p_site and p.document_id = v_document.id;
  insert into public.knowledge_passages (document_id, site_id, ordinal, heading, body, search)
  select v_document.id, p_site, n.ordinality, n.value ->> 'heading', n.value ->> 'body',
    private.search_vector(coalesce(nullif(n.value ->> 'heading', ''), v_document.title),
      v_document.title || '. ' || (n.value ->> 'body'))
  from jsonb_array_elements(p_passages) with ordinality n;
  return private.document_json(v_document, true);
end
$$;

create function public.save_document(p_site uuid, p_staff uuid, p_document jsonb, p_passages jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_editor(p_site, p_staff);
  if (select count(*) from public.knowledge_documents d where d.site_id = p_site) >= 500 then
    raise sqlstate 'PT422' using message = 'knowledge.too_many', detail = 'a site has at most 500 documents';
  end if;
  perform private.audit(p_site, p_staff::text, 'knowledge.document_saved', p_document ->> 'slug',
    jsonb_build_object('locale', p_document ->> 'locale'));
  return private.put_document(p_site, p_staff::text, p_document, p_passages);
end
$$;

create function public.list_documents(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_editor(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(private.document_json(d, false) order by d.slug, d.locale), '[]')
    from public.knowledge_documents d where d.site_id = p_site);
end
$$;

create function public.get_document(p_site uuid, p_staff uuid, p_slug text, p_locale text) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_document public.knowledge_documents;
begin
  perform private.access_editor(p_site, p_staff);
  select * into v_document from public.knowledge_documents d
  where d.site_id = p_site and d.slug = p_slug and d.locale = p_locale;
  if not found then
    raise sqlstate 'PT404' using message = 'knowledge.document_not_found';
  end if;
  return private.document_json(v_document, true);
end
$$;

create function public.delete_document(p_site uuid, p_staff uuid, p_slug text, p_locale text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_editor(p_site, p_staff);
  delete from public.knowledge_documents d where d.site_id = p_site and d.slug = p_slug and d.locale = p_locale;
  if not found then
    raise sqlstate 'PT404' using message = 'knowledge.document_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'knowledge.document_deleted', p_slug, jsonb_build_object('locale', p_locale));
  return jsonb_build_object('deleted', true);
end
$$;

-- The knowledge a site begins with: once in its life, however often and by however many workers it is offered.
create function public.seed_knowledge(p_site uuid, p_items jsonb, p_documents jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_item jsonb;
  v_document jsonb;
begin
  update public.sites s set settings = s.settings || '{"knowledge_seeded": true}'
  where s.id = p_site and not s.settings ? 'knowledge_seeded';
  if not found then
    return jsonb_build_object('seeded', false);
  end if;
  for v_item in select n from jsonb_array_elements(p_items) n loop
    perform private.put_item(p_site, v_item);
  end loop;
  for v_document in select n from jsonb_array_elements(p_documents) n loop
    perform private.put_document(p_site, 'system', v_document -> 'document', v_document -> 'passages');
  end loop;
  return jsonb_build_object('seeded', true);
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'private'
       or (n.nspname = 'public' and not exists (
             select from pg_depend d where d.objid = p.oid and d.deptype = 'e'))
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
