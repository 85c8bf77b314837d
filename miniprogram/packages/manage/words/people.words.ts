// What the pages about staff and about who has which shops say alike, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  people: {
    status_invited: ['待绑定', 'Not bound yet'],
    status_active: ['在用', 'Active'],
    status_disabled: ['已停用', 'Disabled'],
    everywhere: ['全部地区', 'Everywhere'],
    shops: ['{count} 家商户', 'Merchants: {count}'],
    no_shops: ['没有商户', 'No merchants'],
    search: ['找同事', 'Find a colleague'],
    nobody: ['不指定负责人', 'Nobody responsible'],
    nobody_note: ['之后在商户列表按「没人负责」找到', 'Found later under “Assigned to nobody”'],
    none: ['没有合适的同事', 'Nobody fits'],
    none_sentence: ['要在用、负责商户，并且地区合适。', 'They have to be active, work at merchants, and in the right region.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
