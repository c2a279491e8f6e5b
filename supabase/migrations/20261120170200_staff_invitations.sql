-- Who was asked to join and has not yet: listed for admins, and withdrawn. One that expired stays for a month, to be sent
-- again: the newest invitation of an e-mail is the one that counts, as before.

create function public.list_invitations(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', l.id, 'email', l.email, 'name', l.name, 'role', l.role,
      'created_at', private.iso(l.created_at), 'expires_at', private.iso(l.expires_at), 'expired', l.expires_at <= now(),
      'invited_by', (select s.name from public.staff s where s.id::text = l.created_by)) order by l.created_at desc, l.id), '[]')
    from public.staff_links l
    where l.site_id = p_site and l.purpose = 'invite' and l.used_at is null
      and l.expires_at > now() - interval '30 days'
      and not exists (
        select from public.staff_sites i join public.staff s on s.id = i.staff_id
        where i.site_id = p_site and s.email = l.email));
end
$$;

-- Its link opens nothing from now on, and a mail with it that has not left yet is not sent.
create function public.withdraw_invitation(p_site uuid, p_staff uuid, p_invitation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  update public.staff_links l set used_at = now()
  where l.site_id = p_site and l.id = p_invitation and l.purpose = 'invite' and l.used_at is null;
  if not found then
    raise sqlstate 'PT404' using message = 'staff.invitation_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'staff.invitation_withdrawn', p_invitation::text);
  return jsonb_build_object('withdrawn', true);
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('list_invitations', 'withdraw_invitation')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
