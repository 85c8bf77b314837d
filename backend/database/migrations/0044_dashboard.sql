-- What the dashboard counts beside 0004: whose the shops are, what they rest on and since when, how soon the receipt came, and how they stood on each day.
-- Kept as there: a write only inserts changes, in its own transaction, so writers neither wait for one another nor deadlock. The worker folds them.

-- milliseconds of the newest look at the receipt that measured them; null: nobody measured
alter table sub_merchants add column receipt_ready_ms integer check (receipt_ready_ms >= 0);
update sub_merchants as held set receipt_ready_ms = newest.ms
from (
  select distinct on (e.sp_mchid, e.sub_mchid) e.sp_mchid, e.sub_mchid,
    case e.kind when 'test_payment' then round((e.detail ->> 'ready_seconds')::numeric * 1000)::integer else (e.detail ->> 'ready_ms')::integer end as ms
  from evidence as e
  where ((e.kind = 'test_payment' and e.detail ->> 'ready_seconds' is not null)
      or (e.kind = 'receipt_beacon' and e.detail ->> 'ready_ms' is not null and e.detail ->> 'check_code_valid' = 'true'))
    and not exists (select from evidence_withdrawals as w where w.sp_mchid = e.sp_mchid and w.evidence_id = e.id)
  order by e.sp_mchid, e.sub_mchid, e.occurred_at desc, e.id desc
) as newest
where held.sp_mchid = newest.sp_mchid and held.sub_mchid = newest.sub_mchid;

-- 2026-11-23: the day in China, which has no summer time
create function china_day(moment timestamptz) returns text language sql stable as $$
  select to_char(moment at time zone interval '08:00', 'YYYY-MM-DD')
$$;
create function receipt_ready_band(ms integer) returns text language sql immutable as $$
  select case when ms is null then 'unmeasured' when ms <= 1000 then 'within_1s' when ms <= 3000 then 'within_3s' else 'over_3s' end
$$;
create index sub_merchants_ready on sub_merchants (sp_mchid, receipt_ready_ms, migration_rank, sub_mchid) where receipt_ready_ms is not null;
create index sub_merchants_proof on sub_merchants (sp_mchid, migration_proof, migration_rank, sub_mchid) where migration_proof is not null;

-- each change of state, by the day in China: how a shop stood at the end of a day is what its first later move came from, or as it stands
create table merchant_state_moves (
  id bigint generated always as identity primary key,
  sp_mchid text collate "C" not null,
  sub_mchid text collate "C" not null,
  -- never before the one of an earlier move, nor before the shop was added, whatever clocks say
  day text collate "C" not null,
  from_state text collate "C" not null,
  to_state text collate "C" not null
);
create index merchant_state_moves_of on merchant_state_moves (sp_mchid, sub_mchid, day, id);
-- who can have stood so on a day, and what is old
create index merchant_state_moves_from on merchant_state_moves (sp_mchid, from_state, day, sub_mchid);

-- the first day whose end is known; no row: every day, because there were no shops before the moves were kept
create table merchant_history (
  only_one boolean primary key default true check (only_one),
  known_from text collate "C" not null
);
insert into merchant_history (known_from) select china_day(now()) where exists (select from sub_merchants);

