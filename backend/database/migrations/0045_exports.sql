-- What the counters of 0044 are computed by, with bodies that are parsed now: they look no name up when they run, and plans still take them in.
create or replace function china_day(moment timestamptz) returns text language sql stable
  return to_char(moment at time zone interval '08:00', 'YYYY-MM-DD');
create or replace function receipt_ready_band(ms integer) returns text language sql immutable
  return case when ms is null then 'unmeasured' when ms <= 1000 then 'within_1s' when ms <= 3000 then 'within_3s' else 'over_3s' end;
create or replace function facets_of(state text, staff text, proof text, since timestamptz, ready_ms integer)
returns table (facet text, key text, migration_state text) language sql stable
begin atomic
  select 'state', '', state
  union all select 'staff', coalesce(staff, ''), state
  union all select 'proof', coalesce(proof, ''), state
  union all select 'since', china_day(since), state where state = 'verified' and since is not null
  union all select 'ready', receipt_ready_band(ready_ms), '';
end;
create or replace function days_of(sp text, mchid text, state text, created timestamptz)
returns table (key text, migration_state text, count bigint) language sql stable
begin atomic
  select china_day(created), coalesce((select from_state from merchant_state_moves where sp_mchid = sp and sub_mchid = mchid order by id limit 1), state), 1::bigint
  union all
  select day, moved.state, moved.change
  from merchant_state_moves, lateral (values (from_state, -1::bigint), (to_state, 1::bigint)) as moved(state, change)
  where sp_mchid = sp and sub_mchid = mchid;
end;

-- there is one row at most, or none, and nothing else to say of it
alter table merchant_history drop column only_one, add primary key (known_from);

-- Lists as files (product.md B03), made by the worker of any process in parts: a part and how far it is are written in one transaction, so whoever finds a
-- process dead goes on with the next part. Files stand here because any process must be able to give them.
create table exports (
  id uuid primary key,
  -- home number of the company
  sp_mchid text collate "C" not null references provider,
  kind text not null check (kind in ('merchants', 'audit')),
  format text not null check (format in ('csv', 'xlsx')),
  filter jsonb not null,
  language text not null check (language in ('zh-CN', 'en')),
  requested_by text not null references staff,
  -- role, regions and whether only own shops, as they were: a file holds what that scope saw
  scope text not null,
  requested_at timestamptz not null,
  request_id text not null,
  client text,
  status text not null check (status in ('queued', 'running', 'ready', 'stopped', 'cancelled', 'expired')),
  -- why it stopped before its end
  stop_code text,
  -- rows that there were when it was asked for; null: nobody keeps that number
  rows_expected bigint,
  rows bigint not null default 0,
  bytes bigint not null default 0,
  -- parts that are there, and where the next one begins
  parts integer not null default 0,
  after jsonb,
  -- of what an xlsx packs: checksum, and bytes before and after packing
  crc bigint not null default 0,
  unpacked bigint not null default 0,
  packed bigint not null default 0,
  ended_at timestamptz,
  check ((ended_at is null) = (status in ('queued', 'running'))),
  check ((stop_code is null) or status = 'stopped')
);
create index exports_to_do on exports (requested_at, id) where status in ('queued', 'running');
create index exports_of_person on exports (requested_by, requested_at desc, id desc);

create table export_parts (
  export_id uuid not null references exports,
  part integer not null,
  bytes bytea not null,
  primary key (export_id, part)
);

grant select, insert on exports, export_parts to goldplan_app;
grant update (status, stop_code, rows, bytes, parts, after, crc, unpacked, packed, ended_at) on exports to goldplan_app;
grant delete on exports, export_parts to goldplan_app;
