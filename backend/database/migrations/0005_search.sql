-- What a list of a million merchants needs of the planner: indexes in the order of the list within the scope, and statistics that know which
-- characters and districts are rare.

drop index sub_merchants_rank;
drop index sub_merchants_region;
-- the region is looked at in the index, before a row is fetched
create index sub_merchants_rank on sub_merchants (sp_mchid, migration_rank, sub_mchid, region_code);
create index sub_merchants_region on sub_merchants (sp_mchid, region_code, migration_rank, sub_mchid);
-- a common text is looked for in the order of 商户号, a few thousand names for a page: without a look at their rows
create index sub_merchants_walk on sub_merchants (sp_mchid, sub_mchid)
  include (search_name, search_short_name, region_code, assigned_to, migration_state);
-- STALE and SETTLING depend on the moment of reading
create index sub_merchants_proof_age on sub_merchants (sp_mchid, migration_since, region_code, assigned_to) where migration_state = 'verified';
create index sub_merchants_settling on sub_merchants (sp_mchid, settling_until) where settling_until is not null;
create index sub_merchants_marked on sub_merchants (sp_mchid, migration_rank, sub_mchid) where receipt_error or migration_attention <> '{}';

alter table sub_merchants alter column region_code set statistics 1000, alter column assigned_to set statistics 1000;
alter table sub_merchants set (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
-- a search reads the whole list of what is not in the index yet
alter index sub_merchants_terms set (gin_pending_list_limit = 256);

-- for the program, which does not own the table: after a bulk load, until autovacuum comes by, the planner would know nothing of it
create function analyze_directory() returns void language plpgsql security definer set search_path from current as $$
begin
  perform gin_clean_pending_list('sub_merchants_terms');
  analyze sub_merchants;
  analyze merchant_sums;
  analyze merchant_city_sums;
end
$$;
