-- Who embeds claims texts of one site under a lease, asks the model with no lock held, and says how it went.

-- Queues what the model has not embedded yet, at most 5,000 texts; how many it queued. Vectors of a model that nobody uses
-- any more are kept for a week, so that who tries another one, or updates server by server, does not pay twice.
create function private.queue_embeddings(p_model text) returns int
language plpgsql volatile
set search_path = ''
as $$
declare
  v_queued int;
begin
  insert into public.knowledge_embeddings (site_id, digest, model)
  select t.site_id, t.digest, p_model
  from (
    select i.site_id, i.digest from public.knowledge_items i
    union
    select p.site_id, p.digest from public.knowledge_passages p
  ) t
  join public.sites s on s.id = t.site_id and s.disabled_at is null
  where not exists (
    select from public.knowledge_embeddings e
    where e.site_id = t.site_id and e.digest = t.digest and e.model = p_model)
  limit 5000
  on conflict do nothing;
  get diagnostics v_queued = row_count;
  if v_queued = 0 then
    delete from public.knowledge_embeddings e
    where e.model <> p_model and coalesce(e.embedded_at, e.created_at) < now() - interval '7 days';
  end if;
  return v_queued;
end
$$;

-- Texts of one site to be embedded, those that have waited longest: {ready, queued, site, texts: [{digest, text, attempts}]}. `ready`
-- false: there are no vectors in this database. With p_look it looks for new texts now, else when nobody has for a while.
create function public.claim_embeddings(p_model text, p_limit int, p_lease_seconds int, p_look boolean default false)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_queued int := 0;
  v_site uuid;
  v_texts jsonb;
begin
  if private.vector_schema() is null then
    return jsonb_build_object('ready', false, 'queued', 0, 'site', null, 'texts', '[]'::jsonb);
  end if;
  -- Held by nobody in particular: a clock for all processes together.
  if private.hold_job('knowledge.look', private.new_id()::text, 45) or p_look then
    v_queued := private.queue_embeddings(p_model);
  end if;
  select e.site_id into v_site
  from public.knowledge_embeddings e
  where e.model = p_model and e.embedded_at is null and e.due_at <= clock_timestamp()
  order by e.due_at limit 1;
  with mine as (
    select e.site_id, e.digest, e.model
    from public.knowledge_embeddings e
    where e.model = p_model and e.embedded_at is null and e.due_at <= clock_timestamp() and e.site_id = v_site
    order by e.due_at, e.digest
    limit least(greatest(p_limit, 1), 500)
    for update skip locked
  ), claimed as (
    update public.knowledge_embeddings e
    set attempts = e.attempts + 1, due_at = clock_timestamp() + make_interval(secs => p_lease_seconds)
    from mine m
    where e.site_id = m.site_id and e.digest = m.digest and e.model = m.model
    returning e.digest, e.attempts
  )
  select jsonb_agg(jsonb_build_object('digest', c.digest, 'text', t.text, 'attempts', c.attempts) order by c.digest)
  into v_texts
  from claimed c
  cross join lateral (
    (select private.text_to_embed(i.title, null, private.facts_text(i.facts)) as text
     from public.knowledge_items i where i.site_id = v_site and i.digest = c.digest limit 1)
    union all
    (select private.text_to_embed(d.title, p.heading, p.body)
     from public.knowledge_passages p
     join public.knowledge_documents d on d.site_id = p.site_id and d.id = p.document_id
     where p.site_id = v_site and p.digest = c.digest limit 1)
    limit 1
  ) t;
  return jsonb_build_object('ready', true, 'queued', v_queued, 'site', v_site, 'texts', coalesce(v_texts, '[]'));
end
$$;

-- How it went. p_done: [{digest, vector}]; a text that has gone meanwhile leaves none. p_failed: [{digest, failure,
-- retry_seconds}].
create function public.settle_embeddings(p_site uuid, p_model text, p_done jsonb, p_failed jsonb default '[]') returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_schema text := private.vector_schema();
  v_kept text[];
begin
  update public.knowledge_embeddings e
  set failure = f.failure,
    due_at = clock_timestamp() + make_interval(secs => f.retry_seconds)
  from jsonb_to_recordset(p_failed) f (digest text, failure text, retry_seconds double precision)
  where e.site_id = p_site and e.model = p_model and e.digest = f.digest and e.embedded_at is null;
  if v_schema is null then
    return jsonb_build_object('stored', 0);
  end if;
  with kept as (
    update public.knowledge_embeddings e
    set embedded_at = clock_timestamp(), failure = null
    from jsonb_array_elements(p_done) n
    where e.site_id = p_site and e.model = p_model and e.digest = n ->> 'digest' and e.embedded_at is null
    returning e.digest
  )
  select array_agg(k.digest) into v_kept from kept k;
  execute format('insert into public.knowledge_vectors (site_id, model, digest, embedding)
    select $1, $2, n ->> ''digest'', (n ->> ''vector'')::%I.vector
    from jsonb_array_elements($3) n where n ->> ''digest'' = any ($4)
    on conflict (site_id, model, digest) do update set embedding = excluded.embedding', v_schema)
  using p_site, p_model, p_done, v_kept;
  return jsonb_build_object('stored', coalesce(cardinality(v_kept), 0));
end
$$;

-- Whether vectors can be kept here: `vectors` now, `available` if somebody who may calls private.enable_vectors.
create function public.vector_state() returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'vectors', private.vector_schema() is not null,
    'available', exists (select from pg_available_extensions a where a.name = 'vector'));
end
$$;

-- How far a site's texts are embedded by a model (null: none is configured), for whoever tends its knowledge.
create function public.embedding_progress(p_site uuid, p_staff uuid, p_model text default null) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_editor(p_site, p_staff);
  return (
    select jsonb_build_object(
      'vectors', private.vector_schema() is not null,
      'total', (
        select count(*) from (
          select i.digest from public.knowledge_items i where i.site_id = p_site
          union
          select p.digest from public.knowledge_passages p where p.site_id = p_site) t),
      'embedded', count(*) filter (where e.embedded_at is not null),
      'failed', count(*) filter (where e.failure is not null),
      'failure', max(e.failure))
    from public.knowledge_embeddings e where e.site_id = p_site and e.model = p_model);
end
$$;

-- Which sites can be searched by meaning with this model: asked by every worker into a short-lived cache.
create function public.sites_with_vectors(p_model text) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_sites jsonb;
begin
  if private.vector_schema() is null then
    return '[]';
  end if;
  select coalesce(jsonb_agg(s.id), '[]') into v_sites
  from public.sites s
  where s.disabled_at is null
    and exists (select from public.knowledge_vectors v where v.site_id = s.id and v.model = p_model);
  return v_sites;
end
$$;
