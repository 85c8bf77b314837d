-- The list by name is in the order of the folded name, whose index the search has anyway (sub_merchants_search_name): a second one of the same names was 6 % of
-- the indexes' size and an entry more for each row that is written. Milliseconds at any number of merchants.
drop index sub_merchants_name;
