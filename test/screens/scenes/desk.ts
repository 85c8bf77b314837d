// 管理: the rooms of the provider's own people, and the ways to them.
import type { Scene } from '../scene.ts'
import { computer, openOverHome } from './steps.ts'

const desk = '/packages/manage/desk/index'

export const deskScenes: Scene[] = [
  ...(['field_agent', 'region_lead', 'operator', 'admin'] as const).map((as): Scene => ({
    name: `desk/${as}`,
    as,
    arrange: stage => openOverHome(stage, desk),
    shows: { selector: ['#room-approvals'] },
  })),
  {
    name: 'desk/wide',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, desk)
      await computer(stage)
    },
    shows: { selector: ['.rooms-wide'] },
    fold: true,
  },
  { name: 'desk/workbench', as: 'operator', arrange: stage => stage.restart(), shows: { selector: ['#desk'] }, fold: true },
]
