-- Everything the provider knows, keyed by its own merchant number from the first day. Append-only tables are kept so by grants:
-- the program connects as goldplan_app, which cannot change or delete what happened.

create table provider (
  sp_mchid text primary key check (sp_mchid ~ '^[0-9]{8,10}$'),
  name text not null,
  default_open_since timestamptz,
  receipt_link_configured boolean not null default false,
  stale_after_days integer not null default 90 check (stale_after_days > 0),
  updated_at timestamptz not null
);

create table provider_default_open_changes (
  id uuid primary key default gen_random_uuid(),
  sp_mchid text not null references provider,
  enabled boolean not null,
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text
);

create table staff (
  id text primary key,
  sp_mchid text not null references provider,
  display_name text not null,
  role text not null check (role in ('field_agent', 'region_lead', 'operator', 'auditor', 'admin')),
  region_codes text[] not null default '{}',
  assigned_only boolean not null default false,
  status text not null check (status in ('invited', 'active', 'disabled')),
  last_seen_at timestamptz,
  created_at timestamptz not null
);
create index staff_of_provider on staff (sp_mchid, id);

create table staff_bindings (
  sp_mchid text not null references provider,
  openid text not null,
  staff_id text not null unique references staff,
  bound_at timestamptz not null,
  primary key (sp_mchid, openid)
);

