-- Lists of what WeChat Pay's console shows, looked through before they are recorded (product.md B11). What was sent is not kept, only what was understood of it.
create table portal_check_lists (
  id uuid primary key,
  -- the home number: rows may be of merchants of any number of the company
  sp_mchid text collate "C" not null,
  created_by text not null references staff,
  created_at timestamptz not null,
  name text,
  encoding text not null,
  -- of rows that do not say when
  checked_at timestamptz not null,
  rows integer not null,
  -- of them, as the preview found them
  same integer not null,
  differ integer not null,
  unknown integer not null,
  refused integer not null,
  -- of those that differ: where what we hold is newer than the look, so that recording it changes nothing
  newer integer not null,
  status text not null check (status in ('preview', 'applying', 'applied', 'cancelled', 'stopped')),
  applied_by text references staff,
  applied_at timestamptz,
  request_id text,
  client text,
  -- everything up to this line is done
  done_line integer not null default 0,
  done integer not null default 0,
  recorded integer not null default 0,
  known integer not null default 0,
  gone integer not null default 0,
  changed integer not null default 0,
  finished_at timestamptz,
  -- why it stopped before its end
  stop_code text,
  check ((status = 'preview') = (applied_at is null and finished_at is null)),
  check ((finished_at is null) = (status in ('preview', 'applying')))
);
create index portal_check_lists_applying on portal_check_lists (applied_at) where status = 'applying';

create table portal_check_list_rows (
  list_id uuid not null references portal_check_lists on delete cascade,
  -- where its record begins in what was sent, counted from 1
  line integer not null,
  verdict text not null check (verdict in ('same', 'differ', 'unknown', 'refused')),
  -- null where it cannot be one
  sub_mchid text collate "C",
  detail jsonb,
  checked_at timestamptz,
  -- [{field, before, seen, newer}], as it was looked at last
  differences jsonb not null default '[]',
  -- why it was refused
  field text,
  code text,
  other_line integer,
  -- of what was recorded
  outcome text check (outcome in ('recorded', 'known', 'gone')),
  -- it was another thing when it was recorded than in the preview
  changed boolean not null default false,
  primary key (list_id, line),
  check ((verdict = 'refused') = (code is not null)),
  check ((verdict = 'refused') = (detail is null))
);
create index portal_check_list_rows_by_verdict on portal_check_list_rows (list_id, verdict, line);
create index portal_check_list_rows_changed on portal_check_list_rows (list_id, line) where changed;

grant select, insert, delete on portal_check_lists, portal_check_list_rows to goldplan_app;
grant update (status, applied_by, applied_at, request_id, client, done_line, done, recorded, known, gone, changed, finished_at, stop_code)
  on portal_check_lists to goldplan_app;
grant update (differences, outcome, changed) on portal_check_list_rows to goldplan_app;
