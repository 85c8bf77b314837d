// Who holds the phones: staff as an import would leave them, each with shops or a region, and with a WeChat account that is bound.
import type pg from 'pg'
import { sp_mchid } from '../bench/database.ts'
import { city } from '../bench/directory.ts'
import { codeOf, mostHomes, roleOf, seesOwnOnly, staffIdOf } from './model.ts'

interface Person {
  id: string
  openid: string
  role: string
  /** whose shops they share; null: not an agent */
  home: number | null
  own: boolean
}

/** @param client of the owner, at a directory that fillDirectory made */
export async function putPeople(client: pg.Client, phones: number): Promise<void> {
  let agents = 0
  const people: Person[] = []
  const homes = Math.min(mostHomes, phones)
  for (let phone = 0; phone < phones; phone += 1) {
    const role = roleOf(phone)
    const home = role === 'field_agent' ? agents++ % homes : null
    people.push({ id: staffIdOf(phone), openid: `openid-${codeOf(phone)}`, role, home, own: home !== null && seesOwnOnly(phone, homes) })
  }
  const used = Math.min(homes, agents)
  await client.query('create temporary table homes (home int, sp_mchid text collate "C", sub_mchid text collate "C", region_code text)')
  // shops that lie together are one agent's: districts in the order of their codes
  await client.query(
    `insert into homes select ntile($1) over (order by region_code, sub_mchid) - 1, sp_mchid, sub_mchid, region_code from sub_merchants`,
    [Math.max(1, used)],
  )
  await client.query(
    `insert into staff (id, sp_mchid, display_name, role, region_codes, assigned_only, status, created_at)
     select person.id, $1, person.id, person.role,
       case when person.role = 'region_lead' then array[$2] else coalesce((select array_agg(distinct region_code) from homes where homes.home = person.home), '{}') end,
       person.own, 'active', now()
     from jsonb_to_recordset($3::jsonb) as person(id text, role text, home int, own boolean)`,
    [sp_mchid, city, JSON.stringify(people)],
  )
  await client.query(
    `insert into staff_bindings (sp_mchid, openid, staff_id, bound_at)
     select $1, person.openid, person.id, now() from jsonb_to_recordset($2::jsonb) as person(id text, openid text)`,
    [sp_mchid, JSON.stringify(people)],
  )
  const first = people.filter(({ home }) => home !== null).slice(0, used)
  await client.query(
    `update sub_merchants set assigned_to = person.id
     from homes join jsonb_to_recordset($1::jsonb) as person(id text, home int) using (home)
     where sub_merchants.sp_mchid = homes.sp_mchid and sub_merchants.sub_mchid = homes.sub_mchid`,
    [JSON.stringify(first)],
  )
  await client.query('drop table homes')
  await client.query('update provider set receipt_link_configured = true')
  await client.query('vacuum analyze')
}
