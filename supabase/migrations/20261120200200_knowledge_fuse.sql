-- One search for words and meaning. Without a vector it is the search by words, as it was.

-- The texts of a site that are nearest to a vector, at most p_limit of each kind, by cosine similarity and none below
-- p_least. Exact: over thousands of vectors that is milliseconds, and another site's never crowd out the site's own.
create function private.nearest_texts(p_site uuid, p_model text, p_vector text, p_least double precision, p_limit int)
returns table (digest text, similarity double precision)
language plpgsql stable
set search_path = ''
as $$
declare
  v_schema text := private.vector_schema();
begin
  if v_schema is null then
    return;
  end if;
  -- Vectors of another length cannot be compared: a server that changed its model under the same name must not break
  -- the search. What is not a number is above every number, hence the upper bound.
  return query execute format($query$
    select r.digest, r.similarity
    from (
      select n.*, row_number() over (partition by left(n.digest, 1) order by n.similarity desc, n.digest) as place
      from (
        select v.digest,
          case when %1$I.vector_dims(v.embedding) = %1$I.vector_dims(asked.vector)
            then 1 - (v.embedding operator(%1$I.<=>) asked.vector) end as similarity
        from public.knowledge_vectors v, (select $3::%1$I.vector as vector) asked
        where v.site_id = $1 and v.model = $2
      ) n
      where n.similarity between $4 and 1.01
    ) r
    where r.place <= $5$query$, v_schema)
  using p_site, p_model, p_vector, p_least, p_limit;
end
$$;

-- Both searches' answers in one order, by reciprocal rank fusion: what stands high in either list stands high, and what both
-- have stands higher. 60 is the constant of the paper (Cormack, Clarke, Büttcher: SIGIR 2009). `near` is the similarity.
create function private.search_fused(p_site uuid, p_query text, p_locale text, p_item text, p_limit int, p_vector text,
  p_model text, p_least double precision)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_listed constant int := 40;
  v_words text[] := tsvector_to_array(private.stems(p_locale, left(p_query, 2000)));
  v_query tsquery := private.any_of(v_words);
  v_digests text[];
  v_similar double precision[];
begin
  select array_agg(n.digest), array_agg(n.similarity) into v_digests, v_similar
  from private.nearest_texts(p_site, p_model, p_vector, p_least, v_listed) n;
  return jsonb_build_object(
    'words', to_jsonb(v_words),
    'items', (
      with worded as (
        select w.item_id, row_number() over (order by w.named desc, w.rank desc, w.item_id) as place
        from (
          select i.item_id, ts_rank(i.search, v_query) as rank,
            cardinality(array(select w from unnest(v_words) w
              where w = any (tsvector_to_array(ts_filter(i.search, '{a}'))))) as named
          from public.knowledge_items i
          where i.site_id = p_site and i.search @@ v_query
          order by named desc, rank desc, i.item_id
          limit v_listed
        ) w
      ), meant as (
        select i.item_id, n.similarity, row_number() over (order by n.similarity desc, i.item_id) as place
        from unnest(v_digests, v_similar) n (digest, similarity)
        join public.knowledge_items i on i.site_id = p_site and i.digest = n.digest
      ), listed as (
        select item_id, coalesce(1.0 / (60 + w.place), 0) + coalesce(1.0 / (60 + m.place), 0) as score, m.similarity
        from worded w full join meant m using (item_id)
      ), found as (
        select i as item, i.item_id is not distinct from p_item as current, coalesce(l.score, 0) as score, l.similarity,
          array(select w from unnest(v_words) w
            where w = any (tsvector_to_array(ts_filter(i.search, '{a}'))) order by w) as named
        from public.knowledge_items i
        left join listed l on l.item_id = i.item_id
        where i.site_id = p_site and i.item_id = any (array(select item_id from listed) || p_item)
        order by current desc, score desc, cardinality(array(select w from unnest(v_words) w
          where w = any (tsvector_to_array(ts_filter(i.search, '{a}'))))) desc, i.item_id
        limit p_limit
      )
      select coalesce(jsonb_agg(private.item_json(f.item)
        || jsonb_build_object('named', to_jsonb(f.named), 'near', round(f.similarity::numeric, 3))
        order by f.current desc, f.score desc, cardinality(f.named) desc, (f.item).item_id), '[]')
      from found f),
    'passages', (
      with worded as (
        select w.document_id, w.ordinal,
          row_number() over (order by w.score desc, w.slug, w.ordinal) as place
        from (
          select p.document_id, p.ordinal, d.slug,
            ts_rank(p.search, v_query) * case when d.locale = p_locale then 1.0 else 0.4 end as score
          from public.knowledge_passages p
          join public.knowledge_documents d on d.site_id = p.site_id and d.id = p.document_id
          where p.site_id = p_site and p.search @@ v_query
          order by score desc, d.slug, p.ordinal
          limit v_listed
        ) w
      ), meant as (
        -- Of a text and its translation, which mean the same, the visitor's own language first.
        select p.document_id, p.ordinal, n.similarity, row_number() over (
          order by n.similarity * case when d.locale = p_locale then 1.0 else 0.9 end desc, d.slug, p.ordinal) as place
        from unnest(v_digests, v_similar) n (digest, similarity)
        join public.knowledge_passages p on p.site_id = p_site and p.digest = n.digest
        join public.knowledge_documents d on d.site_id = p.site_id and d.id = p.document_id
      ), listed as (
        select document_id, ordinal, coalesce(1.0 / (60 + w.place), 0) + coalesce(1.0 / (60 + m.place), 0) as score,
          m.similarity
        from worded w full join meant m using (document_id, ordinal)
        order by score desc, document_id, ordinal
        limit p_limit
      )
      select coalesce(jsonb_agg(jsonb_build_object(
        'document', d.slug, 'title', d.title, 'locale', d.locale, 'heading', p.heading, 'body', p.body,
        'headed', to_jsonb(array(select w from unnest(v_words) w
          where w = any (tsvector_to_array(ts_filter(p.search, '{a}'))) order by w)),
        'matched', (select count(*) from unnest(v_words) w where w = any (tsvector_to_array(p.search))),
        'near', round(l.similarity::numeric, 3))
        order by l.score desc, d.slug, p.ordinal), '[]')
      from listed l
      join public.knowledge_passages p on p.site_id = p_site and p.document_id = l.document_id and p.ordinal = l.ordinal
      join public.knowledge_documents d on d.site_id = p.site_id and d.id = p.document_id));
end
$$;

drop function public.search_knowledge(uuid, text, text, text, int);
-- As before. With p_vector, the query as p_model embeds it, also what means the same in other words or another language.
create function public.search_knowledge(p_site uuid, p_query text, p_locale text default 'es', p_item text default null,
  p_limit int default 5, p_vector text default null, p_model text default null, p_least double precision default 0)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_limit int := least(greatest(p_limit, 1), 20);
  v_words text[];
  v_query tsquery;
begin
  if p_vector is not null then
    return private.search_fused(p_site, p_query, p_locale, p_item, v_limit, p_vector, p_model, p_least);
  end if;
  v_words := tsvector_to_array(private.stems(p_locale, left(p_query, 2000)));
  v_query := private.any_of(v_words);
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

-- A Supabase project has pgvector and no other hand to set it up: `supabase db push` is all that is run there.
do $$
begin
  if to_regnamespace('extensions') is not null then
    perform private.enable_vectors();
  end if;
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
