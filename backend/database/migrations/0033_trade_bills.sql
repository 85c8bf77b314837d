-- The daily trade bill (product.md C1): how many payments a merchant had in a day and in which way; nothing of a customer, an order or an exact amount.

create table bill_days (
  sp_mchid text collate "C" not null references provider,
  -- in Asia/Shanghai
  day date not null,
  -- empty: WeChat Pay has none for that day · refused: what came cannot be trusted, nothing of it is here
  state text not null check (state in ('waiting', 'landed', 'empty', 'refused')),
  -- why the last try did not land, a word of evidence/bills/refused.ts or of WeChat Pay's; null: it did
  reason text,
  source text check (source in ('wechatpay', 'file')),
  -- of the unzipped bill that landed
  sha1 text,
  rows bigint not null default 0,
  payments bigint not null default 0,
  merchants integer not null default 0,
  tries integer not null default 0,
  tried_at timestamptz,
  landed_at timestamptz,
  -- when it is asked for (again); null: not by itself
  try_at timestamptz,
  -- Conclusions from the 30 days that end here are drawn merchant by merchant: the last that is done ('' for none yet), null when all are.
  conclude_after text collate "C",
  primary key (sp_mchid, day),
  check ((state = 'landed') <= (sha1 is not null and landed_at is not null))
);
create index bill_days_to_conclude on bill_days (sp_mchid, day) where conclude_after is not null;

-- Merchants of a bill need not be in the directory: those of the provider that nobody entered pay, too.
create table payment_days (
  sp_mchid text collate "C" not null references provider,
  sub_mchid text collate "C" not null,
  day date not null,
  payments integer not null check (payments >= 0),
  -- {appid: payments}: which of them were made in a 公众号 the register of appids says when they are read
  jsapi jsonb not null,
  native integer not null,
  micropay integer not null,
  app integer not null,
  h5 integer not null,
  facepay integer not null,
  other integer not null,
  refunds integer not null,
  hours integer[] not null check (cardinality(hours) = 24),
  bands integer[] not null check (cardinality(bands) = 6),
  primary key (sp_mchid, sub_mchid, day)
);
create index payment_days_by_day on payment_days (sp_mchid, day);

-- Merchants that pay and are not in the directory.
create table unlisted_merchants (
  sp_mchid text collate "C" not null references provider,
  sub_mchid text collate "C" not null,
  first_day date not null,
  last_day date not null,
  primary key (sp_mchid, sub_mchid)
);

grant select, insert, update on bill_days to goldplan_app;
grant select, insert, update, delete on payment_days, unlisted_merchants to goldplan_app;
