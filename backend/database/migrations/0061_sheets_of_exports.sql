-- An xlsx of more rows than a sheet takes has several sheets (product.md B03).

-- those that are whole: [{crc, packed, unpacked}]; crc, unpacked and packed of the export are of the one that is being written
alter table exports add column sheets jsonb not null default '[]';
-- rows of the one that is being written, without its heads
alter table exports add column sheet_rows integer not null default 0;
-- one that is under way began as files did before this, and would end as they do now: it is made anew
update exports set status = 'queued', parts = 0, rows = 0, sheet_rows = 0, bytes = 0, crc = 0, unpacked = 0, packed = 0, after = null where format = 'xlsx' and status = 'running';
delete from export_parts where export_id in (select id from exports where status = 'queued');
grant update (sheets, sheet_rows) on exports to goldplan_app;
