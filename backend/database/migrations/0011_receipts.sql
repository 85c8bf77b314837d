-- 商家小票: what a merchant's receipt is made of, and how often its page was loaded with what end.

create table receipt_contents (
  sp_mchid text collate "C" not null,
  sub_mchid text collate "C" not null,
  version integer not null check (version >= 1),
  blocks jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null references staff,
  primary key (sp_mchid, sub_mchid),
  foreign key (sp_mchid, sub_mchid) references sub_merchants
);

-- Loads that may prove something: their check_code matched, or cannot be judged yet. One row an order and code; all others are only counted below.
create table receipt_loads (
  sp_mchid text collate "C" not null,
  sub_mchid text collate "C" not null,
  -- whole, so that two orders can be told apart and asked for again; the row is removed after 14 days
  out_trade_no text collate "C" not null,
  check_code text collate "C" not null,
  state text not null check (state in ('pending', 'valid', 'invalid', 'given_up')),
  -- of the first load
  loaded_at timestamptz not null,
  paid_at timestamptz,
  order_scene text not null check (order_scene in ('jsapi', 'miniprogram', 'unknown')),
  displayed text not null check (displayed in ('merchant', 'official')),
  ready_ms integer,
  checks integer not null default 0,
  next_check_at timestamptz,
  primary key (sp_mchid, sub_mchid, out_trade_no, check_code),
  foreign key (sp_mchid, sub_mchid) references sub_merchants
);
create index receipt_loads_valid on receipt_loads (sp_mchid, sub_mchid, loaded_at desc) where state = 'valid';
create index receipt_loads_due on receipt_loads (sp_mchid, next_check_at) where state = 'pending';
create index receipt_loads_by_age on receipt_loads (sp_mchid, loaded_at);

-- counters, one row for a merchant, a day in Asia/Shanghai and a result; no order, no customer
create table receipt_load_days (
  sp_mchid text collate "C" not null,
  sub_mchid text collate "C" not null,
  day date not null,
  result text not null check (result in ('valid', 'invalid', 'pending', 'unknown_order', 'source_failed')),
  loads bigint not null default 0,
  shown bigint not null default 0,
  -- how many were ready within each step of backend/receipts/steps.ts; empty: none told
  ready_steps bigint[] not null default '{}',
  primary key (sp_mchid, sub_mchid, day, result),
  foreign key (sp_mchid, sub_mchid) references sub_merchants
);
create index receipt_load_days_by_day on receipt_load_days (sp_mchid, day);

-- which reading of WeChat's rule for check_code real loads match
create table receipt_code_variants (
  sp_mchid text collate "C" not null references provider,
  variant text not null,
  loads bigint not null,
  primary key (sp_mchid, variant)
);

grant select, insert, update on receipt_contents, receipt_loads, receipt_load_days, receipt_code_variants to goldplan_app;
grant delete on receipt_loads to goldplan_app;
