-- What a provider says of itself (GET and PUT /v1/provider, npm run provider), and how far the verdicts have come that a change of the default-open
-- switch makes anew.
alter table provider
  add column version integer not null default 1,
  -- the last 商户号 whose verdict was derived anew; '' at the beginning; null: nothing is under way
  add column rederive_after text collate "C",
  add column rederive_done integer,
  -- null until it is known
  add column rederive_total integer;

-- the command of the server's own operator enters appids too, and is no member of staff
alter table appids drop constraint appids_updated_by_fkey;
