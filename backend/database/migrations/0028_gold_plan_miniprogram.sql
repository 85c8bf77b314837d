-- The gold plan of the mini program scene is switched by calls of its own (product.md §7.3).
alter table operations drop constraint operations_kind_check;
alter table operations add constraint operations_kind_check check (kind in
  ('gold_plan.open', 'gold_plan.close', 'gold_plan_miniprogram.open', 'gold_plan_miniprogram.close',
   'receipt.open', 'receipt.close', 'advertising.open', 'advertising.close', 'ad_filter.set'));
