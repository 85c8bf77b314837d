-- Shops change hands in batches (product.md §7.2, PUT /v1/sub-merchants/assignments): what was asked for, how far it is, and what was left as it was.
create table assignment_runs (
  sp_mchid text collate "C" not null references provider,
  id uuid primary key,
  asked_by text not null references staff,
  asked_at timestamptz not null,
  -- who gets the shops; null: nobody
  staff_id text references staff,
  -- either of them says which
  filter jsonb,
  sub_mchids text[] collate "C",
  status text not null check (status in ('running', 'finished', 'stopped')),
  -- why it stopped
  code text,
  total integer not null check (total >= 0),
  done integer not null default 0,
  changed integer not null default 0,
  same integer not null default 0,
  -- [{reason, count, sub_mchids: the first of them}]
  refused jsonb not null default '[]',
  -- the last shop that was looked at; null: none yet
  after_sp_mchid text collate "C",
  after_sub_mchid text collate "C",
  request_id text not null,
  client text,
  ended_at timestamptz,
  check ((filter is null) <> (sub_mchids is null)),
  check ((after_sp_mchid is null) = (after_sub_mchid is null)),
  check ((ended_at is null) = (status = 'running')),
  check (code is null or status = 'stopped')
);
create index assignment_runs_under_way on assignment_runs (asked_at) where status = 'running';
create index assignment_runs_by_age on assignment_runs (ended_at) where status <> 'running';
grant select, insert, delete on assignment_runs to goldplan_app;
grant update (status, code, done, changed, same, refused, sub_mchids, after_sp_mchid, after_sub_mchid, ended_at) on assignment_runs to goldplan_app;
