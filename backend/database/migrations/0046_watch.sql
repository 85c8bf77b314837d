-- Merchants that pay and are not the provider's to look after can be put aside; and the nightly watch (product.md §5.5).

-- Put aside by an operator: not ours, closed, a number for tests. A later bill does not bring it back.
alter table unlisted_merchants add column dismissed_at timestamptz, add column dismissed_by text references staff;

-- A hint, never a state: a verified merchant with an open receipt was paid often enough, and nobody loaded its receipt page in the same days.
-- {payments, from, to}: JSAPI payments from the first to the last of those days
alter table sub_merchants add column suspected_at timestamptz, add column suspected jsonb,
  add check ((suspected_at is null) = (suspected is null));
create index sub_merchants_suspected on sub_merchants (sp_mchid, migration_rank, sub_mchid) where suspected_at is not null;

-- One row for each number: which night it was looked at last, whichever process did it.
create table watch_nights (
  sp_mchid text collate "C" primary key references provider,
  -- in Asia/Shanghai
  night date not null,
  -- the newest bill then; a newer one is looked at on the day it lands
  bills_to date not null,
  -- merchants are looked at in order: the last that is done ('' for none yet), null when all are
  done_to text collate "C",
  watched_at timestamptz not null
);
grant select, insert, update on watch_nights to goldplan_app;
