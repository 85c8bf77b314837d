// 员工, one person, and 分配商户, in each of their states.
import { byRole, invited } from '../../../dev/demo/organisation.ts'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { pageStates } from './page-states.ts'
import { computer, openList, openOverHome } from './steps.ts'

const staff = '/packages/manage/staff/index'
const person = '/packages/manage/staff-person/index'
const of = (id: string) => `${person}?staff_id=${id}`
const agent = byRole('field_agent').id
const asked = /^GET \/v1\/staff/

async function withInvite(stage: Stage): Promise<void> {
  await openOverHome(stage, of(invited.id))
  await stage.phone.tap('#make-invite')
  await stage.phone.find('#code')
}
async function openAssign(stage: Stage): Promise<void> {
  await openList(stage)
  await stage.phone.tap('#assign')
  await stage.phone.find('#shops')
}
/** 业务员 05 gets them: up to the question. */
async function give(stage: Stage): Promise<void> {
  await openAssign(stage)
  await stage.phone.tap('#all')
  await stage.phone.tap('#give')
  await stage.phone.tap('#person-sheet', '#take-00000000-0000-4000-8000-000000000008')
}

export const staffScenes: Scene[] = [
  { name: 'staff/list', as: 'admin', arrange: stage => openOverHome(stage, staff), shows: { selector: ['#people'] } },
  {
    name: 'staff/wide',
    as: 'admin',
    async arrange(stage) {
      await computer(stage)
      await openOverHome(stage, staff)
    },
    shows: { selector: ['#people'] },
    fold: true,
  },
  {
    name: 'staff/none',
    as: 'admin',
    async arrange(stage) {
      await openOverHome(stage, staff)
      await stage.phone.tap('#role-auditor')
      await stage.phone.tap('#state-disabled')
    },
    shows: { selector: ['#state-empty'] },
  },
  { name: 'staff/not-mine', as: 'operator', arrange: stage => openOverHome(stage, staff), shows: { selector: ['#state-forbidden'] } },
  ...pageStates({ name: 'staff', as: 'admin', url: staff, asked }),
  { name: 'staff/person', as: 'admin', arrange: stage => openOverHome(stage, of(agent)), shows: { selector: ['#workload'] } },
  {
    name: 'staff/person-wide',
    as: 'admin',
    async arrange(stage) {
      await computer(stage)
      await openOverHome(stage, of(agent))
    },
    shows: { selector: ['#workload'] },
    fold: true,
  },
  { name: 'staff/myself', as: 'admin', arrange: stage => openOverHome(stage, of(byRole('admin').id)), shows: { selector: ['#own-role'] } },
  { name: 'staff/new', as: 'admin', arrange: stage => openOverHome(stage, person), shows: { selector: ['#save'] } },
  {
    name: 'staff/regions',
    as: 'admin',
    async arrange(stage) {
      await openOverHome(stage, person)
      await stage.phone.tap('#add-region')
      await stage.phone.tap('#regions', '#region-440000')
      await stage.phone.tap('#regions', '#region-440300')
    },
    shows: { selector: ['#regions', '#region-440305'] },
    saidOnce: true,
    fold: true,
  },
  { name: 'staff/invite', as: 'admin', arrange: withInvite, shows: { selector: ['#code'] }, saidOnce: true },
  {
    name: 'staff/who-takes',
    as: 'admin',
    async arrange(stage) {
      await openOverHome(stage, of(agent))
      await stage.phone.tap('#disable')
    },
    shows: { selector: ['#person-sheet', '#take-nobody'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'staff/disable',
    as: 'admin',
    async arrange(stage) {
      await openOverHome(stage, of(agent))
      await stage.phone.tap('#disable')
      await stage.phone.tap('#person-sheet', '#take-nobody')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'assign/chosen',
    as: 'operator',
    async arrange(stage) {
      await openAssign(stage)
      await stage.phone.tap('.shop')
    },
    shows: { selector: ['#count'], reads: '1' },
    fold: true,
  },
  {
    name: 'assign/wide',
    as: 'operator',
    async arrange(stage) {
      await computer(stage)
      await openAssign(stage)
      await stage.phone.tap('#all')
    },
    shows: { selector: ['#count'] },
    fold: true,
  },
  {
    name: 'assign/who',
    as: 'region_lead',
    async arrange(stage) {
      await openAssign(stage)
      await stage.phone.tap('#all')
      await stage.phone.tap('#give')
    },
    shows: { selector: ['#person-sheet', '#take-nobody'] },
    saidOnce: true,
    fold: true,
  },
  { name: 'assign/sheet', as: 'operator', arrange: give, shows: { selector: ['#sheet', '#sheet-confirm'] }, saidOnce: true, fold: true },
  {
    name: 'assign/held',
    as: 'operator',
    async arrange(stage) {
      await give(stage)
      await stage.phone.tap('#sheet', '#sheet-confirm')
      // what was held would be sent as soon as the page is left
      stage.afterwards(() => stage.phone.tap('#undo').catch(() => undefined))
    },
    shows: { selector: ['#undo'] },
    fleeting: true,
    fold: true,
  },
  {
    name: 'assign/undone',
    as: 'operator',
    async arrange(stage) {
      await give(stage)
      await stage.phone.tap('#sheet', '#sheet-confirm')
      await stage.phone.tap('#undo')
    },
    shows: { selector: ['#ended'] },
    fold: true,
  },
  {
    name: 'assign/finished',
    as: 'operator',
    async arrange(stage) {
      await openAssign(stage)
      await stage.phone.tap('.shop')
      await stage.phone.tap('#give')
      await stage.phone.tap('#person-sheet', '#take-nobody')
      await stage.phone.tap('#sheet', '#sheet-confirm')
    },
    shows: { selector: ['#run'] },
    fold: true,
  },
]
