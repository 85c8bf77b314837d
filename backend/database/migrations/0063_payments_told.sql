-- What is told of payments are days of a shop with twenty payments, and its small days of a week together, so that two answers differ by nothing that is smaller than
-- what may be told (product.md §5.7). What a district was paid is the sum of that; what is told only of a week stands on its Monday.
delete from payment_region_days;
alter table payment_region_days add column together boolean not null default false;
alter table payment_region_days drop constraint payment_region_days_pkey;
alter table payment_region_days add primary key (sp_mchid, region_code, day, together);

-- of the bills that are here already
with whole as (
  select sp_mchid, date_trunc('week', day)::date as week from bill_days where state in ('landed', 'empty')
  group by sp_mchid, date_trunc('week', day) having count(*) = 7
), small as (
  select p.sp_mchid, p.sub_mchid, whole.week from payment_days as p join whole on whole.sp_mchid = p.sp_mchid and p.day between whole.week and whole.week + 6
  where p.payments < 20
  group by p.sp_mchid, p.sub_mchid, whole.week having sum(p.payments) >= 20
), told as (
  select p.sp_mchid, p.sub_mchid, p.day as of_day, p.day as at_day, false as together from payment_days as p where p.payments >= 20
  union all
  select p.sp_mchid, p.sub_mchid, p.day, small.week, true from small join payment_days as p
    on p.sp_mchid = small.sp_mchid and p.sub_mchid = small.sub_mchid and p.day between small.week and small.week + 6 and p.payments < 20
), placed as materialized (
  select s.region_code, told.at_day, told.together, p.* from told
    join payment_days as p on p.sp_mchid = told.sp_mchid and p.sub_mchid = told.sub_mchid and p.day = told.of_day
    join sub_merchants as s on s.sp_mchid = p.sp_mchid and s.sub_mchid = p.sub_mchid
), by_appid as (
  select sp_mchid, region_code, at_day, together, jsonb_object_agg(appid, payments) as jsapi
  from (
    select sp_mchid, region_code, at_day, together, one.key as appid, sum(one.value::bigint) as payments from placed, jsonb_each_text(jsapi) as one
    group by sp_mchid, region_code, at_day, together, one.key
  ) as each group by sp_mchid, region_code, at_day, together
), hours as (
  select sp_mchid, region_code, at_day, together, array_agg(payments order by place) as hours
  from (
    select sp_mchid, region_code, at_day, together, one.place, sum(one.payments) as payments
    from placed, unnest(hours) with ordinality as one(payments, place)
    group by sp_mchid, region_code, at_day, together, one.place
  ) as by_hour group by sp_mchid, region_code, at_day, together
), bands as (
  select sp_mchid, region_code, at_day, together, array_agg(payments order by place) as bands
  from (
    select sp_mchid, region_code, at_day, together, one.place, sum(one.payments) as payments
    from placed, unnest(bands) with ordinality as one(payments, place)
    group by sp_mchid, region_code, at_day, together, one.place
  ) as by_band group by sp_mchid, region_code, at_day, together
), sums as (
  select sp_mchid, region_code, at_day, together, sum(payments) as payments, sum(native) as native, sum(micropay) as micropay, sum(app) as app,
    sum(h5) as h5, sum(facepay) as facepay, sum(other) as other, sum(refunds) as refunds
  from placed group by sp_mchid, region_code, at_day, together
)
insert into payment_region_days (sp_mchid, region_code, day, together, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
select sp_mchid, region_code, at_day, together, payments, coalesce(jsapi, '{}'), native, micropay, app, h5, facepay, other, refunds, hours, bands
from sums join hours using (sp_mchid, region_code, at_day, together) join bands using (sp_mchid, region_code, at_day, together)
  left join by_appid using (sp_mchid, region_code, at_day, together);
