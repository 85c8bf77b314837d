-- What a person is told (product.md B05): it stands in the app, and goes out as a WeChat message where the person allowed one.

create table notices (
  id uuid primary key,
  -- home number of the company
  sp_mchid text collate "C" not null references provider,
  staff_id text not null references staff,
  kind text not null check (kind in ('closing', 'shop', 'rollout')),
  -- what it opens: a change request, a merchant or a rollout
  about text collate "C" not null,
  -- the name of that, as it was
  subject text not null,
  -- what became of it
  outcome text not null,
  -- the same thing is told once
  cause text collate "C" not null,
  at timestamptz not null,
  read_at timestamptz,
  -- due: nobody has looked yet whether it may go out · app: it stands in the app only · sending: a process has it · unknown: that process ended, and whether it
  -- went out is not known, so it does not go out again
  message text not null default 'due' check (message in ('due', 'app', 'sending', 'sent', 'failed', 'unknown')),
  -- why it did not go out, as WeChat said it
  message_code text,
  try_at timestamptz,
  -- the number of the process (sign-of-life.ts)
  sender integer,
  unique (staff_id, kind, cause),
  check ((try_at is not null) = (message = 'due')),
  check ((sender is not null) = (message = 'sending'))
);
create index notices_of_person on notices (staff_id, at desc, id desc);
create index notices_unread on notices (staff_id) where read_at is null;
create index notices_due on notices (try_at) where message = 'due';
create index notices_sending on notices (id) where message = 'sending';

-- Each accept of a person in WeChat's dialog allows one message of its template.
create table message_quota (
  staff_id text not null references staff,
  template_id text not null,
  allowed integer not null check (allowed >= 0),
  -- the newest answer: accept, reject, ban, filter; refused: WeChat said when it was sent that the person takes none any more
  answer text not null,
  answered_at timestamptz not null,
  primary key (staff_id, template_id)
);

-- WeChat's access_token, one for all processes; whoever renews it holds the row.
create table wechat_tokens (
  appid text primary key,
  -- '' before the first
  token text not null,
  expires_at timestamptz not null,
  forced_at timestamptz
);

-- [{kind, template_id, keys}]: the templates of subscription messages as they were chosen on WeChat's console
alter table provider add column message_templates jsonb not null default '[]' check (jsonb_typeof(message_templates) = 'array');

grant select, insert, update on notices, message_quota, wechat_tokens to goldplan_app;
grant delete on notices to goldplan_app;
