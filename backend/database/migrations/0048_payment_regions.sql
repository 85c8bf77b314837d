-- What a district was paid in a day (product.md B30): added up when a bill lands, of the shops that stand in it then, so that a lead's page does not add up a
-- million merchants whenever it is opened.
create table payment_region_days (
  sp_mchid text collate "C" not null references provider,
  region_code text collate "C" not null,
  -- in Asia/Shanghai
  day date not null,
  payments bigint not null,
  -- {appid: payments}, as in payment_days
  jsapi jsonb not null,
  native bigint not null,
  micropay bigint not null,
  app bigint not null,
  h5 bigint not null,
  facepay bigint not null,
  other bigint not null,
  refunds bigint not null,
  hours bigint[] not null check (cardinality(hours) = 24),
  bands bigint[] not null check (cardinality(bands) = 6),
  primary key (sp_mchid, region_code, day)
);
create index payment_region_days_by_day on payment_region_days (sp_mchid, day);

-- of the bills that are here already
with placed as (
  select p.*, s.region_code from payment_days as p join sub_merchants as s using (sp_mchid, sub_mchid)
), sums as (
  select sp_mchid, region_code, day, sum(payments) as payments, sum(native) as native, sum(micropay) as micropay, sum(app) as app, sum(h5) as h5,
    sum(facepay) as facepay, sum(other) as other, sum(refunds) as refunds
  from placed group by sp_mchid, region_code, day
), appids as (
  select sp_mchid, region_code, day, jsonb_object_agg(appid, payments) as jsapi
  from (
    select sp_mchid, region_code, day, one.key as appid, sum(one.value::bigint) as payments from placed, jsonb_each_text(jsapi) as one
    group by sp_mchid, region_code, day, one.key
  ) as by_appid group by sp_mchid, region_code, day
), hours as (
  select sp_mchid, region_code, day, array_agg(payments order by place) as hours
  from (
    select sp_mchid, region_code, day, place, sum(payments) as payments from (
      select sp_mchid, region_code, day, one.payments, one.place from placed, unnest(hours) with ordinality as one(payments, place)
    ) as each group by sp_mchid, region_code, day, place
  ) as by_hour group by sp_mchid, region_code, day
), bands as (
  select sp_mchid, region_code, day, array_agg(payments order by place) as bands
  from (
    select sp_mchid, region_code, day, place, sum(payments) as payments from (
      select sp_mchid, region_code, day, one.payments, one.place from placed, unnest(bands) with ordinality as one(payments, place)
    ) as each group by sp_mchid, region_code, day, place
  ) as by_band group by sp_mchid, region_code, day
)
insert into payment_region_days (sp_mchid, region_code, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
select sp_mchid, region_code, day, payments, coalesce(jsapi, '{}'), native, micropay, app, h5, facepay, other, refunds, hours, bands
from sums join hours using (sp_mchid, region_code, day) join bands using (sp_mchid, region_code, day) left join appids using (sp_mchid, region_code, day);

grant select, insert, delete on payment_region_days to goldplan_app;
