// What stands in the way of a change: who refuses, what it means, whom to ask, and the number to ask with.
import { goTo } from '../../../../behaviors/navigation'
import { helpAbout } from '../../../../rules/deep-link'
import type { ProblemView } from '../../../../rules/error-copy'

/** These need a person elsewhere, or time: the only thing to do here is to close. */
const NOTHING_TO_DO_HERE = ['ask', 'wait', 'back']

Component({
  properties: {
    show: { type: Boolean, value: false },
    problem: { type: Object, value: { title: '' } as unknown as ProblemView },
    /** the words of `common` */
    copy: { type: Object, value: {} as Record<string, string> },
  },
  data: { onward: false, shortId: '' },
  observers: {
    problem(problem: ProblemView | null) {
      const onward = Boolean(problem?.next && !NOTHING_TO_DO_HERE.includes(problem.next.id))
      // enough to tell two requests apart by eye; the whole number is copied
      this.setData({ onward, shortId: problem?.request_id?.slice(0, 8) ?? '' })
    },
  },
  methods: {
    onClose() {
      this.triggerEvent('close')
    },
    onAct() {
      if (this.data.onward) this.triggerEvent('act', { id: this.data.problem.next?.id })
      else this.triggerEvent('close')
    },
    onMeans() {
      goTo(helpAbout(this.data.problem.code))
    },
    onCopy() {
      this.triggerEvent('copy', { text: this.data.problem.request_id })
    },
  },
})
