// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    visit_plan: ['到店计划', 'Visit plan'],
  },
  visit_plan: {
    title: ['已迁移的店 {percent}% 证据还新，目标 {aim}%', '{percent}% of migrated shops have fresh evidence, aim {aim}%'],
    enough: ['证据都够新，不用专门到店', 'Evidence is fresh enough: no visit is needed'],
    not_made: ['今晚会排出第一份计划', 'The first plan is made tonight'],
    fresh: ['{verified} 家已迁移，{fresh} 家证据还新', '{fresh} of {verified} migrated shops are fresh'],
    needed: ['全公司至少还要去 {count} 家', 'At least {count|visit|visits} needed in the company'],
    nobody: [
      '全公司有 {count} 家证据已旧，但那里没有人能去：在「员工」里加人或地区。',
      '{count|shop|shops} with old evidence where nobody works: add people or regions under Staff.',
    ],
    why: [
      '每晚按地区重新排：证据旧了的才去，每人每天的家数在「服务商设置」里改。下发后，业务员在工作台看到。',
      'Made anew each night, by district: only old evidence is visited. Shops a day and person are set in the settings. Agents see what is published on their workbench.',
    ],
    why_mine: [
      '主管安排你去看看：这些店的证据旧了，到店做一次验证支付就好。',
      'Your lead asks you to go there: the evidence of these shops is old, one test payment renews it.',
    ],
    receipt_off: ['小票没开：打开后可免去定期走访', 'Receipt off: once on, regular visits are rarely needed'],
    made: ['{time} 排的', 'Made {time}'],
    what: ['{count} 家 · {places}', '{count|shop|shops} · {places}'],
    more_places: ['{named}等 {count} 个地区', '{named} and others ({count} in all)'],
    and: ['、', ', '],
    draft: ['未下发', 'Not published'],
    published: ['已下发', 'Published'],
    partly: ['已下发 {published}/{stops}', '{published} of {stops} published'],
    overdue: ['{day}（已过）', '{day} (past)'],
    publish: ['下发', 'Publish'],
    publish_all: ['全部下发（{count} 家）', 'Publish all ({count})'],
    done: ['已下发', 'Published'],
    choose: ['选一个人看要去哪些店', 'Choose a person to see the shops'],
    none: ['没有要安排的到店', 'No visit to plan'],
    none_sentence: ['够新的店占比达到目标，或还没有已迁移的店。', 'Enough shops are fresh, or none is migrated yet.'],
    none_mine: ['没有安排给你的店', 'No shops are planned for you'],
    none_mine_sentence: ['主管下发计划后，要去的店会在这里。', 'They are here once your lead has published the plan.'],
    offline: ['没有网络', 'No network'],
    offline_text: ['可以看已加载的；下发需要联网。', 'You can read what is loaded; publishing needs a network.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
