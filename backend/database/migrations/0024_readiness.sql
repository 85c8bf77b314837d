-- What has to be done before a provider number is ready (product.md §5.4): what people answered, and what the checks found.
create table readiness_answers (
  sp_mchid text collate "C" not null references provider,
  item text not null check (item in ('enrolment', 'contact', 'default_open', 'receipt_link', 'verification_file', 'debuggers', 'api_keys', 'callback',
    'server_domains', 'message_templates', 'privacy', 'appids', 'staff', 'directory')),
  answer text not null check (answer in ('done', 'not_needed', 'open')),
  note text not null,
  answered_by text not null references staff,
  answered_at timestamptz not null,
  version integer not null check (version > 0),
  primary key (sp_mchid, item)
);
grant select, insert, update on readiness_answers to goldplan_app;

-- the newest finding of each; what can be read from our own tables is not kept
create table readiness_findings (
  sp_mchid text collate "C" not null references provider,
  "check" text not null check ("check" in ('keys', 'clock', 'link', 'verification_file')),
  result text not null check (result in ('passed', 'failed', 'unknown')),
  code text not null,
  -- what stands in the words of the code
  "values" jsonb not null check (jsonb_typeof("values") = 'object'),
  checked_at timestamptz not null,
  primary key (sp_mchid, "check")
);
grant select, insert, update, delete on readiness_findings to goldplan_app;
