-- What an import of a directory writes beside it is less (docs/how-fast.md, Import).

-- An index of the trail in falling order took each new entry in front of all others, where PostgreSQL leaves half of every page empty that it splits and cannot find
-- the place without looking. In rising order new entries stand at the end; a page of the trail reads it backwards, as fast. Two seconds for a million entries.
drop index audit_entries_by_time, audit_entries_of_actor, audit_entries_of_action;
create index audit_entries_by_time on audit_entries (sp_mchid, at, id);
create index audit_entries_of_actor on audit_entries (sp_mchid, actor_id, at, id);
create index audit_entries_of_action on audit_entries (sp_mchid, action, at, id);

-- Whoever fills a directory folded the counters after each two thousand shops, which was a tenth of PostgreSQL's work: now after every fifth. A worker folds each
-- second besides, and what waits meanwhile is added by whoever reads (0004, 0055).
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
  if random() < (case when noted > 200 then 0.2 else noted / 20.0 end) then
    perform fold_few_merchant_counts();
  end if;
  return null;
end
$$;
