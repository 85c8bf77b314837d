-- The next version of a checklist while administrators write it: one draft for the company, kept until it is published or thrown away.
create table checklist_drafts (
  sp_mchid text primary key references provider,
  -- raised by each change, also by publishing and throwing away, and never set back: If-Match of whoever saw an earlier one fails
  version integer not null check (version >= 1),
  -- null: there is none now, the next begins with the current version
  body jsonb,
  updated_at timestamptz not null,
  updated_by text not null references staff
);
-- why a version was published; null: it came with the program, or nothing was said
alter table checklist_templates add column comment text;
grant select, insert, update on checklist_drafts to goldplan_app;
