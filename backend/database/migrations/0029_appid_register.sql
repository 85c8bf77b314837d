-- Whose an appid is, and until when orders are read by it. An entry is never deleted: what was read with it is read by the register as it stands now,
-- so each order keeps the appid that it was paid with (evidence.detail of order_query).
alter table appids
  -- null: the provider's own
  add column sub_mchid text collate "C",
  -- orders that were paid from then on are no longer read by it
  add column ended_at timestamptz,
  -- raised by each change, for If-Match; their sum is the version of the whole register
  add column version integer not null default 1,
  -- Verdicts that its orders speak for are derived anew after a change: the last shop that was done ('' for none yet; number and 商户号), null when all
  -- are; how many are done, of how many, and how many were different then.
  add column rederive_after text collate "C",
  add column rederive_done integer,
  add column rederive_total integer,
  add column rederive_changed integer;
create index appids_to_rederive on appids (sp_mchid, appid) where rederive_after is not null;
create index evidence_by_appid on evidence ((detail ->> 'appid'), sp_mchid, sub_mchid) where kind = 'order_query';
