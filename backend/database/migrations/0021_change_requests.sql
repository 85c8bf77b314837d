-- Closing a gold plan with four eyes (product.md M10, M22): one member of staff asks, another decides.

create table change_requests (
  sp_mchid text collate "C" not null,
  id uuid primary key,
  sub_mchid text collate "C" not null,
  kind text not null check (kind in ('gold_plan.close')),
  scene text not null check (scene in ('jsapi')),
  reason text not null check (reason <> ''),
  requested_by text not null references staff,
  -- the WeChat account that asked: whoever comes back with it as somebody else decides nothing either
  requested_openid text,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  status text not null check (status in ('pending', 'approved', 'rejected', 'cancelled', 'expired', 'executed', 'failed')),
  decided_by text references staff,
  decided_at timestamptz,
  comment text,
  -- of an approved one: the write that carries it out, or when it is tried (again)
  operation_id uuid references operations,
  try_at timestamptz,
  -- why it failed
  code text,
  ended_at timestamptz,
  foreign key (sp_mchid, sub_mchid) references sub_merchants,
  check (decided_by is distinct from requested_by),
  check ((decided_by is null) = (decided_at is null)),
  check (decided_by is not null or status in ('pending', 'cancelled', 'expired')),
  check ((ended_at is null) = (status in ('pending', 'approved'))),
  check (expires_at > requested_at)
);
-- one at a time
create unique index change_requests_open on change_requests (sp_mchid, sub_mchid) where status in ('pending', 'approved');
create unique index change_requests_of_operation on change_requests (operation_id) where operation_id is not null;
create index change_requests_by_time on change_requests (sp_mchid, requested_at desc, id desc);
create index change_requests_of_merchant on change_requests (sp_mchid, sub_mchid, requested_at desc, id desc);
create index change_requests_under_way on change_requests (sp_mchid, status, requested_at desc, id desc) where status in ('pending', 'approved');

-- What was asked stays as it was asked, what was decided as it was decided, and what has ended stays ended: also for whoever holds the program's login.
create function keep_change_request() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not (
    new.status = old.status and old.ended_at is null
    or old.status = 'pending' and new.status in ('approved', 'rejected', 'cancelled', 'expired')
    or old.status = 'approved' and new.status in ('executed', 'failed', 'expired')
  ) then
    raise exception 'a change request goes from % to nowhere near %', old.status, new.status using errcode = 'check_violation';
  end if;
  if old.decided_by is not null and (new.decided_by, new.decided_at, new.comment) is distinct from (old.decided_by, old.decided_at, old.comment) then
    raise exception 'a decision stays as it was made' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger keep_change_request before update on change_requests for each row execute function keep_change_request();

grant select, insert on change_requests to goldplan_app;
grant update (status, decided_by, decided_at, comment, operation_id, try_at, code, ended_at) on change_requests to goldplan_app;
grant execute on function keep_change_request() to goldplan_app;
