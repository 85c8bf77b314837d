-- Numbers compare byte for byte wherever they stand. Where one side of a comparison had the database's collation and the other "C", PostgreSQL took "C",
-- and no index of the first side could be used: an agent's audit trail read every entry once for each shop.
do $$
declare
  changed record;
begin
  for changed in
    select table_name, string_agg(format('alter column %I type text collate "C"', column_name), ', ') as columns
    from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = current_schema() and table_type = 'BASE TABLE' and data_type = 'text' and collation_name is null
      and (column_name like '%sp_mchid' or column_name like '%sub_mchid' or column_name = 'target_id')
    group by table_name
  loop
    execute format('alter table %I %s', changed.table_name, changed.columns);
  end loop;
end
$$;
