// A condition that lasts: offline, a conflict (yellow) or an outstanding answer (blue). It goes when the condition goes; nobody can dismiss it.
interface BannerAction {
  id: string
  label: string
}

Component({
  properties: {
    /** `warn` yellow · `wait` blue · `bad` red, for a provider that is refused as a whole */
    kind: { type: String, value: 'warn' },
    icon: { type: String, value: 'warning-o' },
    /** what is true, in bold */
    fact: { type: String, value: '' },
    /** what still works, or what to do */
    text: { type: String, value: '' },
    /** at most two: `{ id, label }` */
    actions: { type: Array, value: [] as BannerAction[] },
  },
  methods: {
    onAction(event: WechatMiniprogram.BaseEvent) {
      this.triggerEvent('action', { id: event.currentTarget.dataset.id as string })
    },
  },
})
