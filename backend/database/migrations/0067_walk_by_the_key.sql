-- The key of a shop and the index that a common text is walked by (0005) were two of the same order: each new shop was written into both, and each change of a state. The key
-- has the columns of the other now. What refers to it is made anew: some seconds for a million shops.
alter table sub_merchants drop constraint sub_merchants_pkey cascade;
drop index sub_merchants_walk;
alter table sub_merchants add constraint sub_merchants_pkey primary key (sp_mchid, sub_mchid)
  include (search_name, search_short_name, region_code, assigned_to, migration_state);
alter table store_codes add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
alter table visits add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
alter table receipt_contents add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
alter table receipt_load_days add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
alter table receipt_loads add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
alter table receipt_link_hosts add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
alter table change_requests add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
alter table limitation_questions add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
alter table calls_under_way add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
alter table evidence add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
alter table operations add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
alter table visit_stops add foreign key (sp_mchid, sub_mchid) references sub_merchants (sp_mchid, sub_mchid);
