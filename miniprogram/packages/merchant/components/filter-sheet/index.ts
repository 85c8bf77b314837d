// All filters of the list at once. Each tap is in effect at once; the button below says how many shops that leaves. Reports choose, up, clear, retry, close.
import type { FilterGroup } from '../../../../rules/filters'

Component({
  properties: {
    show: { type: Boolean, value: false },
    groups: { type: Array, value: [] as FilterGroup[] },
    /** 看 12 家 */
    see: { type: String, value: '' },
    /** a region is chosen and has one above it */
    up: { type: Boolean, value: false },
    failed: { type: Boolean, value: false },
    /** the words of `filter` */
    copy: { type: Object, value: {} as Record<string, string> },
  },
  methods: {
    onChoose(event: WechatMiniprogram.BaseEvent) {
      this.triggerEvent('choose', event.currentTarget.dataset.choice as object)
    },
    onUp() {
      this.triggerEvent('up')
    },
    onClear() {
      this.triggerEvent('clear')
    },
    onRetry() {
      this.triggerEvent('retry')
    },
    onClose() {
      this.triggerEvent('close')
    },
  },
})
