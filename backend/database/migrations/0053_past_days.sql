-- How a shop stood at the end of a past day, so that the shops of a state are read from an index and not from all that ever moved. Of every shop: the day of
-- its newest move. Of every move: since which day the state that it left had been there. So a shop stood so on a day if it still does and has not moved since,
-- or if one of its moves left that state later and had found it there by then; of the moves of one shop at most one says that of any day.

-- the day of the newest move, of which none has been there yet: the day on which the shop was added. Empty: added before this was kept
alter table sub_merchants add column state_moved_on text collate "C" not null default '';
-- the day of the move before, or the day on which the shop was added; empty as above. It left the state on `day`
alter table merchant_state_moves add column from_day text collate "C" not null default '';

update merchant_state_moves as held set from_day = before.day
from (select id, lag(day) over (partition by sp_mchid, sub_mchid order by id) as day from merchant_state_moves) as before
where before.id = held.id and before.day is not null;
-- nothing of a shop that anybody is shown changes
alter table sub_merchants disable trigger user;
update sub_merchants as held set state_moved_on = newest.day
from (select sp_mchid, sub_mchid, max(day) as day from merchant_state_moves group by 1, 2) as newest
where held.sp_mchid = newest.sp_mchid and held.sub_mchid = newest.sub_mchid;
alter table sub_merchants enable trigger user;

create index sub_merchants_moved on sub_merchants (sp_mchid, migration_rank, state_moved_on, sub_mchid, region_code);
create index merchant_state_moves_left on merchant_state_moves (sp_mchid, from_state, sub_mchid, day, from_day);

-- never before the day of an earlier move, nor before the shop was added, whatever clocks say
create function note_moved() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.state_moved_on := greatest(china_day(new.updated_at), china_day(new.created_at), old.state_moved_on);
  return new;
end
$$;
create function note_begun() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.state_moved_on := greatest(china_day(new.created_at), new.state_moved_on);
  return new;
end
$$;
create trigger note_moved before update on sub_merchants for each row when (old.migration_state is distinct from new.migration_state) execute function note_moved();
create trigger note_begun before insert on sub_merchants for each row execute function note_begun();

-- as in 0044, with both days of a move
create or replace function note_facets_changed() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  shop record;
  was record;
  moved boolean;
begin
  if (select count(*) from added) = 1 then
    select sp_mchid, sub_mchid, region_code, migration_state as state, coalesce(assigned_to, '') as staff, coalesce(migration_proof, '') as proof,
      case when migration_state = 'verified' then china_day(migration_since) end as since, receipt_ready_band(receipt_ready_ms) as band, state_moved_on
    into shop from added;
    select region_code, migration_state as state, coalesce(assigned_to, '') as staff, coalesce(migration_proof, '') as proof,
      case when migration_state = 'verified' then china_day(migration_since) end as since, receipt_ready_band(receipt_ready_ms) as band, state_moved_on
    into was from removed;
    if shop.region_code = was.region_code then
      moved := shop.state <> was.state;
      if not moved and shop.staff = was.staff and shop.proof = was.proof and shop.since is not distinct from was.since and shop.band = was.band then
        return null;
      end if;
      if moved then
        insert into merchant_state_moves (sp_mchid, sub_mchid, from_day, day, from_state, to_state)
        values (shop.sp_mchid, shop.sub_mchid, was.state_moved_on, shop.state_moved_on, was.state, shop.state);
      end if;
      insert into merchant_facet_changes (sp_mchid, facet, region_code, key, migration_state, count)
      select shop.sp_mchid, v.facet, shop.region_code, v.key, v.state, v.change
      from (values
        ('state', '', was.state, -1, moved), ('state', '', shop.state, 1, moved),
        ('staff', was.staff, was.state, -1, moved or shop.staff <> was.staff), ('staff', shop.staff, shop.state, 1, moved or shop.staff <> was.staff),
        ('proof', was.proof, was.state, -1, moved or shop.proof <> was.proof), ('proof', shop.proof, shop.state, 1, moved or shop.proof <> was.proof),
        ('since', was.since, 'verified', -1, was.since is not null and shop.since is distinct from was.since),
        ('since', shop.since, 'verified', 1, shop.since is not null and shop.since is distinct from was.since),
        ('ready', was.band, '', -1, shop.band <> was.band), ('ready', shop.band, '', 1, shop.band <> was.band),
        ('day', shop.state_moved_on, was.state, -1, moved), ('day', shop.state_moved_on, shop.state, 1, moved)
      ) as v(facet, key, state, change, applies)
      where v.applies;
      return null;
    end if;
  end if;
  insert into merchant_facet_changes
  select sp_mchid, f.facet, region_code, f.key, f.migration_state, sum(change)
  from (
    select sp_mchid, region_code, migration_state, assigned_to, migration_proof, migration_since, receipt_ready_ms, 1 as change from added
    union all
    select sp_mchid, region_code, migration_state, assigned_to, migration_proof, migration_since, receipt_ready_ms, -1 as change from removed
  ) as m, lateral facets_of(m.migration_state, assigned_to, migration_proof, migration_since, receipt_ready_ms) as f
  group by 1, 2, 3, 4, 5 having sum(change) <> 0;
  if not found then
    return null;
  end if;
  -- the past of a shop that stands elsewhere now goes with it
  insert into merchant_facet_changes
  select a.sp_mchid, 'day', place.region_code, d.key, d.migration_state, sum(d.count * place.change)
  from added as a join removed as r on a.sp_mchid = r.sp_mchid and a.sub_mchid = r.sub_mchid and a.region_code <> r.region_code,
    lateral days_of(a.sp_mchid, a.sub_mchid, r.migration_state, r.created_at) as d,
    lateral (values (r.region_code, -1), (a.region_code, 1)) as place(region_code, change)
  group by 1, 3, 4, 5 having sum(d.count * place.change) <> 0;
  with moves as (
    insert into merchant_state_moves (sp_mchid, sub_mchid, from_day, day, from_state, to_state)
    select a.sp_mchid, a.sub_mchid, r.state_moved_on, a.state_moved_on, r.migration_state, a.migration_state
    from added as a join removed as r on a.sp_mchid = r.sp_mchid and a.sub_mchid = r.sub_mchid and a.migration_state <> r.migration_state
    returning sp_mchid, sub_mchid, day, from_state, to_state
  )
  insert into merchant_facet_changes
  select moves.sp_mchid, 'day', a.region_code, day, moved.state, sum(moved.change)
  from moves join added as a on a.sp_mchid = moves.sp_mchid and a.sub_mchid = moves.sub_mchid,
    lateral (values (from_state, -1), (to_state, 1)) as moved(state, change)
  group by 1, 3, 4, 5 having sum(moved.change) <> 0;
  return null;
end
$$;
