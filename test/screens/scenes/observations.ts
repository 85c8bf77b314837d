// 微信支付实况 in each of its states.
import type { Scene } from '../scene.ts'
import { pageStates } from './page-states.ts'
import { computer, openOverHome } from './steps.ts'

const page = '/packages/manage/observations/index'
const asked = /GET \/v1\/observations/

export const observationScenes: Scene[] = [
  { name: 'observations/texts', as: 'operator', arrange: stage => openOverHome(stage, page), shows: { selector: ['.text-nobody'] } },
  {
    name: 'observations/questions',
    as: 'admin',
    async arrange(stage) {
      await openOverHome(stage, page)
      await stage.phone.tap('#part-questions')
    },
    shows: { selector: ['#questions'] },
    saidOnce: true,
    fold: true,
    fleeting: true,
  },
  {
    name: 'observations/classes',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, page)
      await stage.phone.tap('.classify')
      await stage.phone.tap('#class-SUB_MERCHANT_PUNISHED')
    },
    shows: { selector: ['#classes-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'observations/wide',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, page)
      await computer(stage)
    },
    shows: { selector: ['#questions'] },
    saidOnce: true,
    fold: true,
  },
  ...pageStates({ name: 'observations', as: 'operator', url: page, asked }),
  {
    name: 'observations/forbidden',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, page),
    shows: { selector: ['#state-forbidden'] },
  },
]
