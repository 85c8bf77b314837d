// What a page shows instead of its content: nothing here, not loaded, not reachable, not allowed. One sentence, one way on.
import { goTo } from '../../behaviors/navigation'
import { helpAbout } from '../../rules/deep-link'
import type { ProblemView } from '../../rules/error-copy'

const icons: Record<string, string> = { empty: 'search', error: 'warning-o', offline: 'warning-o', forbidden: 'lock' }
/** enough to tell two requests apart by eye; the whole number is copied */
const SHOWN_OF_REQUEST_ID = 8
const empty = { icon: 'search', title: '', sentence: '', contact: '', action: '', requestId: '', shortId: '' }

Component({
  properties: {
    /** empty · error · offline · forbidden */
    kind: { type: String, value: 'empty' },
    /** instead of the icon of the kind */
    icon: { type: String, value: '' },
    title: { type: String, value: '' },
    sentence: { type: String, value: '' },
    action: { type: String, value: '' },
    secondary: { type: String, value: '' },
    /** the action is the page's one gold button; without a network it is nothing to be called to */
    gold: { type: Boolean, value: false },
    /** speaks for itself: title, sentence, whom to ask, 请求编号; `action` still names the way on */
    problem: { type: Object, value: null as unknown as ProblemView },
    /** the words of `common` */
    copy: { type: Object, value: {} as Record<string, string> },
  },
  data: { view: empty },
  observers: {
    'kind, icon, title, sentence, action, problem': function (
      kind: string,
      icon: string,
      title: string,
      sentence: string,
      action: string,
      problem: ProblemView | null,
    ) {
      const own = { icon: icon || (icons[kind] ?? 'search'), title, sentence, contact: '', action, requestId: '', shortId: '' }
      if (!problem) return this.setData({ view: own })
      const { contact, request_id } = problem
      this.setData({
        view: {
          ...own,
          title: problem.title,
          sentence: problem.sentence,
          contact: contact ?? '',
          requestId: request_id ?? '',
          shortId: (request_id ?? '').slice(0, SHOWN_OF_REQUEST_ID),
        },
      })
    },
  },
  methods: {
    onAction() {
      this.triggerEvent('action')
    },
    onSecondary() {
      this.triggerEvent('secondary')
    },
    onMeans() {
      goTo(helpAbout(this.data.problem.code))
    },
    onCopy() {
      this.triggerEvent('copy', { text: this.data.view.requestId })
    },
  },
})
