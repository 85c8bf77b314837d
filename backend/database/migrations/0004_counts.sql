-- Counts are kept, not counted: at a million merchants a GROUP BY takes a fifth of a second. A write of merchants adds how it moves the numbers
-- (by trigger, in the same transaction, so that nothing can be forgotten); it only inserts, so writers never wait for one another and cannot
-- deadlock. Now and then one of them, if no other is at it, folds the changes into the sums.

-- how many merchants there are of each kind in a district
create table merchant_sums (
  sp_mchid text collate "C" not null,
  region_code text collate "C" not null,
  migration_state text collate "C" not null,
  migration_attention text[] not null,
  receipt_error boolean not null,
  gold_plan_status text not null,
  receipt_status text not null,
  advertising_status text not null,
  count bigint not null,
  primary key (sp_mchid, region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status)
);
-- the same by city, whose code has four digits here: a whole country is then a few thousand rows
create table merchant_city_sums (like merchant_sums including all);
create table merchant_sum_changes (like merchant_sums);
-- short-lived rows: dead ones would be read again at every count
alter table merchant_sum_changes set (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

-- sum(count) with the conditions that sub_merchants would be asked is their number in this snapshot
create view merchant_counts as select * from merchant_sums union all select * from merchant_sum_changes;
create view merchant_city_counts as
  select * from merchant_city_sums
  union all
  select sp_mchid, left(region_code, 4), migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status,
    advertising_status, count
  from merchant_sum_changes;

create function fold_merchant_counts() returns void language sql security definer set search_path from current as $$
  with gone as (delete from merchant_sum_changes returning *), districts as (
    insert into merchant_sums as held
    select sp_mchid, region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status,
      sum(count)
    from gone group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(count) <> 0
    on conflict (sp_mchid, region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status,
      advertising_status) do update set count = held.count + excluded.count
  )
  insert into merchant_city_sums as held
  select sp_mchid, left(region_code, 4), migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status,
    advertising_status, sum(count)
  from gone group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(count) <> 0
  on conflict (sp_mchid, region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status,
    advertising_status) do update set count = held.count + excluded.count
$$;

create function note_merchant_counts() returns trigger language plpgsql security definer set search_path from current as $$
declare
  noted integer;
begin
  if tg_op = 'INSERT' then
    insert into merchant_sum_changes
    select sp_mchid, region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status,
      count(*)
    from added group by 1, 2, 3, 4, 5, 6, 7, 8;
  elsif tg_op = 'DELETE' then
    insert into merchant_sum_changes
    select sp_mchid, region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status,
      -count(*)
    from removed group by 1, 2, 3, 4, 5, 6, 7, 8;
  else
    insert into merchant_sum_changes
    select sp_mchid, region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status,
      sum(change)
    from (select *, 1 as change from added union all select *, -1 as change from removed) as moved
    group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(change) <> 0;
  end if;
  get diagnostics noted = row_count;
  -- the number names this lock; who does not get it leaves the folding to who has it
  if random() < noted / 20.0 and pg_try_advisory_xact_lock(401247381) then
    perform fold_merchant_counts();
  end if;
  return null;
end
$$;

create trigger count_added after insert on sub_merchants referencing new table as added
  for each statement execute function note_merchant_counts();
create trigger count_changed after update on sub_merchants referencing old table as removed new table as added
  for each statement execute function note_merchant_counts();
create trigger count_removed after delete on sub_merchants referencing old table as removed
  for each statement execute function note_merchant_counts();

-- from the merchants themselves: those that are here already, and after a load that ran without triggers
create function recount_merchants() returns void language sql security definer set search_path from current as $$
  lock table sub_merchants in share row exclusive mode;
  delete from merchant_sums;
  delete from merchant_city_sums;
  delete from merchant_sum_changes;
  insert into merchant_sum_changes
  select sp_mchid, region_code, migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status,
    count(*)
  from sub_merchants group by 1, 2, 3, 4, 5, 6, 7, 8;
  select fold_merchant_counts()
$$;
select recount_merchants();

grant select on merchant_sums, merchant_city_sums, merchant_sum_changes, merchant_counts, merchant_city_counts to goldplan_app;
revoke execute on function recount_merchants(), fold_merchant_counts() from public;
