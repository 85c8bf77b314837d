-- A shop that is added with the day on which that is, as an import writes thousands: there is nothing to note of it, and a function called for each row costs
-- the twentieth part of a row.
drop trigger note_begun on sub_merchants;
create trigger note_begun before insert on sub_merchants for each row when (new.state_moved_on < china_day(new.created_at)) execute function note_begun();
grant execute on function china_day(timestamptz) to goldplan_app;
