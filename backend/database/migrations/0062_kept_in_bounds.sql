-- What grew for ever is bounded (operations.md, What grows), and what stands still says why and since when (product.md §7.5, §7.6).

-- A rollout that ended long ago keeps its numbers: [{stage, status, code, items}]. Null: its items are there
alter table rollouts add column counts jsonb;
-- since when; the items are deleted from then on, a few thousand at once
alter table rollouts add column reduced_at timestamptz;
alter table rollouts add constraint rollouts_reduced check ((counts is null) = (reduced_at is null) and (counts is null or ended_at is not null));
grant delete on rollout_items to goldplan_app;

-- since when WeChat Pay gives no usable answer to rollouts; null: it answers
alter table rollout_rate add column away_since timestamptz;

-- A template of subscription messages that WeChat does not take: nobody is asked for it, and an administrator sees it. Gone when a message of it went out, or when
-- the templates of the settings change.
create table message_template_faults (
  template_id text collate "C" primary key,
  -- as WeChat said it the last time
  errcode integer not null,
  errmsg text not null,
  since timestamptz not null,
  last_at timestamptz not null
);
grant select, insert, update, delete on message_template_faults to goldplan_app;

-- what became of each merchant of a rollout
alter table exports drop constraint exports_kind_check;
alter table exports add constraint exports_kind_check check (kind in ('merchants', 'audit', 'rollout'));

-- every stranger who opens the app leaves one; those that are over go
grant delete on bind_tickets to goldplan_app;
