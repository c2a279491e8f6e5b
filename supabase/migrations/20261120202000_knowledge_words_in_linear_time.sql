-- PostgreSQL's word parser looks for addresses, hosts and file names, and starts over at each sign that may join one:
-- a text of 200,000 characters made of `_a`, `a@1`, `~/` or `/.` held a connection for minutes. Apart, these signs
-- join nothing: an address is found by its words.

create or replace function private.stems(p_locale text, p_text text) returns tsvector
language plpgsql immutable parallel safe
set search_path = ''
as $$
declare
  v_text text := translate(private.fold(p_text), '_@~/', '    ');
begin
  return case p_locale
    when 'en' then to_tsvector('pg_catalog.english', v_text)
    when 'pt' then to_tsvector('pg_catalog.portuguese', v_text)
    else to_tsvector('pg_catalog.spanish', v_text) end;
end
$$;

-- What is kept is found by the same words as what is asked.
update public.knowledge_passages p
set search = private.search_vector(coalesce(nullif(p.heading, ''), d.title), d.title || '. ' || p.body)
from public.knowledge_documents d
where d.id = p.document_id and d.site_id = p.site_id and p.heading || d.title || p.body ~ '[_@~/]';

update public.knowledge_items i
set search = private.search_vector(i.title, coalesce((
  select string_agg(f, '. ') from jsonb_array_elements_text(i.facts) f), ''))
where i.title || i.facts::text ~ '[_@~/]';
