// What a page shows instead of its content: nothing here, not loaded, not reachable, not allowed. One sentence, one way on.
const glyphs: Record<string, string> = { empty: 'search', error: 'warning-o', offline: 'warning-o', forbidden: 'lock' }

Component({
  properties: {
    /** empty · error · offline · forbidden */
    kind: { type: String, value: 'empty' },
    /** instead of the icon of the kind */
    icon: { type: String, value: '' },
    title: { type: String, value: '' },
    sentence: { type: String, value: '' },
    action: { type: String, value: '' },
    actionIcon: { type: String, value: '' },
    /** the action is the page's one gold button */
    gold: { type: Boolean, value: false },
    secondary: { type: String, value: '' },
    requestId: { type: String, value: '' },
    requestLabel: { type: String, value: '' },
    copyLabel: { type: String, value: '' },
  },
  data: { glyph: 'search' },
  observers: {
    kind(kind: string) {
      this.setData({ glyph: glyphs[kind] ?? 'search' })
    },
  },
  methods: {
    onAction() {
      this.triggerEvent('action')
    },
    onSecondary() {
      this.triggerEvent('secondary')
    },
    onCopy() {
      this.triggerEvent('copy', { requestId: this.data.requestId })
    },
  },
})
