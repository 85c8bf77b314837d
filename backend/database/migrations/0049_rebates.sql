-- Monthly figures of the rebate as the provider received them (product.md B31). Nothing here is computed from payments or loads: a figure is in a file, or it is
-- not known.

-- A month of one number as a file told it. What an earlier file said stays: a file that disagrees is seen to.
create table rebate_files (
  id uuid primary key,
  sp_mchid text collate "C" not null references provider,
  -- 2026-10
  month text collate "C" not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  -- its name, without the folder
  file text not null,
  sha256 text not null,
  imported_at timestamptz not null,
  -- a later file told the month again; null: this one is shown
  replaced_at timestamptz
);
create unique index rebate_files_shown on rebate_files (sp_mchid, month) where replaced_at is null;
create index rebate_files_by_month on rebate_files (sp_mchid, month, imported_at);

create table rebate_figures (
  file_id uuid not null references rebate_files,
  -- null: the row of the number itself
  sub_mchid text collate "C",
  line integer not null,
  impressions bigint not null check (impressions >= 0),
  -- yuan a thousand impressions, with the decimals of the file
  ecpm numeric not null check (ecpm >= 0),
  amount_fen bigint not null check (amount_fen >= 0),
  -- yuan by which the amount differs from ecpm ÷ 1000 × impressions, where rounding does not explain it (directory/rebates/check.ts)
  difference numeric,
  unique nulls not distinct (file_id, sub_mchid)
);

grant select, insert on rebate_files, rebate_figures to goldplan_app;
grant update (replaced_at) on rebate_files to goldplan_app;
