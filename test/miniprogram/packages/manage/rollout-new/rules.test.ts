import { expect, test } from '@jest/globals'
import { newRollout, type Asked } from '../../../../../miniprogram/packages/manage/rollout-new/rules.ts'

const asked = (given: Partial<Asked> = {}): Asked => ({
  name: ' 第一批 ',
  action: 'both',
  by: 'filter',
  plan: '',
  region: '',
  industries: '',
  list: '',
  ...given,
})

test('given receipt and plan by a filter, then both are one rollout and empty filters are left out', () => {
  expect(newRollout(asked())).toEqual({ name: '第一批', action: 'gold_plan.open', with_receipt: true, filter: {} })
  expect(newRollout(asked({ action: 'receipt.open', plan: 'closed', region: '440305' }))).toEqual({
    name: '第一批',
    action: 'receipt.open',
    filter: { gold_plan: 'closed', region_code: '440305' },
  })
})
test("given a pasted list, then what is no 商户号, such as a customer's payment code, does not leave the phone", () => {
  const body = newRollout(asked({ by: 'list', list: '1900000101\n134567890123456789，1900000102 店名' }))
  expect(body?.numbers).toEqual(['1900000101', '-', '1900000102', '-'])
})
test.each([
  { name: ' ' },
  { by: 'list' as const },
  { region: '4403' },
  { action: 'ad_filter.set' as const },
  { action: 'ad_filter.set' as const, industries: 'A,B,C,D' },
])('given %j, then there is nothing to try yet', given => {
  expect(newRollout(asked(given))).toBeNull()
})
