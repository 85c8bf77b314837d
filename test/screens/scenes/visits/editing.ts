// 到店检查.
import type { Scene } from '../../scene.ts'
import { openOverHome } from '../steps.ts'
import { begin, choose, fill, fillPaid, form, submit, visit } from './steps.ts'

export const editing: Scene[] = [
  {
    name: 'visit-edit/begun',
    as: 'field_agent',
    arrange: stage => begin(stage, '101'),
    shows: { selector: ['#progress'] },
  },
  {
    name: 'visit-edit/filled',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '103')
      await fillPaid(stage)
    },
    shows: { selector: ['#item-D3'] },
  },
  {
    name: 'visit-edit/gaps',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '103')
      await submit(stage)
    },
    shows: { selector: ['#bar'], reads: '第一处' },
    fold: true,
  },
  {
    name: 'visit-edit/no-number',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '103')
      await stage.phone.type('1,500', '#ask-D3', '#number-D3')
    },
    shows: { selector: ['#ask-D3', '#fault-D3'] },
  },
  {
    name: 'visit-edit/returned',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, `/packages/visit/edit/index?visit_id=${visit(2)}`),
    shows: { selector: ['#returned'] },
    fold: true,
  },
  {
    name: 'visit-edit/offline',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '101')
      await stage.offline()
    },
    shows: { selector: ['#state-offline'] },
    fold: true,
  },
  {
    name: 'visit-edit/delete-sheet',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '101')
      await choose(stage, 'A1', 'same')
      await stage.phone.tap('#delete')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'visit-edit/sent',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '105')
      await fill(stage)
      await submit(stage)
    },
    shows: { selector: ['#sent', '#verdict'] },
    fold: true,
  },
  {
    name: 'visit-edit/waiting',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '106')
      await fill(stage)
      await stage.offline()
      await submit(stage)
    },
    shows: { selector: ['#sent', '#outcome'], reads: '待同步' },
    fold: true,
  },
  {
    name: 'visit-edit/not-yours',
    as: 'region_lead',
    arrange: stage => openOverHome(stage, `/packages/visit/edit/index?visit_id=${visit(2)}`),
    shows: { selector: ['#state-not_yours'] },
  },
  {
    name: 'visit-edit/accepted',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, `/packages/visit/edit/index?visit_id=${visit(3)}`),
    shows: { selector: ['#state-accepted'] },
  },
  {
    name: 'visit-edit/forbidden',
    as: 'auditor',
    arrange: stage => openOverHome(stage, form('101')),
    shows: { selector: ['#state-forbidden'] },
  },
  {
    name: 'visit-edit/skeleton',
    as: 'field_agent',
    async arrange(stage) {
      stage.hold(/^GET \/v1\/sub-merchants\/\d+$/)
      await openOverHome(stage, form('107'))
    },
    shows: { selector: ['#state-skeleton'] },
    fleeting: true,
    waiting: true,
  },
  {
    name: 'visit-edit/no-template',
    as: 'field_agent',
    async arrange(stage) {
      await stage.phone.miniProgram.callWxMethod('removeStorageSync', 'checklist')
      await stage.offline()
      await stage.restart()
      await openOverHome(stage, form('107'))
    },
    shows: { selector: ['#state-no_template'] },
  },
  {
    name: 'visit-edit/error',
    as: 'field_agent',
    async arrange(stage) {
      stage.cut(/^GET \/v1\/sub-merchants\/\d+$/)
      await openOverHome(stage, form('107'))
    },
    shows: { selector: ['#state-error'] },
  },
]
