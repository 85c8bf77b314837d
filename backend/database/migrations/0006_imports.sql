-- How far an import of a file has come (backend/imports): moved on in the transaction that lands the rows, so an interrupted run goes on where it
-- stopped and nothing lands twice. Known by the file's content, not by its name.
create table import_runs (
  -- request_id of its audit entries
  id uuid primary key,
  -- the provider whose rows these are unless they say otherwise; empty where every row says so
  sp_mchid text not null,
  kind text not null check (kind in ('merchants', 'codes', 'staff', 'assignments')),
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  -- what else decides what the file means: its encoding, and the options of the run
  settings text not null,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  finished_at timestamptz,
  -- records of the file that are done, landed or rejected
  records integer not null default 0,
  rejected integer not null default 0,
  -- sp_mchid → {added, updated, unchanged, checks}
  counts jsonb not null default '{}',
  -- length of the rejects file at that point
  rejects_bytes bigint not null default 0
);
create unique index import_runs_unfinished on import_runs (sp_mchid, kind, file_sha256, settings) where finished_at is null;
grant select, insert, update on import_runs to goldplan_app;

-- the answer to a write that is neither an operation nor an item of evidence
alter table idempotency_keys add column answer jsonb;
