-- What WeChat Pay limits (product.md C2): merchants that it is to be asked about, how fast, and which of its notifications were handled.

create table limitation_questions (
  sp_mchid text collate "C" not null,
  sub_mchid text collate "C" not null,
  -- refused: an opening was · callback: WeChat Pay told that something changed · nightly: it was blocked
  cause text not null check (cause in ('refused', 'callback', 'nightly')),
  -- a process that asks sets it ahead: should it end before the answer, another one asks then
  due_at timestamptz not null,
  tries integer not null default 0,
  primary key (sp_mchid, sub_mchid),
  foreign key (sp_mchid, sub_mchid) references sub_merchants
);
create index limitation_questions_due on limitation_questions (sp_mchid, due_at);

-- One pace for all processes.
create table limitation_pace (
  sp_mchid text collate "C" primary key references provider,
  next_at timestamptz not null,
  -- in Asia/Shanghai, the last for which those that were blocked were put among the questions
  nightly_day date not null
);

-- The same id may come twice, and its signature may be sent again for five minutes; rows are removed after 30 days.
create table wechatpay_notifications (
  sp_mchid text collate "C" not null references provider,
  id text collate "C" not null,
  event_type text not null,
  sub_mchid text collate "C",
  received_at timestamptz not null,
  primary key (sp_mchid, id)
);
create index wechatpay_notifications_by_age on wechatpay_notifications (received_at);

grant select, insert, update, delete on limitation_questions to goldplan_app;
grant select, insert, update on limitation_pace to goldplan_app;
grant select, insert, delete on wechatpay_notifications to goldplan_app;
