-- Eight guesses at somebody's password, from anywhere, shut the account out of signing in for a quarter of an hour:
-- whoever knows an e-mail could keep its owner out for good. An account is known now where it signed in before: what
-- is tried there counts for itself, what strangers try elsewhere does not.

alter table public.staff_throttle drop constraint staff_throttle_key_check;
alter table public.staff_throttle add constraint staff_throttle_key_check
  check (key ~ '^(email|address|known|tries):[0-9a-f]{64}$');

-- Of somebody at an address. Null without an address.
create function private.email_at(p_email text, p_address_hash text) returns text
language sql immutable
set search_path = ''
as $$
  select encode(sha256(convert_to(lower(p_email) || ' ' || p_address_hash, 'UTF8')), 'hex')
$$;

create or replace function public.begin_staff_sign_in(p_public_key text, p_email text, p_address_hash text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site public.sites := private.site_by_key(p_public_key);
  v_at text := private.email_at(p_email, p_address_hash);
  v_wait int;
begin
  if exists (select from public.staff_throttle t where t.key = 'known:' || v_at and t.window_ends > now()) then
    v_wait := private.throttle('tries:' || v_at, 8, interval '15 minutes');
  else
    v_wait := greatest(
      private.throttle('address:' || p_address_hash, 60, interval '15 minutes'),
      private.throttle(private.email_key(p_email), 8, interval '15 minutes'));
  end if;
  if v_wait is not null then
    raise sqlstate 'PT429' using message = 'staff.throttled', hint = v_wait::text;
  end if;
  return jsonb_build_object('site_id', v_site.id) || coalesce((
    select jsonb_build_object('staff_id', s.id, 'password_hash', s.password_hash)
    from public.staff s join public.staff_sites i on i.staff_id = s.id
    where s.email = lower(p_email) and i.site_id = v_site.id and i.disabled_at is null and s.disabled_at is null
      and s.password_hash is not null), '{"staff_id": null, "password_hash": null}');
end
$$;

drop function public.finish_staff_sign_in(uuid, uuid, text, text, text);

-- The password was right. Compared once more here: it may have been changed, or the account disabled, meanwhile.
create function public.finish_staff_sign_in(p_site uuid, p_staff uuid, p_password_hash text, p_token_hash text,
  p_new_hash text default null, p_address_hash text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_staff public.staff;
  v_in public.staff_sites := private.access_member(p_site, p_staff);
  v_session public.staff_sessions;
  v_at text;
begin
  update public.staff s set password_hash = coalesce(p_new_hash, s.password_hash)
  where s.id = p_staff and s.password_hash = p_password_hash and s.disabled_at is null
  returning * into v_staff;
  if not found then
    raise sqlstate 'PT401' using message = 'staff.wrong_credentials';
  end if;
  v_at := private.email_at(v_staff.email, p_address_hash);
  -- From a known address nothing is known of the others: what strangers tried stays counted against them.
  delete from public.staff_throttle t
  where t.key = 'tries:' || v_at or t.window_ends < now() - interval '1 day'
    or (t.key = private.email_key(v_staff.email) and not exists (
      select from public.staff_throttle k where k.key = 'known:' || v_at and k.window_ends > now()));
  if v_at is not null then
    insert into public.staff_throttle as t (key, attempts, window_ends)
    values ('known:' || v_at, 0, now() + interval '60 days')
    on conflict (key) do update set window_ends = excluded.window_ends;
  end if;
  delete from public.staff_sessions s
  where s.staff_id = p_staff and (s.expires_at < now() or s.revoked_at is not null);
  insert into public.staff_sessions (staff_id, token_hash) values (p_staff, p_token_hash) returning * into v_session;
  perform private.audit(p_site, p_staff::text, 'staff.signed_in', p_staff::text);
  return private.membership_json(v_staff, v_in) || jsonb_build_object(
    'session_id', v_session.id, 'expires_at', private.iso(v_session.expires_at),
    'site', (select private.site_json(t) from public.sites t where t.id = p_site));
end
$$;

revoke execute on function private.email_at(text, text) from public, anon, authenticated;
revoke execute on function public.finish_staff_sign_in(uuid, uuid, text, text, text, text) from public, anon, authenticated;
grant execute on function private.email_at(text, text) to service_role;
grant execute on function public.finish_staff_sign_in(uuid, uuid, text, text, text, text) to service_role;
