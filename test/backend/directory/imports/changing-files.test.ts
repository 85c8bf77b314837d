// Files that are not what they were a moment ago, and folders that do not take what belongs beside a file.
import { renameSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { importRebate } from '../../../../backend/directory/imports/rebate.ts'
import { troubleOfFile } from '../../../../backend/directory/imports/file-trouble.ts'
import { createImportWorld, sp_mchid, type ImportWorld } from './support/world.ts'

let world: ImportWorld
beforeEach(async () => {
  world = await createImportWorld()
})
afterEach(() => world.close())

const header = 'sub_mchid,name,region_code'
const content = (count: number, of = '店') =>
  `${header}\n${Array.from({ length: count }, (_, index) => `${1_900_800_000 + index},第 ${index} ${of},440305`).join('\n')}\n`
const count = 12_000
const landed = async () =>
  Number(
    (
      await world.db
        .selectFrom('sub_merchants')
        .select(eb => eb.fn.countAll<string>().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )
const unfinished = () => world.db.selectFrom('import_runs').select('id').where('finished_at', 'is', null).execute()

/** runs it, and does something to the file once the first batch has landed */
function runWhile(change: (path: string) => void) {
  let done = false
  const path = join(world.folder, 'merchants.csv')
  return world.run('merchants.csv', content(count), {
    onProgress: () => {
      if (!done) change(path)
      done = true
    },
  })
}

describe('a file that another program writes while it is read', () => {
  test.each<[string, (path: string) => void]>([
    ['cut off at the end of a row', path => truncateSync(path, Buffer.byteLength(content(6_000)))],
    ['cut off within a row', path => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ['emptied', path => truncateSync(path, 0)],
    ['longer', path => writeFileSync(path, '1900999999,新店,440305\n', { flag: 'a' })],
    ['of the same length with other rows', path => writeFileSync(path, content(count, '铺'))],
  ])('%s: it is said, the last batch is not written, nothing goes on with it, and the next run takes the whole', async (_, change) => {
    await expect(runWhile(change)).rejects.toThrow('在读的时候被改动了')
    expect(await landed()).toBeLessThan(count)
    expect(await unfinished()).toEqual([])
    expect(await world.run('merchants.csv', content(count))).toMatchObject({ resumedAfter: 0, rows: count, rejected: 0 })
    expect(await landed()).toBe(count)
  })
  test.each<[string, (path: string) => void]>([
    ['removed', path => rmSync(path)],
    [
      'replaced at once, as most programs save',
      path => {
        writeFileSync(`${path}.new`, content(3))
        renameSync(`${path}.new`, path)
      },
    ],
  ])('%s: what was opened is read to its end', async (_, change) => {
    expect(await runWhile(change)).toMatchObject({ rows: count, added: count, rejected: 0 })
  })
  test('a rebate that changed lands nothing', async () => {
    const path = world.file('rebate.csv', `月份,服务商商户号,曝光量,eCPM,金额\n2026-10,${sp_mchid},1000,1,1.00\n`)
    const database = new Proxy(world.db, {
      get: (target, name) => {
        // between the look at the file and its rows
        if (name === 'selectFrom') writeFileSync(path, `月份,服务商商户号,曝光量,eCPM,金额\n2026-10,${sp_mchid},2000,1,2.00\n`)
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
    await expect(importRebate({ database, clock: world.clock, path })).rejects.toThrow('在读的时候被改动了')
    expect(await importRebate({ database: world.db, clock: world.clock, path })).toMatchObject({ landed: [{ landed: 'new' }] })
  })
})

describe('what lies beside a file', () => {
  const bad = `${header}\n12,坏店,440305\n1900800000,好店,440305\n`
  test.each([
    `${'商'.repeat(83)}.csv`,
    `${'n'.repeat(251)}.csv`,
    `${'a'.repeat(254)}.`,
    '𠮷'.repeat(63),
    'merchants.txt',
    'merchants.CSV',
    '.csv',
    'a.b.csv',
  ])('%s: its rejects have a name of their own', async name => {
    const { rejectsPath } = await world.run(name, bad)
    expect(readdirSync(world.folder).map(one => join(world.folder, one))).toContain(rejectsPath)
    expect(rejectsPath).toMatch(/\.rejects\.csv$/)
  })
  test('two files that are told apart by their endings, or at the end of long names, do not write over each other', async () => {
    const names = ['m.csv', 'm.txt', `${'n'.repeat(249)}1.csv`, `${'n'.repeat(249)}2.csv`]
    const paths = []
    for (const [index, name] of names.entries()) paths.push((await world.run(name, `${header}\n${index},坏店,440305\n`)).rejectsPath)
    expect(new Set(paths).size).toBe(4)
  })
  test('a folder that has the name of the rejects file: said, nothing lands', async () => {
    mkdirSync(join(world.folder, 'merchants.rejects.csv'))
    await expect(world.run('merchants.csv', bad)).rejects.toThrow(/merchants\.rejects\.csv 不能改写：那里有一个同名的文件夹/)
    expect(await landed()).toBe(0)
  })
})

test.each([
  ['ENOSPC', '磁盘满了，先腾出空间（ENOSPC）'],
  ['EROFS', '这个盘只能读：把文件复制到可以写的文件夹（EROFS）'],
  ['E_OF_NOBODY', 'E_OF_NOBODY'],
])('%s is said as %s', (code, said) => {
  expect(troubleOfFile(Object.assign(new Error('x'), { code }))).toBe(said)
})
