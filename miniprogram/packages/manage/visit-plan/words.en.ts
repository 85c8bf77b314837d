// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.visit_plan': 'Visit plan',

  'visit_plan.title': '{percent}% of migrated shops have fresh evidence, aim {aim}%',
  'visit_plan.enough': 'Evidence is fresh enough: no visit is needed',
  'visit_plan.not_made': 'The first plan is made tonight',
  'visit_plan.fresh': '{fresh} of {verified} migrated shops are fresh',
  'visit_plan.needed': 'At least {count|visit|visits} needed in the company',
  'visit_plan.nobody': '{count|old shop is|old shops are} where nobody works: add people or regions under Staff.',
  'visit_plan.why':
    'Made anew each night, by district: only old evidence is visited. Shops a day and person are set in the settings. Agents see what is published on their workbench.',
  'visit_plan.why_mine': 'Your lead asks you to go there: the evidence of these shops is old, one test payment renews it.',
  'visit_plan.made': 'Made {time}',
  'visit_plan.what': '{count|shop|shops} · {places}',
  'visit_plan.more_places': '{named} and others ({count} in all)',
  'visit_plan.and': ', ',
  'visit_plan.draft': 'Not published',
  'visit_plan.published': 'Published',
  'visit_plan.partly': '{published} of {stops} published',
  'visit_plan.overdue': '{day} (past)',
  'visit_plan.publish': 'Publish',
  'visit_plan.publish_all': 'Publish all ({count})',
  'visit_plan.done': 'Published',
  'visit_plan.choose': 'Choose a person to see the shops',
  'visit_plan.none': 'No visit to plan',
  'visit_plan.none_sentence': 'Enough shops are fresh, or none is migrated yet.',
  'visit_plan.none_mine': 'No shops are planned for you',
  'visit_plan.none_mine_sentence': 'They are here once your lead has published the plan.',
  'visit_plan.offline': 'No network',
  'visit_plan.offline_text': 'You can read what is loaded; publishing needs a network.',
}
