// Test payments that were made without a network and lie on the phone, as the outbox keeps them.
import { randomUUID } from 'node:crypto'
import type { Parcel } from '../../miniprogram/rules/field-work.ts'
import type { StaffPhone } from './staff-phone.ts'

/** Puts `count` of the person who is logged in into the phone's storage; the app finds them when it is opened next. Returns whose they are. */
export async function leaveWaiting(phone: StaffPhone, count: number, sub_mchid = '1900000109'): Promise<string> {
  const { staff } = await keptBy<{ staff: { id: string } }>(phone, 'session')
  for (let turn = 1; turn <= count; turn += 1) {
    const parcel = waiting(staff.id, sub_mchid, turn)
    await phone.miniProgram.callWxMethod('setStorageSync', `staff:${staff.id}:parcel:${parcel.id}`, parcel)
  }
  return staff.id
}

/** What the phone keeps under this name, whatever version its shape has. */
export async function keptBy<T>(phone: StaffPhone, key: string): Promise<T> {
  return ((await phone.miniProgram.callWxMethod('getStorageSync', key)) as unknown as { value: T }).value
}

/** Names of everything that the phone keeps. */
export async function keysOf(phone: StaffPhone): Promise<string[]> {
  return ((await phone.miniProgram.callWxMethod('getStorageInfoSync')) as unknown as { keys: string[] }).keys
}

function waiting(staff_id: string, sub_mchid: string, turn: number): Parcel {
  const id = randomUUID()
  return {
    kind: 'evidence',
    request: {
      id,
      kind: 'test_payment',
      occurred_at: '2026-11-23T09:30:00+08:00',
      detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'official_receipt' },
    },
    form: null,
    id,
    key: randomUUID(),
    staff_id,
    shop: { sub_mchid, name: '科技面馆(科苑店)', region_name: '广东省深圳市南山区' },
    created_at: Date.parse('2026-11-23T09:30:00+08:00') + turn,
    turn,
    revision: 0,
    resent: 0,
    photos: [],
    status: 'waiting',
    tries: 0,
    next_at: null,
    unsure: false,
    error: null,
  }
}
