-- The fewest visits that keep 95 % of verified merchants fresh (product.md §5.6): which shop, by whom, on which day. Made anew each night; what a lead has
-- published stays until somebody was there.

create table visit_stops (
  sp_mchid text collate "C" not null,
  sub_mchid text collate "C" not null,
  staff_id text not null references staff,
  -- in Asia/Shanghai
  day date not null,
  -- in the order of the day
  place integer not null,
  -- null: only those who plan see it
  published_at timestamptz,
  published_by text references staff,
  primary key (sp_mchid, sub_mchid),
  foreign key (sp_mchid, sub_mchid) references sub_merchants,
  check ((published_at is null) = (published_by is null))
);
create index visit_stops_of_person on visit_stops (staff_id, day);

-- One row for the company, under its home number.
create table visit_plans (
  sp_mchid text collate "C" primary key references provider,
  -- in Asia/Shanghai, the last for which it was made
  night date not null,
  made_at timestamptz not null,
  -- visits that bring 95 % under the age at which a proof is old; planned: those that have a day within the next two weeks
  needed integer not null,
  planned integer not null,
  -- shops that are old, and where nobody works
  without_anybody integer not null
);

grant select, insert, update, delete on visit_stops to goldplan_app;
grant select, insert, update on visit_plans to goldplan_app;
