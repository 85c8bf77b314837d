// A canvas outside the screen that photos are drawn on where a phone cannot export an offscreen one (packages/visit/camera/photo-drawing). It is there only while it is used:
// its memory is as large as the photo.
interface Size {
  width: number
  height: number
}
interface Drawable extends Size {
  getContext(kind: '2d'): unknown
}

Component({
  data: { width: 0, height: 0 },
  methods: {
    /** The canvas at this size, in pixels of its own and of the page: what WeChat means by width is then the same whichever it means. */
    open({ width, height }: Size): Promise<Drawable> {
      return new Promise((resolve, reject) =>
        this.setData({ width, height }, () => {
          this.createSelectorQuery()
            .select('#canvas')
            .fields({ node: true }, (found: { node?: Drawable } | null) => {
              const canvas = found?.node
              if (!canvas) return reject(new Error('the page has no canvas'))
              canvas.width = width
              canvas.height = height
              resolve(canvas)
            })
            .exec()
        }),
      )
    },
    close() {
      this.setData({ width: 0, height: 0 })
    },
  },
})
