// What a person does to get from one screen to another: taps and typing, no path by hand. The tab bar is WeChat's: a tap on it is switchTab.
import type { StaffPhone } from './staff-phone.ts'

const TABS = ['home', 'merchants', 'visits', 'mine'] as const
const field = ['#search', 'van-search', 'van-field', 'input'] as const

export async function tab(phone: StaffPhone, name: (typeof TABS)[number]): Promise<void> {
  await phone.open(`/pages/${name}/index`, 'switchTab')
}

/** 商户, the search box, and the row that names these last four digits. */
export async function searchAndOpen(phone: StaffPhone, text: string, tail: string): Promise<void> {
  await tab(phone, 'merchants')
  await phone.type(text, ...field)
  await phone.tapOne('.merchant-row', tail)
  await phone.at('packages/merchant/detail/index')
  await phone.find('#verdict')
}
