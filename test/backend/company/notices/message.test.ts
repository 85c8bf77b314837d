import { expect, test } from '@jest/globals'
import { messageOf } from '../../../../backend/company/notices/message.ts'

const notice = {
  kind: 'shop',
  about: '1900000109',
  subject: '科技面馆 A',
  outcome: 'punished',
  at: new Date('2026-11-29T15:05:00Z'),
} as const
const keys = { subject: 'thing1', outcome: 'phrase2', at: 'time3' }
const dataOf = (given: Partial<typeof keys>) => messageOf(notice, { kind: 'shop', template_id: 't', keys: { ...keys, ...given } }, 'o').data

test('given each type of keyword, then its value fits it, in China time', () => {
  expect(dataOf({})).toEqual({ thing1: { value: '科技面馆 A' }, phrase2: { value: '被处罚' }, time3: { value: '2026年11月29日 23:05' } })
  expect(dataOf({ at: 'date9' }).date9).toEqual({ value: '2026年11月29日' })
  expect(dataOf({ subject: 'character_string4' }).character_string4).toEqual({ value: ' A' })
})
test('given a shop, then the message opens its page', () => {
  expect(messageOf(notice, { kind: 'shop', template_id: 't', keys }, 'o').page).toBe('packages/merchant/detail/index?sub_mchid=1900000109')
})
