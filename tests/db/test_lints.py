"""What Supabase's database advisor would complain about, asked of the catalogue; each with a sample it must find.

After the advisor's own list ("splinter"). Left out: what needs Supabase's own services (auth, storage, queues,
GraphQL), what needs traffic (unused indexes, bloat), and 0008, row level security without a policy, which is what
design §3 wants.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.db.catalogue import Admin, undone

OURS = "n.nspname in ('public', 'private')"


@dataclass(frozen=True)
class Lint:
    """`finds` names each offender; `bad` makes one."""

    name: str
    finds: str
    bad: str


LINTS = [
    Lint(
        "0004 no primary key",
        f"""
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {OURS} and c.relkind in ('r', 'p')
          and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')
        """,
        "create table public.bad (id int)",
    ),
    Lint(
        "0007 policies on a table without row level security",
        f"""
        select c.relname from pg_policy p join pg_class c on c.oid = p.polrelid
        join pg_namespace n on n.oid = c.relnamespace where {OURS} and not c.relrowsecurity
        """,
        "create table public.bad (id int); create policy everybody on public.bad using (true)",
    ),
    Lint(
        "0009 two indexes alike",
        f"""
        select a.indexrelid::regclass::text from pg_index a
        join pg_index b on b.indrelid = a.indrelid and b.indexrelid > a.indexrelid
          and (b.indkey, b.indclass, b.indoption, b.indisunique) = (a.indkey, a.indclass, a.indoption, a.indisunique)
          and coalesce(pg_get_expr(b.indpred, b.indrelid), '') = coalesce(pg_get_expr(a.indpred, a.indrelid), '')
          and coalesce(pg_get_expr(b.indexprs, b.indrelid), '') = coalesce(pg_get_expr(a.indexprs, a.indrelid), '')
        join pg_class c on c.oid = a.indrelid join pg_namespace n on n.oid = c.relnamespace where {OURS}
        """,
        "create index bad1 on public.sites (name); create index bad2 on public.sites (name)",
    ),
    Lint(
        "0010 views that run as their owner",
        f"""
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {OURS} and c.relkind = 'v' and not exists (
          select from pg_options_to_table(c.reloptions) where option_name = 'security_invoker' and option_value::bool)
        """,
        "create view public.bad as select id from public.sites",
    ),
    Lint(
        "0011 functions whose search_path the caller chooses",
        f"""
        select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where {OURS} and not exists (select from unnest(p.proconfig) s where s = 'search_path=""')
        """,
        "create function public.bad() returns int language sql as 'select 1'",
    ),
    Lint(
        "0013 row level security is off",
        f"""
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {OURS} and c.relkind in ('r', 'p') and not c.relrowsecurity
        """,
        "create table public.bad (id int primary key)",
    ),
    Lint(
        "0014 extensions among our own things",
        f"select e.extname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where {OURS}",
        "update pg_extension set extnamespace = 'public'::regnamespace where extname = 'plpgsql'",
    ),
    Lint(
        "0015 and 0024 policies that let anybody in, or trust what users may write about themselves",
        f"""
        select p.polname from pg_policy p join pg_class c on c.oid = p.polrelid
        join pg_namespace n on n.oid = c.relnamespace
        where {OURS} and concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
          ~ '^true|user_metadata|raw_user_meta_data'
        """,
        "create policy bad on public.sites using (true)",
    ),
    Lint(
        "0016 and 0017 materialised views and foreign tables, which no policy protects",
        f"""
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {OURS} and c.relkind in ('m', 'f')
        """,
        "create materialized view public.bad as select id from public.sites",
    ),
    Lint(
        "0018 columns of types that an upgrade cannot carry over",
        f"""
        select a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
        join pg_namespace n on n.oid = c.relnamespace
        where {OURS} and a.attnum > 0 and not a.attisdropped and a.atttypid in (
          'regcollation'::regtype, 'regconfig'::regtype, 'regdictionary'::regtype, 'regnamespace'::regtype,
          'regoper'::regtype, 'regoperator'::regtype, 'regproc'::regtype, 'regprocedure'::regtype)
        """,
        "create table public.bad (id regproc primary key)",
    ),
    Lint(
        "0002 and 0021 views over, or references to, a schema auth",
        f"""
        select distinct c.relname from pg_depend d
        join pg_class target on target.oid = d.refobjid and d.refclassid = 'pg_class'::regclass
        join pg_namespace auth on auth.oid = target.relnamespace and auth.nspname = 'auth'
        left join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
        left join pg_constraint k on d.classid = 'pg_constraint'::regclass and k.oid = d.objid
        join pg_class c on c.oid = coalesce(r.ev_class, k.conrelid)
        join pg_namespace n on n.oid = c.relnamespace where {OURS}
        """,
        "create schema auth; create table auth.users (id int primary key);"
        "create view public.bad as select id from auth.users",
    ),
    Lint(
        "0023 and 0026 to 0029 anything that visitors' roles may read, or run with another's rights",
        f"""
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f')
          and (has_table_privilege('anon', c.oid, 'select') or has_table_privilege('authenticated', c.oid, 'select'))
        union all
        select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where {OURS} and p.prosecdef
        """,
        "create function public.bad() returns int language sql security definer set search_path = '' as 'select 1'",
    ),
    Lint(
        "0030 indexes that were never finished",
        f"""
        select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
        join pg_namespace n on n.oid = c.relnamespace where {OURS} and not i.indisvalid
        """,
        "create index bad on public.sites (name);"
        "update pg_index set indisvalid = false where indexrelid = 'public.bad'::regclass",
    ),
]


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.name)
def test_the_advisor_finds_nothing(admin: Admin, lint: Lint) -> None:
    assert admin.execute(lint.finds).fetchall() == []


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.name)
def test_the_advisor_finds_what_is_bad(admin: Admin, lint: Lint) -> None:
    with undone(admin):
        admin.execute(lint.bad)
        assert admin.execute(lint.finds).fetchall() != []
