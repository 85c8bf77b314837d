-- What else a provider says of itself (PUT /v1/provider), and how many verdicts are derived anew at once.
alter table provider
  -- [{host, path, note}], as they stand on the console; customers' receipts may link to these hosts, and the link check may visit them
  add column receipt_links jsonb not null default '[]' check (jsonb_typeof(receipt_links) = 'array'),
  -- changes that a rollout may send to WeChat Pay in a minute, for this number
  add column rollout_rate_per_minute integer not null default 60 check (rollout_rate_per_minute between 1 and 600),
  -- {enabled, days, min_payments}: from when on a verified shop without a load of its receipt is suspected
  add column watch jsonb not null default '{"enabled": true, "days": 7, "min_payments": 20}' check (jsonb_typeof(watch) = 'object'),
  -- by whom the settings were last changed: a member of staff, or the command on the server
  add column changed_by text,
  add column changed_at timestamptz;

-- Deriving anew goes on in several ranges of merchants at once; who claims a range holds its row.
alter table provider
  -- to_split: a change has just been made, ranges of an earlier one no longer count · in_parts: until every range is finished · null: nothing is under way
  add column rederiving text check (rederiving in ('to_split', 'in_parts'));
update provider set rederiving = 'to_split' where rederive_after is not null;
alter table provider drop column rederive_after, drop column rederive_done;
create table rederive_parts (
  sp_mchid text collate "C" not null references provider,
  part smallint not null,
  -- what is left: 商户号 after the first, up to the second; null: to the end
  after text collate "C" not null,
  upto text collate "C",
  done integer not null,
  finished boolean not null,
  primary key (sp_mchid, part)
);
grant select, insert, update, delete on rederive_parts to goldplan_app;
