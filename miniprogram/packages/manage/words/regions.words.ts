// Choosing a region, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  regions: {
    title: ['选一个地区', 'Choose a region'],
    up: ['上一级', 'One level up'],
    take: ['选{name}', 'Choose {name}'],
    choose_first: ['先点一个地区', 'Tap a region first'],
    failed: ['地区没有加载出来，点此重试', 'Regions did not load, tap to try again'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
