-- Staff as administrators keep them in the app (product.md §7.2, GET and PUT /v1/staff): a version to change by, and invites that can be guessed by nobody.

alter table staff add column version integer not null default 1;

-- An invite is found by the first six characters of its code, so that a wrong rest can be counted against it.
alter table invites
  -- hash of those six; null: made before there were any
  add column finder_hash text,
  add column wrong_tries integer not null default 0,
  -- a newer one took its place, or the person was disabled
  add column revoked_at timestamptz;
update invites set revoked_at = newer.created_at
  from (select staff_id, max(created_at) as created_at from invites group by staff_id) as newer
  where invites.staff_id = newer.staff_id and used_at is null and (invites.created_at < newer.created_at
    or exists (select from invites as twin where twin.staff_id = invites.staff_id and twin.used_at is null
      and twin.created_at = invites.created_at and twin.code_hash > invites.code_hash));
create unique index invites_open on invites (staff_id) where used_at is null and revoked_at is null;
create index invites_by_finder on invites (finder_hash) where used_at is null and revoked_at is null;

-- Wrong codes of one WeChat account: a new login gives a new ticket, but no further tries.
create table invite_tries (
  sp_mchid text collate "C" not null references provider,
  openid text not null,
  wrong_tries integer not null check (wrong_tries > 0),
  -- the first of them
  since timestamptz not null,
  primary key (sp_mchid, openid)
);
grant select, insert, update, delete on invite_tries to goldplan_app;

-- how many shops somebody has, and how many proofs of them are old
create index sub_merchants_workload on sub_merchants (assigned_to, migration_state, migration_since) where assigned_to is not null;
