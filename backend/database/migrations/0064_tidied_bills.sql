-- What bills left is tidied away by the worker once nothing reads it any more (product.md §5.7).
grant delete on bill_days, receipt_load_days to goldplan_app;
