// A change of a merchant as its pages show it: held, under way, in conflict, refused.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { stores } from '../stores/index'
import '../words/words'

const { merchant, preferences } = stores
// not taken once: the language may change
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

export const changeFields = {
  undo: () => merchant.undoHold && { text: merchant.undoHold.text },
  operation: () => {
    const { operation } = merchant
    if (!operation) return null
    const { status, title, text, can_retry } = operation
    return { status, title, text, actions: can_retry ? [{ id: 'retry', label: say('operation.unconfirmed.retry') }] : [] }
  },
  conflict: () => {
    const { conflict } = merchant
    if (!conflict) return null
    const insist = conflict.insist_label === null ? [] : [{ id: 'insist', label: conflict.insist_label }]
    return { title: conflict.title, sentence: conflict.sentence, actions: [...insist, { id: 'keep', label: conflict.keep_label }] }
  },
  refusal: () => merchant.refusal,
}

/** For a page that shows nothing but this change. Data: sending, undo, operation, conflict, refusal, and what a tap on them does. */
export const ofChange = Behavior({
  behaviors: [bound({ sending: () => merchant.sending, ...changeFields })],
  methods: {
    onUndo() {
      merchant.undo()
    },
    onOperation() {
      merchant.retry()
    },
    onConflict(event: { detail: { id: 'keep' | 'insist' } }) {
      if (event.detail.id === 'insist') merchant.insist()
      else merchant.keepCurrent()
    },
    onRefusalClose() {
      merchant.dismissRefusal()
    },
    onRefusalAct(event: { detail: { id: string } }) {
      if (event.detail.id === 'retry') return merchant.retry()
      merchant.dismissRefusal()
      if (event.detail.id === 'limitations') goTo(`/packages/merchant/limitations/index?sub_mchid=${merchant.sub_mchid}`)
      void merchant.refresh()
    },
  },
})
