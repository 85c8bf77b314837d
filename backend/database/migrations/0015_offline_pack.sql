-- What changed since a phone last asked (backend/offline-pack). Not by time: a transaction that began earlier may commit later, and its rows would be
-- passed by. Each row says which transaction wrote it last; a phone is given the oldest transaction that was still open when it asked, and asks
-- next time for what was written by that one or a later one. Rows from before have transaction 0: no phone can have asked then.
alter table sub_merchants add column written_in xid8 not null default '0';
alter table sub_merchants alter column written_in set default pg_current_xact_id();
-- rows of the list name whose a shop is
alter table staff add column named_in xid8 not null default '0';
alter table staff alter column named_in set default pg_current_xact_id();
-- a shop that left a scope is known by the place that it left
alter table sub_merchant_places add column written_in xid8 not null default '0';
alter table sub_merchant_places alter column written_in set default pg_current_xact_id();
-- compared as the directory's is
alter table sub_merchant_places alter column region_code type text collate "C";
create index sub_merchant_places_written on sub_merchant_places (sp_mchid, written_in);

-- by trigger, so that no way of writing can forget it
create function note_written() returns trigger language plpgsql as $$
begin
  new.written_in := pg_current_xact_id();
  return new;
end
$$;
create trigger note_written before update on sub_merchants for each row execute function note_written();

create function note_named() returns trigger language plpgsql as $$
begin
  new.named_in := pg_current_xact_id();
  return new;
end
$$;
create trigger note_named before update on staff for each row when (old.display_name is distinct from new.display_name) execute function note_named();
