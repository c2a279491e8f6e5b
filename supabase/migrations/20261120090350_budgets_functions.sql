-- Token budgets: reserved before a turn, settled after it, never overdrawn by turns side by side.

-- Reserves tokens for one turn against the session and the site's day; returns the budget that is spent, or null.
-- The conditional updates are what makes 200 parallel turns keep to the limit: nothing is checked first and written later.
create function private.reserve_tokens(
  p_site uuid, p_session uuid, p_tokens int, p_session_budget bigint, p_site_day_budget bigint
) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  v_today date := (now() at time zone 'UTC')::date;
begin
  if p_tokens = 0 then
    return null;
  end if;
  update public.webchat_sessions s set tokens_reserved = s.tokens_reserved + p_tokens
  where s.site_id = p_site and s.id = p_session
    and (p_session_budget = 0 or s.tokens_used + s.tokens_reserved + p_tokens <= p_session_budget);
  if not found then
    return 'session';
  end if;
  if p_site_day_budget > 0 and p_tokens > p_site_day_budget then
    update public.webchat_sessions s set tokens_reserved = s.tokens_reserved - p_tokens
    where s.site_id = p_site and s.id = p_session;
    return 'site_day';
  end if;
  insert into public.site_usage as u (site_id, day, reserved)
  values (p_site, v_today, p_tokens)
  on conflict (site_id, day) do update set reserved = u.reserved + p_tokens
    where p_site_day_budget = 0 or u.used + u.reserved + p_tokens <= p_site_day_budget;
  if not found then
    update public.webchat_sessions s set tokens_reserved = s.tokens_reserved - p_tokens
    where s.site_id = p_site and s.id = p_session;
    return 'site_day';
  end if;
  return null;
end
$$;

create function private.settle_tokens(p_turn public.turns, p_used int) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if p_turn.tokens_reserved = 0 and p_used = 0 then
    return;
  end if;
  update public.webchat_sessions s
  set tokens_reserved = greatest(s.tokens_reserved - p_turn.tokens_reserved, 0), tokens_used = s.tokens_used + p_used
  where s.site_id = p_turn.site_id and s.id = p_turn.webchat_session;
  update public.site_usage u
  set reserved = greatest(u.reserved - p_turn.tokens_reserved, 0), used = u.used + p_used
  where u.site_id = p_turn.site_id and u.day = p_turn.reserved_on;
end
$$;
