// 提醒 in each of its states, and the lines of the workbench.
import type { Scene } from '../scene.ts'
import { computer, fresh, openOverHome } from './steps.ts'

const notices = '/packages/manage/notices/index'

export const noticeScenes: Scene[] = [
  { name: 'notices/list', as: 'operator', arrange: stage => openOverHome(stage, notices), shows: { selector: ['#list'] } },
  { name: 'notices/agent', as: 'field_agent', arrange: stage => openOverHome(stage, notices), shows: { selector: ['#list'] } },
  { name: 'notices/empty', as: 'auditor', arrange: stage => openOverHome(stage, notices), shows: { selector: ['#state-empty'] } },
  {
    name: 'notices/error',
    as: 'operator',
    async arrange(stage) {
      await fresh(stage)
      stage.cut(/^GET \/v1\/notices/)
      await openOverHome(stage, notices)
    },
    shows: { selector: ['#state-error'] },
  },
  {
    name: 'notices/skeleton',
    as: 'operator',
    async arrange(stage) {
      await fresh(stage)
      stage.hold(/^GET \/v1\/notices/)
      await openOverHome(stage, notices)
    },
    shows: { selector: ['#state-skeleton'] },
    fleeting: true,
    waiting: true,
  },
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
