// The form of each kind of record: its choices, and the way to what they ask on WeChat's console.
import type { MessageKey, Say } from '../../../words/say'
import type { FormField, OperatorForm, OperatorTask } from './store'
import './words'

export interface FormView {
  id: OperatorTask
  /** where to look */
  path: string
  fields: { id: FormField; label: string; help: string; choices: { code: string; label: string; on: boolean }[] }[]
  note_hint: string
  /** what is missing while it is not complete */
  missing: string
}

const FIELDS: Record<OperatorTask, { id: Exclude<FormField, 'note'>; choices: string[]; help?: MessageKey }[]> = {
  portal_check: [
    { id: 'gold_plan_jsapi', choices: ['open', 'closed', 'unknown'] },
    { id: 'gold_plan_miniprogram', choices: ['open', 'closed', 'unknown'] },
    { id: 'receipt', choices: ['open', 'closed', 'unknown'] },
    { id: 'advertising', choices: ['open', 'closed', 'unknown'] },
    { id: 'default_open', choices: ['yes', 'no'], help: 'portal_check.path_default_open' },
  ],
  flow_conclusion: [{ id: 'conclusion', choices: ['jsapi', 'not_jsapi'] }],
  unblock: [],
}

export function formView(task: OperatorTask, form: OperatorForm, say: Say): FormView {
  return {
    id: task,
    path: say(`portal_check.path_${task}`),
    fields: FIELDS[task].map(({ id, choices, help }) => ({
      id,
      label: say(`portal_check.field_${id}`),
      help: help ? say(help) : '',
      choices: choices.map(code => ({ code, label: say(`portal_check.${code}` as MessageKey), on: form[id] === code })),
    })),
    note_hint: say(task === 'unblock' ? 'portal_check.note_needed' : 'portal_check.note_hint'),
    missing: say(task === 'unblock' ? 'portal_check.incomplete_note' : 'portal_check.incomplete'),
  }
}
