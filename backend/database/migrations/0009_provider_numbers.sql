-- Several numbers (sp_mchid) of one provider company. Shops, with all that is known and done about them, stand under their own number; staff, the
-- checklist and photos under the home number.
alter table provider add column home_sp_mchid text references provider check (home_sp_mchid <> sp_mchid);

alter table visits add column template_sp_mchid text;
alter table visits drop constraint visits_sp_mchid_template_version_fkey;
alter table photo_attachments add column photo_sp_mchid text collate "C";
alter table photo_attachments drop constraint photo_attachments_sp_mchid_photo_id_fkey;

update visits set template_sp_mchid = sp_mchid;
update photo_attachments set photo_sp_mchid = sp_mchid;

alter table visits alter column template_sp_mchid set not null;
alter table visits add foreign key (template_sp_mchid, template_version) references checklist_templates;
alter table photo_attachments alter column photo_sp_mchid set not null;
alter table photo_attachments add foreign key (photo_sp_mchid, photo_id) references photos;

drop index photo_attachments_of_photo;
create index photo_attachments_of_photo on photo_attachments (photo_sp_mchid, photo_id);
