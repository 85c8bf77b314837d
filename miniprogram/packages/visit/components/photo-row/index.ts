// Photos in a row: look, delete, one more. Without `open` and `removable` it only shows.

/** src: what an image can show; '' while its link is awaited */
interface PhotoTile {
  id: string
  src: string
}

Component({
  properties: {
    photos: { type: Array, value: [] as PhotoTile[] },
    /** room for one more */
    open: { type: Boolean, value: false },
    /** a photo is being made ready: its place stays and shows it */
    busy: { type: Boolean, value: false },
    removable: { type: Boolean, value: true },
    /** photo_add, photo_more, photo_busy, photo_hint, see_photo, remove_photo */
    copy: { type: Object, value: {} as Record<string, string> },
  },
  data: {
    /** src of those that could not be drawn: their link is over, or the file is gone */
    failed: {} as Record<string, string>,
  },
  methods: {
    onFailed(event: WechatMiniprogram.BaseEvent) {
      const { id, src } = event.currentTarget.dataset as { id: string; src: string }
      this.setData({ failed: { ...this.data.failed, [id]: src } })
    },
    onAdd() {
      if (!this.data.busy) this.triggerEvent('add')
    },
    onSee(event: WechatMiniprogram.BaseEvent) {
      this.triggerEvent('see', { photo_id: event.currentTarget.dataset.id as string })
    },
    onRemove(event: WechatMiniprogram.BaseEvent) {
      this.triggerEvent('remove', { photo_id: event.currentTarget.dataset.id as string })
    },
  },
})
