-- An index that begins with site_id and is newer than a key is taken for it while a table is empty, and a plan made then
-- stays: an import of 20,000 items read a site's whole catalogue for each of them.

drop index public.knowledge_items_digest;
create index knowledge_items_digest on public.knowledge_items (digest, site_id);
drop index public.knowledge_passages_digest;
create index knowledge_passages_digest on public.knowledge_passages (digest, site_id);
