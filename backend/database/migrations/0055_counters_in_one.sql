-- What the counters cost a write, more than halved: a write notes each shop that it changed once, as it was and as it is, for both kinds of counters (0004, 0044).
-- One statement does it for one shop and for thousands; whoever folds spreads that over the two kinds.

create table merchant_changes (
  sp_mchid text collate "C" not null,
  sub_mchid text collate "C" not null,
  was_region text collate "C" not null,
  region text collate "C" not null,
  was_state text not null,
  state text not null,
  was_staff text not null,
  staff text not null,
  was_proof text not null,
  proof text not null,
  -- days in China, of verified ones
  was_since text,
  since text,
  was_band text not null,
  band text not null,
  -- of the state that it was in, and of the one that it is in
  from_day text collate "C" not null,
  day text collate "C" not null,
  was_attention text[] not null,
  attention text[] not null,
  was_receipt_error boolean not null,
  receipt_error boolean not null,
  was_gold_plan text not null,
  gold_plan text not null,
  was_receipt text not null,
  receipt text not null,
  was_advertising text not null,
  advertising text not null
);
alter table merchant_changes set (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

-- as rows of merchant_sum_changes, and of merchant_facet_changes; what did not change is taken away and added. A move is booked where the shop stood before it:
-- when it stands elsewhere now, its whole past follows
create function sums_of_change(c merchant_changes)
returns table (region_code text, migration_state text, migration_attention text[], receipt_error boolean, gold_plan_status text, receipt_status text, advertising_status text, count bigint)
language sql immutable
begin atomic
  select * from (values
    (c.was_region, c.was_state, c.was_attention, c.was_receipt_error, c.was_gold_plan, c.was_receipt, c.was_advertising, -1::bigint),
    (c.region, c.state, c.attention, c.receipt_error, c.gold_plan, c.receipt, c.advertising, 1::bigint)) as v;
end;
create function facets_of_change(c merchant_changes) returns table (facet text, region_code text, key text, migration_state text, count bigint)
language sql immutable
begin atomic
  select * from (values
    ('state', c.was_region, '', c.was_state, -1::bigint), ('state', c.region, '', c.state, 1::bigint),
    ('staff', c.was_region, c.was_staff, c.was_state, -1::bigint), ('staff', c.region, c.staff, c.state, 1::bigint),
    ('proof', c.was_region, c.was_proof, c.was_state, -1::bigint), ('proof', c.region, c.proof, c.state, 1::bigint),
    ('since', c.was_region, c.was_since, 'verified', -1::bigint), ('since', c.region, c.since, 'verified', 1::bigint),
    ('ready', c.was_region, c.was_band, '', -1::bigint), ('ready', c.region, c.band, '', 1::bigint),
    ('day', c.was_region, case when c.state <> c.was_state then c.day end, c.was_state, -1::bigint),
    ('day', c.was_region, case when c.state <> c.was_state then c.day end, c.state, 1::bigint)
  ) as v (facet, region_code, key, migration_state, count) where v.key is not null;
end;

create or replace view merchant_counts as
  select * from merchant_sums union all select * from merchant_sum_changes
  union all
  select sp_mchid, s.region_code collate "C", s.migration_state collate "C", s.migration_attention, s.receipt_error, s.gold_plan_status, s.receipt_status, s.advertising_status, s.count
  from merchant_changes, lateral sums_of_change(merchant_changes) as s;
create or replace view merchant_city_counts as
  select * from merchant_city_sums
  union all
  select sp_mchid, left(region_code, 4), migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status, count
  from merchant_sum_changes
  union all
  select sp_mchid, left(s.region_code collate "C", 4), s.migration_state collate "C", s.migration_attention, s.receipt_error, s.gold_plan_status, s.receipt_status, s.advertising_status, s.count
  from merchant_changes, lateral sums_of_change(merchant_changes) as s;
create or replace view merchant_facets as
  select sp_mchid, facet, level, region_code, key, migration_state, count from merchant_facet_sums
  union all
  select sp_mchid, facet, levels.level, left(region_code, levels.level), key, migration_state, count
  from merchant_facet_changes, (values (2::smallint), (4::smallint), (6::smallint)) as levels(level)
  union all
  select sp_mchid, f.facet collate "C", levels.level, left(f.region_code collate "C", levels.level), f.key collate "C", f.migration_state collate "C", f.count
  from merchant_changes, lateral facets_of_change(merchant_changes) as f, (values (2::smallint), (4::smallint), (6::smallint)) as levels(level);

-- whoever calls this holds the lock of its name, so that nobody waits for rows that another one takes away
create function spread_merchant_changes() returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (delete from merchant_changes returning *), sums as (
    insert into merchant_sum_changes
    select sp_mchid, s.region_code, s.migration_state, s.migration_attention, s.receipt_error, s.gold_plan_status, s.receipt_status, s.advertising_status, sum(s.count)
    from gone, lateral sums_of_change(row(gone.*)::merchant_changes) as s
    group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(s.count) <> 0
  )
  insert into merchant_facet_changes
  select sp_mchid, f.facet, f.region_code, f.key, f.migration_state, sum(f.count)
  from gone, lateral facets_of_change(row(gone.*)::merchant_changes) as f
  group by 1, 2, 3, 4, 5 having sum(f.count) <> 0
$$;
revoke execute on function spread_merchant_changes() from public;

create function fold_few_merchant_counts() returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if pg_try_advisory_xact_lock(401247381) then
    if pg_try_advisory_xact_lock(401247383) then
      perform spread_merchant_changes();
    end if;
    perform fold_merchant_counts();
  end if;
end
$$;
revoke execute on function fold_few_merchant_counts() from public;

-- Few changes cost a reader less than a fold costs.
create or replace function fold_many_merchant_facets() returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if (select count(*) from (select from merchant_changes limit 25) as waiting) = 25 then
    perform fold_few_merchant_counts();
  end if;
  if (select count(*) from (select from merchant_facet_changes limit 200) as waiting) = 200 and pg_try_advisory_xact_lock(401247382) then
    perform fold_merchant_facets();
  end if;
end
$$;

create or replace function note_merchant_counts() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  noted integer;
begin
  if tg_op = 'INSERT' then
    insert into merchant_sum_changes
    select sp_mchid, region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status, count(*)
    from added group by 1, 2, 3, 4, 5, 6, 7, 8;
  else
    insert into merchant_sum_changes
    select sp_mchid, region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status, -count(*)
    from removed group by 1, 2, 3, 4, 5, 6, 7, 8;
  end if;
  get diagnostics noted = row_count;
  if random() < noted / 20.0 then
    perform fold_few_merchant_counts();
  end if;
  return null;
end
$$;

-- The plan is kept from the first write of a connection, which mostly has one row: a nested loop would compare each of a later two thousand with each.
create function note_merchants_changed() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp set enable_nestloop = off as $$
declare
  noted integer;
  elsewhere boolean;
begin
  with noted as (
    insert into merchant_changes
    select * from (
      select sp_mchid, sub_mchid, r.region_code as was_region, a.region_code as region, r.migration_state as was_state, a.migration_state as state,
        coalesce(r.assigned_to, '') as was_staff, coalesce(a.assigned_to, '') as staff, coalesce(r.migration_proof, '') as was_proof, coalesce(a.migration_proof, '') as proof,
        case when r.migration_state = 'verified' then china_day(r.migration_since) end as was_since,
        case when a.migration_state = 'verified' then china_day(a.migration_since) end as since,
        receipt_ready_band(r.receipt_ready_ms) as was_band, receipt_ready_band(a.receipt_ready_ms) as band,
        r.state_moved_on as from_day, a.state_moved_on as day, r.migration_attention as was_attention, a.migration_attention as attention,
        r.receipt_error as was_receipt_error, a.receipt_error, r.gold_plan_status as was_gold_plan, a.gold_plan_status as gold_plan,
        r.receipt_status as was_receipt, a.receipt_status as receipt, r.advertising_status as was_advertising, a.advertising_status as advertising
      from added as a join removed as r using (sp_mchid, sub_mchid)
    ) as pairs
    where state <> was_state or region <> was_region or staff <> was_staff or proof <> was_proof or since is distinct from was_since or band <> was_band
      or attention <> was_attention or receipt_error <> was_receipt_error or gold_plan <> was_gold_plan or receipt <> was_receipt or advertising <> was_advertising
    returning *
  ), moves as (
    insert into merchant_state_moves (sp_mchid, sub_mchid, from_day, day, from_state, to_state)
    select sp_mchid, sub_mchid, from_day, day, was_state, state from noted where state <> was_state
  )
  select count(*), bool_or(region <> was_region) into noted, elsewhere from noted;
  if elsewhere then
    -- the past of a shop that stands elsewhere now goes with it
    insert into merchant_facet_changes
    select a.sp_mchid, 'day', place.region_code, d.key, d.migration_state, sum(d.count * place.change)
    from added as a join removed as r on a.sp_mchid = r.sp_mchid and a.sub_mchid = r.sub_mchid and a.region_code <> r.region_code,
      lateral days_of(a.sp_mchid, a.sub_mchid, r.migration_state, r.created_at) as d,
      lateral (values (r.region_code, -1), (a.region_code, 1)) as place(region_code, change)
    group by 1, 3, 4, 5 having sum(d.count * place.change) <> 0;
  end if;
  -- the worker folds each second; this is for where there is none
  if random() < noted / 200.0 then
    perform fold_few_merchant_counts();
  end if;
  return null;
end
$$;
drop trigger count_changed on sub_merchants;
drop trigger facets_changed on sub_merchants;
create trigger merchants_changed after update on sub_merchants referencing old table as removed new table as added
  for each statement execute function note_merchants_changed();
drop function note_facets_changed();

-- what a recount does not count stays: the changes are spread first
create or replace function recount_merchants() returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  lock table sub_merchants in share row exclusive mode;
  select pg_advisory_xact_lock(401247383);
  select spread_merchant_changes();
  delete from merchant_sums;
  delete from merchant_city_sums;
  delete from merchant_sum_changes;
  insert into merchant_sum_changes
  select sp_mchid, region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status,
    count(*)
  from sub_merchants group by 1, 2, 3, 4, 5, 6, 7, 8;
  select fold_merchant_counts()
$$;
create or replace function recount_merchant_facets() returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  lock table sub_merchants in share row exclusive mode;
  select pg_advisory_xact_lock(401247383);
  select spread_merchant_changes();
  delete from merchant_facet_sums;
  delete from merchant_facet_changes;
  insert into merchant_facet_changes select * from merchant_facets_counted;
  select fold_merchant_facets()
$$;

-- nothing is asked in the order of this one any more (0053), and each move wrote it; what is old is found by its day, which only grows. A move's own key needs no
-- index beside the one of its shop
drop index merchant_state_moves_from;
drop index merchant_state_moves_of;
alter table merchant_state_moves drop constraint merchant_state_moves_pkey;
alter table merchant_state_moves add primary key (sp_mchid, sub_mchid, day, id);
create index merchant_state_moves_day on merchant_state_moves (day);
create or replace function drop_old_state_moves(before text) returns integer language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  dropped integer;
begin
  if not pg_try_advisory_xact_lock(401247382) then
    return 0;
  end if;
  perform fold_merchant_facets();
  delete from merchant_state_moves where day < before;
  get diagnostics dropped = row_count;
  delete from merchant_facet_sums where facet = 'day' and key < before;
  delete from merchant_facet_sums where count = 0;
  return dropped;
end
$$;

grant select on merchant_changes to goldplan_app;
-- the views are of everybody, what they call is asked for by whoever reads
grant execute on function sums_of_change(merchant_changes), facets_of_change(merchant_changes) to goldplan_app;
