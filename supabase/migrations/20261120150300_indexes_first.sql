-- Plans are made once per connection, and the first ones while the tables are empty. Then all indexes look alike, and of
-- those that look alike PostgreSQL takes the newest: one that begins with the site, and reads all of its rows to find the
-- one whose id was named, until a minute later the tables are analysed for the first time. The indexes by which a turn
-- finds its rows are made anew, so that they are the newest; nothing else about them changes.

alter table public.conversaciones drop constraint conversaciones_pkey, add constraint conversaciones_pkey primary key (id);
alter table public.webchat_sessions drop constraint webchat_sessions_pkey, add constraint webchat_sessions_pkey primary key (id);
alter table public.leads drop constraint leads_pkey, add constraint leads_pkey primary key (conversacion_id);

drop index public.conversaciones_contacto;
create index conversaciones_contacto on public.conversaciones (contacto_id);
