// Choosing 同业过滤标签 (product.md M13, F6): 1 to 3 of 36, a new choice overwrites the earlier one, none can only be set on WeChat's console.
import { INDUSTRIES, industryLabel, MAX_FILTER_INDUSTRIES, type IndustryCode } from '../../../shared/industries'
import { comparable } from '../../../shared/comparable'
import type { Language, MessageKey } from '../../../words/say'
import '../words/words'

/** How the 36 are laid out on screen. WeChat Pay lists them without groups. */
export const INDUSTRY_GROUPS = [
  {
    id: 'shops',
    codes: ['CATERING', 'FOOD', 'RETAIL', 'MERCHANDISE', 'E_COMMERCE', 'CLOTHING', 'SKINCARE', 'JEWELRY_WATCH', 'HOME_DIGITAL'],
  },
  {
    id: 'life',
    codes: [
      'SERVICES',
      'HEALTHCARE',
      'PARENTING',
      'SPORT',
      'TOURISM',
      'CAR',
      'TRANSPORTATION',
      'POTOGRAPHY',
      'LOVE_MARRIAGE',
      'ESTATE',
      'BUILDING_MATERIAL',
    ],
  },
  { id: 'culture', codes: ['EDUCATION', 'GAME', 'ONLINE_AVR', 'WE_MEDIA', 'COMMUNITY', 'PUBLISHING_MEDIA'] },
  {
    id: 'business',
    codes: [
      'FINANCE',
      'LAW',
      'BUSSINESS',
      'SOFTWARE',
      'COMMUNICATION',
      'ENERGY_SAVING',
      'SECURITY',
      'INDUSTY',
      'AGRICULTURE',
      'ASSOCIATION',
    ],
  },
] as const satisfies readonly { id: string; codes: readonly IndustryCode[] }[]

export type IndustryGroupId = (typeof INDUSTRY_GROUPS)[number]['id']
export const groupKey = (id: IndustryGroupId): MessageKey => `ad_filter.group_${id}`

/** A tap on a tag. `full`: it was the fourth and is not taken. */
export function toggleTag(chosen: readonly string[], code: string): { chosen: string[]; full: boolean } {
  if (chosen.includes(code)) return { chosen: chosen.filter(other => other !== code), full: false }
  if (chosen.length >= MAX_FILTER_INDUSTRIES) return { chosen: [...chosen], full: true }
  return { chosen: [...chosen, code], full: false }
}

/** Why the choice cannot be saved, or null when it can. */
export function saveRefusal(chosen: readonly string[], current: readonly string[]): 'none' | 'unchanged' | null {
  if (chosen.length === 0) return 'none'
  return [...chosen].sort().join() === [...current].sort().join() ? 'unchanged' : null
}

/** Tags whose label in either language, or code, holds what was typed; by group, empty groups left out. */
export function findTags(query: string): { id: IndustryGroupId; codes: string[] }[] {
  const wanted = comparable(query).toLowerCase()
  const fits = (code: string) =>
    INDUSTRIES.some(
      ({ code: own, label_zh, label_en }) => own === code && [own, label_zh, label_en].some(text => text.toLowerCase().includes(wanted)),
    )
  return INDUSTRY_GROUPS.map(({ id, codes }) => ({ id, codes: codes.filter(fits) as string[] })).filter(({ codes }) => codes.length > 0)
}

/** 餐饮美食、食品 · Restaurants and catering, Food products */
export const tagList = (codes: readonly string[], language: Language): string =>
  codes.map(code => industryLabel(code, language)).join(language === 'en' ? ', ' : '、')
