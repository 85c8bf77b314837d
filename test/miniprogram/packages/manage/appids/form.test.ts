// One entry of the register as it is filled in.
import { expect, test } from '@jest/globals'
import { asRequest, dayOf, differs, faultsOf, formOf, newForm } from '../../../../../miniprogram/packages/manage/appids/form.ts'
import type { AppidEntry } from '../../../../../typings/api.ts'

const entry: AppidEntry = {
  appid: 'wx0123456789abcdef',
  kind: 'official_account',
  name: '示例',
  owner: { sub_mchid: '1900000101', name: '科技面馆' },
  ended_at: '2026-11-20T00:00:00+08:00',
  updated_at: '2026-11-23T10:00:00+08:00',
  updated_by: '管理员 01',
  orders: 3,
  effect: null,
  version: 2,
}

test('given an entry is opened and nothing is changed, then there is nothing to save; one word more and there is', () => {
  expect(differs(formOf(entry), entry)).toBe(false)
  expect(differs({ ...formOf(entry), name: ' 示例 ' }, entry)).toBe(false)
  expect(differs({ ...formOf(entry), name: '示例 2' }, entry)).toBe(true)
  expect(differs(newForm(''), null)).toBe(true)
})

test('given a form, then empty boxes are null, and a day ends an appid at its beginning in Shanghai', () => {
  expect(asRequest({ appid: 'wx1', kind: 'app', name: ' ', owner: '', ended_on: '' }, null)).toEqual({
    kind: 'app',
    name: null,
    sub_mchid: null,
    ended_at: null,
  })
  expect(asRequest(formOf(entry), null).ended_at).toBe('2026-11-20T00:00:00+08:00')
  const atNoon = { ...entry, ended_at: '2026-11-20T12:00:00+08:00' }
  expect(asRequest({ ...formOf(atNoon), name: '示例 2' }, atNoon).ended_at).toBe(atNoon.ended_at)
  expect(dayOf(Date.parse('2026-11-19T16:00:00Z'))).toBe('2026-11-20')
})

test.each([
  [{ appid: 'gh_1' }, 'APPID'],
  [{ appid: 'wx12345678', kind: null }, 'KIND'],
  [{ owner: '12' }, 'OWNER'],
  [{ owner: '一二三四五六七八' }, 'OWNER'],
])('given %j, then %s', (change, code) => {
  expect(faultsOf({ ...formOf(entry), ...change })?.code).toBe(code)
  expect(faultsOf(formOf(entry))).toBeNull()
})