-- facet · key · state
-- state · '' · its state
-- staff · whose it is, '' nobody's · its state
-- proof · migration_proof, '' none · its state
-- since · day of migration_since, of verified ones · verified
-- ready · receipt_ready_band · ''
-- day · a day · a state: how many more shops had this state at its end than at the end of the day before
create table merchant_facet_changes (
  sp_mchid text collate "C" not null,
  facet text collate "C" not null,
  region_code text collate "C" not null,
  key text collate "C" not null,
  migration_state text collate "C" not null,
  count bigint not null
);
alter table merchant_facet_changes set (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
create table merchant_facet_sums (
  sp_mchid text collate "C" not null,
  facet text collate "C" not null,
  -- digits of region_code: a province, a city, a district
  level smallint not null check (level in (2, 4, 6)),
  region_code text collate "C" not null,
  key text collate "C" not null,
  migration_state text collate "C" not null,
  count bigint not null,
  primary key (sp_mchid, facet, level, region_code, key, migration_state)
);

-- sum(count) of one level with the conditions that sub_merchants would be asked is their number in this snapshot
create view merchant_facets as
  select sp_mchid, facet, level, region_code, key, migration_state, count from merchant_facet_sums
  union all
  select sp_mchid, facet, levels.level, left(region_code, levels.level), key, migration_state, count
  from merchant_facet_changes, (values (2::smallint), (4::smallint), (6::smallint)) as levels(level);

create function facets_of(state text, staff text, proof text, since timestamptz, ready_ms integer)
returns table (facet text, key text, migration_state text) language sql stable as $$
  select 'state', '', state
  union all select 'staff', coalesce(staff, ''), state
  union all select 'proof', coalesce(proof, ''), state
  union all select 'since', china_day(since), state where state = 'verified' and since is not null
  union all select 'ready', receipt_ready_band(ready_ms), ''
$$;

-- the days of some shops, from their moves: as facet "day" books them
create function days_of(sp text, mchid text, state text, created timestamptz)
returns table (key text, migration_state text, count bigint) language sql stable as $$
  select china_day(created), coalesce((select from_state from merchant_state_moves where sp_mchid = sp and sub_mchid = mchid order by id limit 1), state), 1::bigint
  union all
  select day, moved.state, moved.change
  from merchant_state_moves, lateral (values (from_state, -1::bigint), (to_state, 1::bigint)) as moved(state, change)
  where sp_mchid = sp and sub_mchid = mchid
$$;

-- what the counters must say, from the shops and their moves
create view merchant_facets_counted as
  select sp_mchid, f.facet collate "C" as facet, region_code, f.key collate "C" as key, f.migration_state collate "C" as migration_state, count(*) as count
  from sub_merchants, lateral facets_of(sub_merchants.migration_state, assigned_to, migration_proof, migration_since, receipt_ready_ms) as f
  group by 1, 2, 3, 4, 5
  union all
  select sp_mchid, 'day', region_code, d.key collate "C", d.migration_state collate "C", sum(d.count)::bigint
  from sub_merchants, lateral days_of(sp_mchid, sub_mchid, sub_merchants.migration_state, created_at) as d
  group by 1, 3, 4, 5 having sum(d.count) <> 0;

create function fold_merchant_facets() returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (delete from merchant_facet_changes returning *), moved as (
    select sp_mchid, facet, region_code, key, migration_state, sum(count)::bigint as count
    from gone group by 1, 2, 3, 4, 5 having sum(count) <> 0
  )
  insert into merchant_facet_sums as held
  select sp_mchid, facet, levels.level, left(region_code, levels.level), key, migration_state, sum(count)
  from moved, (values (2::smallint), (4::smallint), (6::smallint)) as levels(level)
  group by 1, 2, 3, 4, 5, 6 having sum(count) <> 0
  on conflict (sp_mchid, facet, level, region_code, key, migration_state) do update set count = held.count + excluded.count
$$;

create function note_facets_added() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into merchant_facet_changes
  select sp_mchid, f.facet, region_code, f.key, f.migration_state, count(*)
  from added, lateral (
    select * from facets_of(added.migration_state, assigned_to, migration_proof, migration_since, receipt_ready_ms)
    union all select 'day', china_day(created_at), added.migration_state
  ) as f
  group by 1, 2, 3, 4, 5;
  return null;
end
$$;

create function note_facets_removed() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into merchant_facet_changes
  select sp_mchid, f.facet, region_code, f.key, f.migration_state, -sum(f.count)
  from removed, lateral (
    select facet, key, migration_state, 1 as count from facets_of(removed.migration_state, assigned_to, migration_proof, migration_since, receipt_ready_ms)
    union all select 'day', d.key, d.migration_state, d.count from days_of(sp_mchid, sub_mchid, removed.migration_state, created_at) as d
  ) as f
  group by 1, 2, 3, 4, 5;
  delete from merchant_state_moves as m using removed where m.sp_mchid = removed.sp_mchid and m.sub_mchid = removed.sub_mchid;
  return null;
end
$$;

-- Most writes are of one shop that stays where it is: what they cost is what everybody waits for, so they go a shorter way to the same changes.
create function note_facets_changed() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  shop record;
  was record;
  moved boolean;
  today text;
begin
  if (select count(*) from added) = 1 then
    select sp_mchid, sub_mchid, region_code, migration_state as state, coalesce(assigned_to, '') as staff, coalesce(migration_proof, '') as proof,
      case when migration_state = 'verified' then china_day(migration_since) end as since, receipt_ready_band(receipt_ready_ms) as band, created_at, updated_at
    into shop from added;
    select region_code, migration_state as state, coalesce(assigned_to, '') as staff, coalesce(migration_proof, '') as proof,
      case when migration_state = 'verified' then china_day(migration_since) end as since, receipt_ready_band(receipt_ready_ms) as band
    into was from removed;
    if shop.region_code = was.region_code then
      moved := shop.state <> was.state;
      if not moved and shop.staff = was.staff and shop.proof = was.proof and shop.since is not distinct from was.since and shop.band = was.band then
        return null;
      end if;
      if moved then
        insert into merchant_state_moves (sp_mchid, sub_mchid, day, from_state, to_state)
        values (shop.sp_mchid, shop.sub_mchid, greatest(china_day(shop.updated_at), china_day(shop.created_at),
          (select max(day) from merchant_state_moves as m where m.sp_mchid = shop.sp_mchid and m.sub_mchid = shop.sub_mchid)), was.state, shop.state)
        returning day into today;
      end if;
      insert into merchant_facet_changes (sp_mchid, facet, region_code, key, migration_state, count)
      select shop.sp_mchid, v.facet, shop.region_code, v.key, v.state, v.change
      from (values
        ('state', '', was.state, -1, moved), ('state', '', shop.state, 1, moved),
        ('staff', was.staff, was.state, -1, moved or shop.staff <> was.staff), ('staff', shop.staff, shop.state, 1, moved or shop.staff <> was.staff),
        ('proof', was.proof, was.state, -1, moved or shop.proof <> was.proof), ('proof', shop.proof, shop.state, 1, moved or shop.proof <> was.proof),
        ('since', was.since, 'verified', -1, was.since is not null and shop.since is distinct from was.since),
        ('since', shop.since, 'verified', 1, shop.since is not null and shop.since is distinct from was.since),
        ('ready', was.band, '', -1, shop.band <> was.band), ('ready', shop.band, '', 1, shop.band <> was.band),
        ('day', today, was.state, -1, moved), ('day', today, shop.state, 1, moved)
      ) as v(facet, key, state, change, applies)
      where v.applies;
      return null;
    end if;
  end if;
  insert into merchant_facet_changes
  select sp_mchid, f.facet, region_code, f.key, f.migration_state, sum(change)
  from (
    select sp_mchid, region_code, migration_state, assigned_to, migration_proof, migration_since, receipt_ready_ms, 1 as change from added
    union all
    select sp_mchid, region_code, migration_state, assigned_to, migration_proof, migration_since, receipt_ready_ms, -1 as change from removed
  ) as m, lateral facets_of(m.migration_state, assigned_to, migration_proof, migration_since, receipt_ready_ms) as f
  group by 1, 2, 3, 4, 5 having sum(change) <> 0;
  if not found then
    return null;
  end if;
  -- the past of a shop that stands elsewhere now goes with it
  insert into merchant_facet_changes
  select a.sp_mchid, 'day', place.region_code, d.key, d.migration_state, sum(d.count * place.change)
  from added as a join removed as r on a.sp_mchid = r.sp_mchid and a.sub_mchid = r.sub_mchid and a.region_code <> r.region_code,
    lateral days_of(a.sp_mchid, a.sub_mchid, r.migration_state, r.created_at) as d,
    lateral (values (r.region_code, -1), (a.region_code, 1)) as place(region_code, change)
  group by 1, 3, 4, 5 having sum(d.count * place.change) <> 0;
  with moves as (
    insert into merchant_state_moves (sp_mchid, sub_mchid, day, from_state, to_state)
    select a.sp_mchid, a.sub_mchid, greatest(china_day(a.updated_at), china_day(a.created_at),
        (select max(day) from merchant_state_moves as m where m.sp_mchid = a.sp_mchid and m.sub_mchid = a.sub_mchid)),
      r.migration_state, a.migration_state
    from added as a join removed as r on a.sp_mchid = r.sp_mchid and a.sub_mchid = r.sub_mchid and a.migration_state <> r.migration_state
    returning sp_mchid, sub_mchid, day, from_state, to_state
  )
  insert into merchant_facet_changes
  select moves.sp_mchid, 'day', a.region_code, day, moved.state, sum(moved.change)
  from moves join added as a on a.sp_mchid = moves.sp_mchid and a.sub_mchid = moves.sub_mchid,
    lateral (values (from_state, -1), (to_state, 1)) as moved(state, change)
  group by 1, 3, 4, 5 having sum(moved.change) <> 0;
  return null;
end
$$;
create trigger facets_added after insert on sub_merchants referencing new table as added
  for each statement execute function note_facets_added();
create trigger facets_changed after update on sub_merchants referencing old table as removed new table as added
  for each statement execute function note_facets_changed();
create trigger facets_removed after delete on sub_merchants referencing old table as removed
  for each statement execute function note_facets_removed();

-- Of several processes one folds; the others find the lock held and leave it to that one. Few changes cost a reader less than a fold costs.
create function fold_many_merchant_facets() returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if (select count(*) from (select from merchant_facet_changes limit 200) as waiting) = 200 and pg_try_advisory_xact_lock(401247382) then
    perform fold_merchant_facets();
  end if;
end
$$;

-- from the shops themselves: those that are here already, and after a load that ran without triggers
create function recount_merchant_facets() returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  lock table sub_merchants in share row exclusive mode;
  delete from merchant_facet_sums;
  delete from merchant_facet_changes;
  insert into merchant_facet_changes select * from merchant_facets_counted;
  select fold_merchant_facets()
$$;
select recount_merchant_facets();

-- How they differ from what is here: none, unless somebody wrote past the triggers. Each side is read in the same snapshot.
create function merchant_count_faults() returns table (facet text, sp_mchid text, region_code text, key text, migration_state text, kept bigint, counted bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with kept as (
    select sp_mchid, facet, region_code, key, migration_state, sum(count)::bigint as count
    from merchant_facets where level = 6 group by 1, 2, 3, 4, 5 having sum(count) <> 0
  ), higher as (
    select sp_mchid, facet || ' of ' || level as facet, region_code, key, migration_state, sum(count)::bigint as count
    from merchant_facets where level < 6 group by 1, 2, level, 3, 4, 5, region_code having sum(count) <> 0
  ), higher_counted as (
    select sp_mchid, facet || ' of ' || level as facet, left(region_code, level) as region_code, key, migration_state, sum(count)::bigint as count
    from kept, (values (2), (4)) as levels(level) group by 1, 2, 3, 4, 5, level having sum(count) <> 0
  ), sums as (
    select sp_mchid, 'merchant_counts' as facet, region_code, concat_ws(' ', migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status) as key,
      migration_state, sum(count)::bigint as count
    from merchant_counts group by 1, 3, 4, 5 having sum(count) <> 0
  ), sums_counted as (
    select sp_mchid, 'merchant_counts' as facet, region_code, concat_ws(' ', migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status) as key,
      migration_state, count(*) as count
    from sub_merchants group by 1, 3, 4, 5
  ), held as (select * from kept union all select * from higher union all select * from sums),
  ought as (
    select sp_mchid, facet, region_code, key, migration_state, count from merchant_facets_counted
    union all select * from higher_counted union all select * from sums_counted
  )
  select facet, sp_mchid, region_code, key, migration_state, coalesce(held.count, 0), coalesce(ought.count, 0)
  from held full join ought using (sp_mchid, facet, region_code, key, migration_state)
  where held.count is distinct from ought.count
$$;

-- what no question reaches any more. Whoever folds holds the same lock.
create function drop_old_state_moves(before text) returns integer language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  dropped integer;
begin
  if not pg_try_advisory_xact_lock(401247382) then
    return 0;
  end if;
  perform fold_merchant_facets();
  -- in the terms of its index
  delete from merchant_state_moves
  where sp_mchid in (select sp_mchid from provider) and day < before
    and from_state in ('unknown', 'not_applicable', 'not_migrated', 'enrolled', 'verified', 'regressed', 'blocked');
  get diagnostics dropped = row_count;
  delete from merchant_facet_sums where facet = 'day' and key < before;
  delete from merchant_facet_sums where count = 0;
  return dropped;
end
$$;

grant select on merchant_facet_sums, merchant_facet_changes, merchant_facets, merchant_state_moves, merchant_history to goldplan_app;
grant execute on function merchant_count_faults(), drop_old_state_moves(text), fold_many_merchant_facets() to goldplan_app;
