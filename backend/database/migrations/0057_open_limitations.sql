-- Limitations that have not ended are asked about each night, whatever else was seen of the shop since (product.md C2).
create index evidence_limitations on evidence (sp_mchid, sub_mchid, occurred_at desc) where kind = 'limitation';
