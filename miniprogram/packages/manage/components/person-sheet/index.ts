// Who gets the shops: one of those who can have them, or nobody. Reports find, take (id, name; '' for nobody), more, retry, close.
import type { PersonChoice } from '../../stores/assignees'

Component({
  properties: {
    show: { type: Boolean, value: false },
    title: { type: String, value: '' },
    /** what it is about: how many shops */
    sentence: { type: String, value: '' },
    people: { type: Array, value: [] as PersonChoice[] },
    /** Resource's */
    status: { type: String, value: 'idle' },
    problem: { type: Object, value: null as unknown as object },
    more: { type: String, value: 'end' },
    query: { type: String, value: '' },
    /** the words of `people` and `common` */
    copy: { type: Object, value: {} as Record<string, string> },
    common: { type: Object, value: {} as Record<string, string> },
  },
  methods: {
    onFind(event: { detail: { value: string } }) {
      this.triggerEvent('find', event.detail)
    },
    onTake(event: WechatMiniprogram.BaseEvent) {
      const { id, name } = event.currentTarget.dataset as { id: string; name: string }
      this.triggerEvent('take', { id, name })
    },
    onMore() {
      this.triggerEvent('more')
    },
    onRetry() {
      this.triggerEvent('retry')
    },
    onClose() {
      this.triggerEvent('close')
    },
  },
})
