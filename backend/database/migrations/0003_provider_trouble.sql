-- What WeChat Pay last said against the provider itself (not enrolled, punished, set up wrongly). One at a time; null: nothing stands.
alter table provider
  add column trouble_code text check (trouble_code in ('SP_NOT_ENROLLED', 'SP_PUNISHED', 'SP_TYPE_UNSUPPORTED', 'WX_CONFIG')),
  add column trouble_since timestamptz,
  add column trouble_last_seen_at timestamptz,
  add check ((trouble_code is null) = (trouble_since is null) and (trouble_code is null) = (trouble_last_seen_at is null));

-- the workbench asks which merchants have a write that nobody settled
create index operations_unresolved on operations (sp_mchid, sub_mchid) where status = 'unresolved' and settled_at is null;