create table invites (
  code_hash text primary key,
  sp_mchid text not null references provider,
  staff_id text not null references staff,
  created_at timestamptz not null,
  created_by text,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table bind_tickets (
  ticket_hash text primary key,
  sp_mchid text not null references provider,
  openid text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  tries integer not null default 0,
  used_at timestamptz
);

create table sessions (
  token_hash text primary key,
  sp_mchid text not null references provider,
  staff_id text not null references staff,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_of_staff on sessions (staff_id);

create table sub_merchants (
  sp_mchid text collate "C" not null references provider,
  sub_mchid text collate "C" not null check (sub_mchid ~ '^[0-9]{8,10}$'),
  sub_mchid_reversed text collate "C" not null generated always as (reverse(sub_mchid)) stored,
  name text collate "C" not null,
  short_name text collate "C" not null,
  -- what a search compares (merchants/search-terms.ts): folded forms, pinyin, and single characters and bigrams
  search_name text collate "C" not null,
  search_short_name text collate "C" not null,
  search_address text collate "C" not null,
  pinyin text collate "C" not null,
  pinyin_initials text collate "C" not null,
  terms text[] collate "C" not null,
  industry text,
  region_code text collate "C" not null check (region_code ~ '^[0-9]{6}$'),
  address text collate "C" not null,
  store_count integer not null default 1,
  assigned_to text references staff,
  status text not null default 'active' check (status in ('active', 'suspended', 'terminated')),
  receipt_link text not null default 'provider' check (receipt_link in ('provider', 'sub_merchant')),

  -- derived from evidence in the transaction that adds it
  gold_plan_status text not null default 'unknown' check (gold_plan_status in ('unknown', 'open', 'closed')),
  receipt_status text not null default 'unknown' check (receipt_status in ('unknown', 'open', 'closed')),
  advertising_status text not null default 'unknown' check (advertising_status in ('unknown', 'open', 'closed')),
  switches jsonb not null default '{}',
  migration_state text collate "C" not null default 'unknown'
    check (migration_state in ('unknown', 'not_applicable', 'not_migrated', 'enrolled', 'verified', 'regressed', 'blocked')),
  migration_reason text not null default 'NO_EVIDENCE',
  migration_since timestamptz,
  migration_evidence_id uuid,
  migration_attention text[] not null default '{}',
  migration_proof text,
  migration_steps jsonb not null default '{"flow_confirmed": null, "gold_plan_opened": null, "page_seen": null}',
  -- until then a change of the plan may not show yet; compared with the clock when read
  settling_until timestamptz,
  receipt_error boolean not null default false,
  -- what needs somebody comes first in a list without a search
  migration_rank smallint not null generated always as (
    case migration_state when 'regressed' then 0 when 'blocked' then 1 when 'not_migrated' then 2 when 'enrolled' then 3
      when 'unknown' then 4 when 'verified' then 5 else 6 end) stored,

  open_request_id text,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (sp_mchid, sub_mchid)
);
alter table sub_merchants alter column terms set statistics 1000;
create index sub_merchants_terms on sub_merchants using gin (terms);
create index sub_merchants_reversed on sub_merchants (sp_mchid, sub_mchid_reversed);
create index sub_merchants_name on sub_merchants (sp_mchid, name, sub_mchid);
create index sub_merchants_search_name on sub_merchants (sp_mchid, search_name, sub_mchid);
create index sub_merchants_search_short_name on sub_merchants (sp_mchid, search_short_name, sub_mchid);
create index sub_merchants_pinyin on sub_merchants (sp_mchid, pinyin, sub_mchid);
create index sub_merchants_initials on sub_merchants (sp_mchid, pinyin_initials, sub_mchid);
create index sub_merchants_rank on sub_merchants (sp_mchid, migration_rank, sub_mchid);
create index sub_merchants_since on sub_merchants (sp_mchid, (coalesce(migration_since, '1970-01-01 00:00:00+00'::timestamptz)) desc, sub_mchid);
create index sub_merchants_region on sub_merchants (sp_mchid, region_code, sub_mchid);
create index sub_merchants_assigned on sub_merchants (sp_mchid, assigned_to, sub_mchid);

create table evidence (
  sp_mchid text not null,
  id uuid not null,
  sub_mchid text collate "C" not null,
  kind text not null check (kind in
    ('api_operation', 'portal_check', 'receipt_beacon', 'test_payment', 'order_query', 'limitation', 'flow_conclusion', 'unblock')),
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text references staff,
  source text not null check (source in ('app', 'backend', 'portal')),
  detail jsonb not null,
  primary key (sp_mchid, id),
  foreign key (sp_mchid, sub_mchid) references sub_merchants
);
create index evidence_timeline on evidence (sp_mchid, sub_mchid, occurred_at desc, id desc);

create table evidence_withdrawals (
  sp_mchid text not null,
  evidence_id uuid not null,
  withdrawn_by text not null references staff,
  withdrawn_at timestamptz not null,
  reason text not null,
  primary key (sp_mchid, evidence_id),
  foreign key (sp_mchid, evidence_id) references evidence
);

create table operations (
  id uuid primary key,
  sp_mchid text not null,
  sub_mchid text collate "C" not null,
  -- the Idempotency-Key; after an answer that leaves the key unused, the same key may name a second operation
  key text not null,
  staff_id text not null references staff,
  kind text not null check (kind in
    ('gold_plan.open', 'gold_plan.close', 'receipt.open', 'receipt.close', 'advertising.open', 'advertising.close', 'ad_filter.set')),
  parameters jsonb not null,
  reason text,
  status text not null check (status in ('pending', 'succeeded', 'failed', 'unknown', 'unresolved')),
  code text,
  message text,
  wx_request_id text,
  wx_code text,
  wx_message text,
  retry_after integer,
  attempts integer not null default 0,
  started_at timestamptz not null,
  finished_at timestamptz,
  next_attempt_at timestamptz,
  -- pending or being asked again by a process: past this, the process is taken for dead
  lease_until timestamptz,
  -- an unresolved one that later evidence or a person settled
  settled_at timestamptz,
  request_id text not null,
  client text,
  foreign key (sp_mchid, sub_mchid) references sub_merchants
);
create unique index operations_one_unsettled on operations (sp_mchid, sub_mchid) where status in ('pending', 'unknown');
create index operations_by_key on operations (staff_id, key, started_at desc);
create index operations_of_merchant on operations (sp_mchid, sub_mchid, started_at desc);
create index operations_due on operations (next_attempt_at) where status = 'unknown';
create index operations_leased on operations (lease_until) where status = 'pending';

create table operation_attempts (
  operation_id uuid not null references operations,
  attempt integer not null,
  sent_at timestamptz not null,
  answered_at timestamptz,
  phase text not null check (phase in ('succeeded', 'not_sent', 'unknown', 'refused', 'not_authentic', 'process_ended')),
  http_status integer,
  wx_code text,
  wx_message text,
  wx_request_id text,
  primary key (operation_id, attempt)
);

create table idempotency_keys (
  staff_id text not null references staff,
  key text not null,
  method text not null,
  path text not null,
  body_sha256 text not null,
  operation_id uuid,
  evidence_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (staff_id, key)
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);

create table audit_entries (
  id uuid primary key default gen_random_uuid(),
  sp_mchid text not null,
  at timestamptz not null,
  actor_id text,
  actor_role text,
  action text not null,
  target_type text not null,
  target_id text not null,
  before jsonb,
  after jsonb,
  reason text,
  request_id text,
  client text
);
create index audit_entries_of_target on audit_entries (sp_mchid, target_type, target_id, at desc, id desc);
create index audit_entries_by_time on audit_entries (sp_mchid, at desc, id desc);

-- What the program may do. Roles belong to the whole server, so an administrator or another database's migration may have made it, even at this moment.
do $$
begin
  if to_regrole('goldplan_app') is null then
    create role goldplan_app nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end
$$;
do $$
begin
  execute format('grant usage on schema %I to goldplan_app', current_schema());
end
$$;
grant select, insert on all tables in schema public to goldplan_app;
grant update on provider, staff, staff_bindings, invites, bind_tickets, sessions, sub_merchants, operations, idempotency_keys to goldplan_app;
grant delete on staff_bindings, invites, bind_tickets, sessions, idempotency_keys to goldplan_app;
revoke all on schema_migrations from goldplan_app;
