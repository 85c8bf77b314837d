-- The audit trail can be read by whom, by what and by when (GET /v1/audit-entries), and proves itself (npm run audit:verify).

create index audit_entries_of_actor on audit_entries (sp_mchid, actor_id, at desc, id desc);
create index audit_entries_of_action on audit_entries (sp_mchid, action, at desc, id desc);

-- Entries are sealed in the order of the transactions that wrote them, not of `at`: a clock may go back, and a transaction that began earlier may commit
-- later. Those of before have transaction 0 and are sealed first.
alter table audit_entries add column written_in xid8 not null default '0';
alter table audit_entries alter column written_in set default pg_current_xact_id();
create index audit_entries_as_written on audit_entries (written_in, id);

-- What an entry was when it was sealed (platform/audit/sealing.ts).
create table audit_seals (
  number bigint primary key check (number > 0),
  sealed_at timestamptz not null,
  -- everything up to here, in the order (written_in, id), is sealed; null: numbers of transactions of another server mean nothing here (a restored backup)
  upto_xid xid8,
  upto_id uuid,
  entries uuid[] not null,
  -- SHA-256 of each entry, in the order of `entries`
  leaves bytea not null check (length(leaves) = 32 * cardinality(entries)),
  -- of the tree over the leaves (RFC 6962, 2.1)
  entries_root bytea not null check (length(entries_root) = 32),
  -- the root of the seal before; of the first one zeros. Unique: nothing is sealed twice
  previous bytea not null unique check (length(previous) = 32),
  -- of everything up to here
  root bytea not null check (length(root) = 32)
);
grant select, insert on audit_seals to goldplan_app;
