-- Payments are told by whole weeks, so that two answers differ by nothing that is smaller than what may be told (product.md §5.7): what a district was paid counts
-- once all days of its week are known, and then the shops that were paid twenty times in it. Of the bills that are here already:
delete from payment_region_days;

with whole as (
  select sp_mchid, date_trunc('week', day)::date as week from bill_days where state in ('landed', 'empty')
  group by sp_mchid, date_trunc('week', day) having count(*) = 7
), told as (
  select p.sp_mchid, p.sub_mchid, whole.week from payment_days as p join whole on whole.sp_mchid = p.sp_mchid and p.day between whole.week and whole.week + 6
  group by p.sp_mchid, p.sub_mchid, whole.week having sum(p.payments) >= 20
), placed as materialized (
  select p.*, s.region_code from told join payment_days as p on p.sp_mchid = told.sp_mchid and p.sub_mchid = told.sub_mchid
    and p.day between told.week and told.week + 6 join sub_merchants as s on s.sp_mchid = p.sp_mchid and s.sub_mchid = p.sub_mchid
), by_appid as (
  select sp_mchid, region_code, day, jsonb_object_agg(appid, payments) as jsapi
  from (
    select sp_mchid, region_code, day, one.key as appid, sum(one.value::bigint) as payments from placed, jsonb_each_text(jsapi) as one
    group by sp_mchid, region_code, day, one.key
  ) as each group by sp_mchid, region_code, day
), hours as (
  select sp_mchid, region_code, day, array_agg(payments order by place) as hours
  from (
    select sp_mchid, region_code, day, one.place, sum(one.payments) as payments from placed, unnest(hours) with ordinality as one(payments, place)
    group by sp_mchid, region_code, day, one.place
  ) as by_hour group by sp_mchid, region_code, day
), bands as (
  select sp_mchid, region_code, day, array_agg(payments order by place) as bands
  from (
    select sp_mchid, region_code, day, one.place, sum(one.payments) as payments from placed, unnest(bands) with ordinality as one(payments, place)
    group by sp_mchid, region_code, day, one.place
  ) as by_band group by sp_mchid, region_code, day
), sums as (
  select sp_mchid, region_code, day, sum(payments) as payments, sum(native) as native, sum(micropay) as micropay, sum(app) as app, sum(h5) as h5,
    sum(facepay) as facepay, sum(other) as other, sum(refunds) as refunds
  from placed group by sp_mchid, region_code, day
)
insert into payment_region_days (sp_mchid, region_code, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
select sp_mchid, region_code, day, payments, coalesce(jsapi, '{}'), native, micropay, app, h5, facepay, other, refunds, hours, bands
from sums join hours using (sp_mchid, region_code, day) join bands using (sp_mchid, region_code, day) left join by_appid using (sp_mchid, region_code, day);
