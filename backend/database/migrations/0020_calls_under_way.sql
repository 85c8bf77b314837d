-- Calls to WeChat Pay that may still reach it. A row is written before its call leaves and taken away with its answer, in the transaction that writes what came of it.
-- A shop has one at most: whoever asks later waits, so that no call overtakes another, whatever clocks say.
create table calls_under_way (
  id uuid primary key,
  sp_mchid text not null,
  sub_mchid text collate "C" not null,
  operation_id uuid not null references operations,
  -- who sent it: the number of the lock that the process holds while it lives (sign-of-life.ts)
  process integer not null,
  began_at timestamptz not null,
  unique (sp_mchid, sub_mchid),
  foreign key (sp_mchid, sub_mchid) references sub_merchants
);
grant select, insert, delete on calls_under_way to goldplan_app;

-- what processes of before had out is over when they have ended: no process has the number 0
insert into calls_under_way (id, sp_mchid, sub_mchid, operation_id, process, began_at)
select gen_random_uuid(), sp_mchid, sub_mchid, id, 0, started_at from operations
where status = 'pending' or (status = 'unknown' and lease_until is not null);

drop index operations_leased;
alter table operations drop column lease_until;
