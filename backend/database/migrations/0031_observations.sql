-- What operators say that a text of WeChat Pay means which the program does not know (backend/observations): it holds from the next answer on, in every process.
create table wx_text_classes (
  -- the company's home number
  sp_mchid text collate "C" not null references provider,
  -- of status, code and text (observations/texts.ts)
  id text collate "C" not null check (id ~ '^[0-9a-f]{32}$'),
  http_status integer not null,
  wx_code text not null,
  -- without merchants, orders and names
  text text not null check (text <> ''),
  -- null: taken back
  code text check (code <> ''),
  version integer not null check (version > 0),
  changed_by text not null references staff,
  changed_at timestamptz not null,
  primary key (sp_mchid, id)
);
grant select, insert on wx_text_classes to goldplan_app;
grant update (code, version, changed_by, changed_at) on wx_text_classes to goldplan_app;

-- what WeChat Pay said, and what was asked of it in the minute before it said "too often"
create index operation_attempts_refused on operation_attempts (sent_at) where phase = 'refused';
create index operation_attempts_by_time on operation_attempts (sent_at);
