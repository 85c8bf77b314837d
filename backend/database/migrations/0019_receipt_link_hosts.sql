-- Hosts that a merchant's receipt may link to beside those that the provider registered: allowed by a lead or an operator, one merchant at a time.
create table receipt_link_hosts (
  sp_mchid text collate "C" not null,
  sub_mchid text collate "C" not null,
  -- lower case, ASCII
  host text collate "C" not null,
  allowed_by text not null references staff,
  allowed_at timestamptz not null,
  primary key (sp_mchid, sub_mchid, host),
  foreign key (sp_mchid, sub_mchid) references sub_merchants
);

-- links that customers see already go on being seen
insert into receipt_link_hosts (sp_mchid, sub_mchid, host, allowed_by, allowed_at)
select distinct c.sp_mchid, c.sub_mchid, lower(substring(b ->> 'url' from '^https://([^/:?#]+)')), c.changed_by, c.changed_at
from receipt_contents c, jsonb_array_elements(c.blocks) b
where b ->> 'kind' = 'link' and b ->> 'url' ~ '^https://[^/:?#]+'
on conflict do nothing;

grant select, insert on receipt_link_hosts to goldplan_app;
