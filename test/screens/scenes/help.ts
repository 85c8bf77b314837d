// 帮助与诊断: each topic, one message, the search, the ways to it.
import type { Scene } from '../scene.ts'
import { openOverHome, searchField } from './steps.ts'

const help = '/packages/system/help/index'

export const helpScenes: Scene[] = [
  ...(['what', 'history', 'rebate', 'jsapi'] as const).map((topic): Scene => ({
    name: `help/${topic}`,
    as: 'field_agent',
    arrange: stage => openOverHome(stage, `${help}?topic=${topic}`),
    shows: { selector: [`#body-${topic}`] },
  })),
  {
    name: 'help/asked',
    as: 'field_agent',
    async arrange(stage) {
      await stage.phone.open('/pages/home/index', 'switchTab')
      await stage.offline()
      await openOverHome(stage, `${help}?code=SUB_MERCHANT_PUNISHED`)
    },
    shows: { selector: ['#asked'] },
  },
  {
    name: 'help/errors',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, `${help}?topic=errors`),
    shows: { selector: ['#error-REOPEN_LOCKED'] },
    fold: true,
  },
  {
    name: 'help/none',
    as: 'field_agent',
    async arrange(stage) {
      await openOverHome(stage, `${help}?topic=errors`)
      await stage.phone.type('没有这个词', ...searchField)
    },
    shows: { selector: ['#none'] },
  },
  {
    name: 'help/mine',
    as: 'field_agent',
    arrange: async stage => void (await stage.phone.open('/pages/mine/index', 'switchTab')),
    shows: { selector: ['#help'] },
  },
  {
    name: 'diagnostics/lines',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, '/packages/system/diagnostics/index'),
    shows: { selector: ['#lines'] },
    fold: true,
  },
]
