-- Which appids are 公众号 and which mini programs: WeChat Pay calls the payments of both JSAPI.
create table appids (
  sp_mchid text collate "C" not null references provider,
  appid text collate "C" not null check (appid ~ '^wx[0-9a-zA-Z]{6,30}$'),
  kind text not null check (kind in ('official_account', 'mini_program', 'app', 'unregistered')),
  name text,
  updated_at timestamptz not null,
  updated_by text not null references staff,
  primary key (sp_mchid, appid)
);
grant select, insert, update on appids to goldplan_app;
