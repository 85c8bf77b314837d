-- A text searched for in one district: the district is a term beside those of the name, so the index meets the two before a row is fetched.
-- # stands before the first two, four and six digits of a region code; no name or address has it (fold() drops it).
create function searched_terms(terms text[], region_code text) returns text[]
  language sql immutable parallel safe
  return terms || array['#' || left(region_code, 2), '#' || left(region_code, 4), '#' || region_code];

drop index sub_merchants_terms;
create index sub_merchants_terms on sub_merchants using gin (searched_terms(terms, region_code)) with (gin_pending_list_limit = 256);
alter index sub_merchants_terms alter column 1 set statistics 1000;
