-- Codes that hang on the provider's own counters (npm run import -- codes.csv): what is on the sticker → whose it is.

create table store_codes (
  sp_mchid text collate "C" not null,
  -- host and path, or a text, in the form that scan-resolutions/code.ts gives both a stored and a scanned one
  content text collate "C" not null check (content <> '' and length(content) <= 1024),
  sub_mchid text collate "C" not null,
  -- which of the merchant's stores; null: it has one, or nobody said
  store_name text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (sp_mchid, content),
  foreign key (sp_mchid, sub_mchid) references sub_merchants
);
create index store_codes_of_merchant on store_codes (sp_mchid, sub_mchid);

grant select, insert, update on store_codes to goldplan_app;
