// What the page binds: the draft by section, the item that is changed, the versions.
import { askedOfAdmin } from '../behaviors/whom-to-ask'
import { stores } from '../stores/index'
import { hasLimits, hasOptions, TYPES } from './form'
import { answerChoices, conditionChoices, draftHead, labelOf, sectionRows, versionRows } from './view'
import './words'

const { checklistTemplate, network, preferences, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)

const title = (of: { title_zh: string; title_en: string }) => (preferences.language === 'zh-CN' ? of.title_zh : of.title_en)

function formFields() {
  const { form, draft, fault, marked, isNew, fact } = checklistTemplate
  if (!form || !draft) return null
  const { language } = preferences
  const on = draft.content.items.find(({ id }) => id === form.condition?.item)
  const at = marked && fault ? { field: fault.field, text: say(`checklist.form_${fault.code}`) } : { field: '', text: '' }
  return {
    ...form,
    isNew,
    heading: isNew ? say('checklist.new_item', { id: form.id }) : say('checklist.item', { id: form.id }),
    typeLabel: say(`checklist.type_${form.type}`),
    types: TYPES.map(id => ({ id, label: say(`checklist.type_${id}`), on: id === form.type })),
    sections: draft.content.sections.map(section => ({
      id: section.id,
      label: `${section.id} ${title(section)}`,
      on: section.id === form.section,
    })),
    hasOptions: hasOptions(form.type),
    hasLimits: hasLimits(form.type),
    limits: [
      { id: 'min', label: say(`checklist.min_${form.type === 'photo' || form.type === 'number' ? form.type : 'text'}`), value: form.min },
      { id: 'max', label: say(`checklist.max_${form.type === 'photo' || form.type === 'number' ? form.type : 'text'}`), value: form.max },
    ],
    options: form.options.map((option, index) => ({ ...option, index, name: say('checklist.option', { number: index + 1 }) })),
    fact: fact ? say('checklist.fact_note', { fact: say(`checklist.fact_${fact}`) }) : '',
    fixed: fact !== null && fact !== undefined,
    conditionItems: [
      { id: '', label: say('checklist.always'), on: form.condition === null },
      ...conditionChoices(draft.content, form.id, language).map(choice => ({ ...choice, on: choice.id === form.condition?.item })),
    ],
    conditionIs:
      form.condition === null
        ? []
        : [true, false].map(is => ({
            id: String(is),
            label: say(is ? 'checklist.is' : 'checklist.is_not'),
            on: form.condition!.is === is,
          })),
    conditionValues: answerChoices(on, language, say).map(choice => ({ ...choice, on: choice.value === form.condition?.value })),
    labelFault: at.field === 'label' ? at.text : '',
    optionsFault: at.field === 'options' ? at.text : '',
    limitsFault: at.field === 'min' || at.field === 'max' ? at.text : '',
    conditionFault: at.field === 'condition' ? at.text : '',
  }
}

function conflictView() {
  const { conflict, draft } = checklistTemplate
  if (!conflict || !draft || conflict.edit.is === 'move') return null
  const { before } = conflict.edit
  const theirs = draft.content.items.find(({ id }) => id === before?.id)
  const { language } = preferences
  return {
    fact: say('checklist.conflict', { by: conflict.by }),
    text: theirs ? say('checklist.conflict_text', { theirs: labelOf(theirs, language) }) : say('checklist.conflict_gone'),
    actions: [
      { id: 'theirs', label: say('checklist.theirs') },
      { id: 'mine', label: say('checklist.mine') },
    ],
  }
}

/** why nothing can be published; '' when it can */
function publishOff(): string {
  const { draft, changes } = checklistTemplate
  if (!network.online) return say('checklist.needs_network')
  if (!draft || !changes) return say('checklist.nothing_to_publish')
  return draft.faults.length > 0 ? say('checklist.faults_first') : ''
}

export const templateFields = {
  status: () => (session.status === 'error' ? 'error' : checklistTemplate.status),
  problem: () => (session.status === 'error' ? session.problem : askedOfAdmin(checklistTemplate.problem, say)),
  skeleton: () => checklistTemplate.skeleton,
  parts: () => (['items', 'versions'] as const).map(id => ({ id, label: say(`checklist.part_${id}`), on: checklistTemplate.part === id })),
  part: () => checklistTemplate.part,
  head: () => (checklistTemplate.draft ? draftHead(checklistTemplate.draft, preferences.language, session.serverNow(), say) : null),
  sections: () => (checklistTemplate.draft ? sectionRows(checklistTemplate.draft, preferences.language, say) : []),
  here: () => checklistTemplate.form?.id ?? '',
  form: formFields,
  conflict: conflictView,
  merged: () =>
    checklistTemplate.merged === null ? '' : say('checklist.merged', { by: checklistTemplate.merged || say('checklist.colleague') }),
  published: () => (checklistTemplate.published ? say('checklist.published_text', { version: checklistTemplate.published.version }) : ''),
  offline: () => !network.online,
  begun: () => checklistTemplate.changes,
  saving: () => checklistTemplate.saving,
  publishing: () => checklistTemplate.publishingNow,
  publishLabel: () => publishOff() || say('checklist.publish'),
  publishOff: () => publishOff() !== '',
  versions: () => versionRows(checklistTemplate.versions, session.serverNow(), say),
  versionsStatus: () => checklistTemplate.versionsStatus,
  versionsProblem: () => checklistTemplate.versionsProblem,
  refusal: () => checklistTemplate.refusal,
}
