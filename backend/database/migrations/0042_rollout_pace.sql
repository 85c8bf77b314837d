-- Rollouts leave one after the other, each at its moment (product.md B02): a bucket that filled up while nothing was due let two seconds' worth out in one.
alter table rollout_rate drop column tokens;
-- when the next one may leave
alter table rollout_rate rename column filled_at to next_at;
-- since when per_minute grows
alter table rollout_rate add column grown_at timestamptz;
update rollout_rate set grown_at = next_at;
alter table rollout_rate alter column grown_at set not null;
-- calls of rollouts in a row that WeChat Pay answered nothing usable to, or "later": while it is away, it is asked seldom
alter table rollout_rate add column away_in_a_row integer not null default 0;
