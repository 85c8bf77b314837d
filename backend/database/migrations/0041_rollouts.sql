-- The same change for many merchants (product.md B02): looked at first, then in stages, at a rate.

create table rollouts (
  id uuid primary key,
  -- home number of the company
  sp_mchid text collate "C" not null references provider,
  name text not null check (name <> ''),
  action text not null check (action in ('gold_plan.open', 'receipt.open', 'ad_filter.set')),
  -- gold_plan.open: the receipt first, as one item of two operations
  with_receipt boolean not null,
  industries text[] not null,
  -- what it was asked for: a filter, or a list of numbers
  filter jsonb,
  status text not null check (status in ('draft', 'running', 'waiting', 'paused', 'stopped', 'completed', 'cancelled')),
  -- items of stages up to this one may begin
  stage smallint not null default 1 check (stage between 1 and 3),
  -- entries of the list that are no item: [{code, count}]
  refused jsonb not null,
  -- why it stopped by itself
  stop_code text,
  -- the judgement of what fails begins here
  judged_from timestamptz,
  created_by text not null references staff,
  created_at timestamptz not null,
  -- with whose rights it runs
  started_by text references staff,
  started_at timestamptz,
  ended_at timestamptz,
  version integer not null default 1,
  check ((started_by is null) = (started_at is null)),
  check ((stop_code is null) or status = 'stopped'),
  check ((ended_at is null) = (status not in ('completed', 'cancelled')))
);
create index rollouts_by_time on rollouts (sp_mchid, created_at desc, id desc);
create index rollouts_running on rollouts (started_at, id) where status = 'running';

create table rollout_items (
  rollout_id uuid not null references rollouts,
  position integer not null,
  -- '' where no merchant of this company has the number
  sp_mchid text collate "C" not null,
  sub_mchid text collate "C" not null,
  -- null: excluded when it was looked at
  stage smallint check (stage between 1 and 3),
  status text not null check (status in ('excluded', 'pending', 'working', 'succeeded', 'failed', 'skipped')),
  -- why excluded, failed or skipped; of a pending one, why it was put off
  code text,
  message text,
  -- the switches as they were when it was looked at: whoever changed them since meant it
  seen text not null,
  -- operations that WeChat Pay carried out for it
  done smallint not null default 0,
  operation_id uuid references operations,
  try_at timestamptz,
  changed_at timestamptz not null,
  primary key (rollout_id, position),
  unique (rollout_id, sub_mchid),
  check ((stage is null) = (status = 'excluded')),
  check ((status = 'working') = (operation_id is not null))
);
create index rollout_items_due on rollout_items (rollout_id, position) where status = 'pending';
create index rollout_items_of_operation on rollout_items (operation_id) where operation_id is not null;
create index rollout_items_by_outcome on rollout_items (rollout_id, status, code, position);
create index rollout_items_newest on rollout_items (rollout_id, changed_at desc) where status in ('succeeded', 'failed');

-- One bucket for all processes and all numbers of this installation.
create table rollout_rate (
  only_one boolean primary key default true check (only_one),
  -- operations a minute that WeChat Pay lets through at this time; the provider's setting is the most
  per_minute double precision not null,
  tokens double precision not null,
  filled_at timestamptz not null,
  slowed_at timestamptz
);

grant select, insert, update on rollouts, rollout_items, rollout_rate to goldplan_app;

-- as fast as WeChat Pay lets it: it says itself when that is too fast
alter table provider drop constraint provider_rollout_rate_per_minute_check;
alter table provider add constraint provider_rollout_rate_per_minute_check check (rollout_rate_per_minute between 1 and 10000);
