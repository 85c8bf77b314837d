// The sections of a checklist: how far each is, and the way to it.
interface SectionOfNav {
  id: string
  title: string
  /** "1/3" */
  count: string
  spoken: string
  done: boolean
  /** percent */
  share: number
  weight: number
}

Component({
  properties: {
    sections: { type: Array, value: [] as SectionOfNav[] },
    /** id of the section that was gone to last */
    here: { type: String, value: '' },
  },
  methods: {
    onGo(event: WechatMiniprogram.BaseEvent) {
      this.triggerEvent('go', { id: event.currentTarget.dataset.id as string })
    },
  },
})
