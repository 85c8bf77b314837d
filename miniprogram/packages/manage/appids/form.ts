// One entry of the register as it is filled in. Pure.
import type { AppidEntry, AppidKind, AppidRequest } from '../../../../typings/api'
import { comparable } from '../../../shared/comparable'
import { isMchid } from '../../../shared/mchid'
import { plainNumber } from '../shared/plain-number'

export interface EntryForm {
  appid: string
  kind: AppidKind | null
  name: string
  /** 商户号; '' for the provider's own */
  owner: string
  /** YYYY-MM-DD in Shanghai: from that day on it is not used; '' for still used */
  ended_on: string
}

export type EntryFault = { field: 'appid' | 'kind' | 'owner'; code: 'APPID' | 'KIND' | 'OWNER' }

const APPID = /^wx[0-9a-zA-Z]{6,30}$/
const SHANGHAI_OFFSET = 8 * 3_600_000

export const newForm = (appid: string): EntryForm => ({ appid, kind: null, name: '', owner: '', ended_on: '' })

export const formOf = ({ appid, kind, name, owner, ended_at }: AppidEntry): EntryForm => ({
  appid,
  kind,
  name: name ?? '',
  owner: owner?.sub_mchid ?? '',
  ended_on: ended_at === null ? '' : dayOf(Date.parse(ended_at)),
})

/** @param at ms @returns the day of Shanghai, YYYY-MM-DD */
export const dayOf = (at: number): string => new Date(at + SHANGHAI_OFFSET).toISOString().slice(0, 10)

/** A number as it was pasted; null: nobody's */
const ownerIn = (owner: string): string | null => plainNumber(owner).value || null

/** The first thing that is wrong with it; null when it can be saved. */
export function faultsOf({ appid, kind, owner }: EntryForm): EntryFault | null {
  if (!APPID.test(comparable(appid))) return { field: 'appid', code: 'APPID' }
  if (kind === null) return { field: 'kind', code: 'KIND' }
  const number = ownerIn(owner)
  return number === null || isMchid(number) ? null : { field: 'owner', code: 'OWNER' }
}

/**
 * @param form without faults
 * @param entry as it was: an hour that somebody gave stays, as long as the day does
 */
export const asRequest = ({ kind, name, owner, ended_on }: EntryForm, entry: AppidEntry | null): AppidRequest => ({
  kind: kind ?? 'unregistered',
  name: name.trim() === '' ? null : name.trim(),
  sub_mchid: ownerIn(owner),
  ended_at: ended_on === '' ? null : entry && formOf(entry).ended_on === ended_on ? entry.ended_at : `${ended_on}T00:00:00+08:00`,
})

/** Whether saving it would change something. */
export function differs(form: EntryForm, entry: AppidEntry | null): boolean {
  if (entry === null) return true
  return JSON.stringify(asRequest(form, entry)) !== JSON.stringify(asRequest(formOf(entry), entry))
}
