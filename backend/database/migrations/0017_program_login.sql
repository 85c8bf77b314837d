-- The program logs in as goldplan_app itself. What functions of the owner name is looked for among the server's own things, then ours, then a caller's
-- temporary ones, never the other way round; nobody but the program may call them.
do $$
declare
  one record;
begin
  for one in
    -- a body that was parsed when the function was made (prosqlbody) looks nothing up any more; a setting would only keep it out of plans
    select oid::regprocedure as signature, prosqlbody is null as looks_up from pg_proc
    where pronamespace = current_schema()::regnamespace and proowner = current_user::regrole and prokind = 'f'
  loop
    execute format('revoke all on function %s from public', one.signature);
    if one.looks_up then
      execute format('alter function %s set search_path = pg_catalog, %I, pg_temp', one.signature, current_schema());
    end if;
  end loop;
end
$$;
-- those of later migrations neither
alter default privileges revoke execute on functions from public;

grant execute on function analyze_directory(), searched_terms(text[], text) to goldplan_app;
-- whether the database is up to date
grant select on schema_migrations to goldplan_app;
