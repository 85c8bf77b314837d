-- Field work: checklists with versions, visits with their review, photos, and who saw which merchant when.

create table checklist_templates (
  sp_mchid text not null references provider,
  version integer not null check (version >= 1),
  body jsonb not null,
  published_at timestamptz not null,
  -- null: came with the program
  published_by text references staff,
  primary key (sp_mchid, version)
);

create table visits (
  sp_mchid text collate "C" not null,
  -- made by the phone
  id uuid not null,
  sub_mchid text collate "C" not null,
  staff_id text not null references staff,
  template_version integer not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  answers jsonb not null,
  -- photos that belong to no item
  other_photo_ids uuid[] not null default '{}',
  location jsonb,
  status text not null check (status in ('submitted', 'accepted', 'returned')),
  received_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (sp_mchid, id),
  foreign key (sp_mchid, sub_mchid) references sub_merchants,
  foreign key (sp_mchid, template_version) references checklist_templates,
  check (started_at <= ended_at)
);
create index visits_by_time on visits (sp_mchid, ended_at desc, id desc);
create index visits_of_staff on visits (sp_mchid, staff_id, ended_at desc, id desc);
create index visits_of_merchant on visits (sp_mchid, sub_mchid, ended_at desc, id desc);
create index visits_to_review on visits (sp_mchid, status, ended_at desc, id desc);

-- append-only: a visit that was returned and sent again has more than one
create table visit_reviews (
  id uuid primary key default gen_random_uuid(),
  sp_mchid text collate "C" not null,
  visit_id uuid not null,
  result text not null check (result in ('accepted', 'returned')),
  comment text,
  reviewed_by text not null references staff,
  reviewed_at timestamptz not null,
  foreign key (sp_mchid, visit_id) references visits
);
create index visit_reviews_of_visit on visit_reviews (sp_mchid, visit_id, reviewed_at desc);

-- the evidence that a visit's answers stand for now; of each kind at most one
create table visit_evidence (
  sp_mchid text collate "C" not null,
  visit_id uuid not null,
  kind text not null check (kind in ('flow_conclusion', 'test_payment')),
  evidence_id uuid not null,
  primary key (sp_mchid, visit_id, kind),
  foreign key (sp_mchid, visit_id) references visits,
  foreign key (sp_mchid, evidence_id) references evidence
);

create table photos (
  sp_mchid text collate "C" not null references provider,
  id uuid not null,
  uploaded_by text not null references staff,
  -- of the file as it was sent
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- of the file as it is kept
  width integer not null,
  height integer not null,
  bytes integer not null,
  taken_at timestamptz not null,
  uploaded_at timestamptz not null,
  -- null: the file may not be there yet
  stored_at timestamptz,
  primary key (sp_mchid, id)
);
create unique index photos_once_each on photos (sp_mchid, uploaded_by, sha256);
create index photos_by_age on photos (sp_mchid, uploaded_at);

-- what a photo belongs to decides who sees it and whether it is kept
create table photo_attachments (
  id uuid primary key default gen_random_uuid(),
  sp_mchid text collate "C" not null,
  photo_id uuid not null,
  visit_id uuid,
  evidence_id uuid,
  foreign key (sp_mchid, photo_id) references photos,
  foreign key (sp_mchid, visit_id) references visits,
  foreign key (sp_mchid, evidence_id) references evidence,
  check ((visit_id is null) <> (evidence_id is null))
);
create index photo_attachments_of_photo on photo_attachments (sp_mchid, photo_id);
create index photo_attachments_of_visit on photo_attachments (sp_mchid, visit_id) where visit_id is not null;

-- signs the links to photos where the environment gives no key
create table photo_link_keys (
  sp_mchid text primary key references provider,
  key text not null,
  created_at timestamptz not null
);

-- What was until when: a visit made while a shop was in somebody's scope is taken for some days after it left it (product.md §8).
create table sub_merchant_places (
  id uuid primary key default gen_random_uuid(),
  sp_mchid text collate "C" not null,
  sub_mchid text collate "C" not null,
  region_code text not null,
  assigned_to text,
  until timestamptz not null
);
create index sub_merchant_places_of_merchant on sub_merchant_places (sp_mchid, sub_mchid, until);
create index sub_merchant_places_by_age on sub_merchant_places (until);

create table staff_scopes (
  id uuid primary key default gen_random_uuid(),
  staff_id text not null references staff,
  role text not null,
  region_codes text[] not null,
  assigned_only boolean not null,
  until timestamptz not null
);
create index staff_scopes_of_staff on staff_scopes (staff_id, until);
create index staff_scopes_by_age on staff_scopes (until);

-- when role, regions or assigned_only last changed
alter table staff add column scope_since timestamptz;

-- By trigger, so that no way of changing them can forget it. The writer says when (updated_at, scope_since); only for one that does not is it the
-- database's own time.
create function note_place() returns trigger language plpgsql security definer set search_path from current as $$
begin
  insert into sub_merchant_places (sp_mchid, sub_mchid, region_code, assigned_to, until)
  values (old.sp_mchid, old.sub_mchid, old.region_code, old.assigned_to,
    case when new.updated_at is distinct from old.updated_at then new.updated_at else clock_timestamp() end);
  return null;
end
$$;
create trigger note_place after update on sub_merchants for each row
  when (old.region_code is distinct from new.region_code or old.assigned_to is distinct from new.assigned_to)
  execute function note_place();

create function note_scope() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if new.scope_since is not distinct from old.scope_since then
    new.scope_since := clock_timestamp();
  end if;
  insert into staff_scopes (staff_id, role, region_codes, assigned_only, until)
  values (old.id, old.role, old.region_codes, old.assigned_only, new.scope_since);
  return new;
end
$$;
create trigger note_scope before update on staff for each row
  when (old.role is distinct from new.role or old.region_codes is distinct from new.region_codes
    or old.assigned_only is distinct from new.assigned_only)
  execute function note_scope();

grant select, insert on checklist_templates, visits, visit_reviews, visit_evidence, photos, photo_attachments, photo_link_keys to goldplan_app;
grant select on sub_merchant_places, staff_scopes to goldplan_app;
grant update on visits, visit_evidence, photos to goldplan_app;
grant delete on visit_evidence, photos, photo_attachments, sub_merchant_places, staff_scopes to goldplan_app;
