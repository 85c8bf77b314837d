-- The region behind each order of a search: a scope is then looked at in the index, not in a row that is fetched for nothing.
drop index sub_merchants_search_name, sub_merchants_search_short_name, sub_merchants_pinyin, sub_merchants_initials, sub_merchants_name;
create index sub_merchants_search_name on sub_merchants (sp_mchid, search_name, sub_mchid, region_code);
create index sub_merchants_search_short_name on sub_merchants (sp_mchid, search_short_name, sub_mchid, region_code);
create index sub_merchants_pinyin on sub_merchants (sp_mchid, pinyin, sub_mchid, region_code);
create index sub_merchants_initials on sub_merchants (sp_mchid, pinyin_initials, sub_mchid, region_code);
create index sub_merchants_name on sub_merchants (sp_mchid, name, sub_mchid, region_code);
