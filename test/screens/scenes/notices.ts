// 提醒 in each of its states, and the lines of the workbench.
import type { Scene } from '../scene.ts'
import { pageStates } from './page-states.ts'
import { computer, fresh, openOverHome } from './steps.ts'

const notices = '/packages/manage/notices/index'

export const noticeScenes: Scene[] = [
  { name: 'notices/list', as: 'operator', arrange: stage => openOverHome(stage, notices), shows: { selector: ['#list'] } },
  { name: 'notices/agent', as: 'field_agent', arrange: stage => openOverHome(stage, notices), shows: { selector: ['#list'] } },
  { name: 'notices/empty', as: 'auditor', arrange: stage => openOverHome(stage, notices), shows: { selector: ['#state-empty'] } },
  ...pageStates({
    name: 'notices',
    as: 'operator',
    url: notices,
    asked: /^GET \/v1\/notices/,
    states: ['error', 'skeleton'],
    begin: fresh,
  }),
  {
    name: 'notices/wide',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, notices)
      await computer(stage)
    },
    shows: { selector: ['#list'] },
    fold: true,
  },
  { name: 'notices/workbench', as: 'operator', arrange: stage => stage.restart(), shows: { selector: ['#notices'] }, fold: true },
]
