-- How much of the index of terms may wait to be sorted in is said by who writes (database/client.ts): an import sorts larger heaps, which costs a row a third of
-- this index less; after requests a search reads no more of it than before.
alter index sub_merchants_terms reset (gin_pending_list_limit);
