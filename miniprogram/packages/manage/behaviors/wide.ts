// Whether the window has room for two columns: WeChat on a computer, an iPad. The same width stands in the pages' WXSS.
import { whatWorks } from '../../../phone/what-works'

/** px */
const WIDE_FROM = 768

const widthNow = (): number =>
  whatWorks('getWindowInfo', () => wx.getWindowInfo(), { windowWidth: 375 } as WechatMiniprogram.WindowInfo).windowWidth

/** Data: wide. Calls the page's `widthChanged` when it has changed. */
export const wide = Behavior({
  data: { wide: false },
  lifetimes: {
    attached() {
      this.setData({ wide: widthNow() >= WIDE_FROM })
    },
  },
  pageLifetimes: {
    resize({ size }: { size: { windowWidth: number } }) {
      const isWide = size.windowWidth >= WIDE_FROM
      if (isWide === this.data.wide) return
      this.setData({ wide: isWide })
      this.widthChanged()
    },
  },
  methods: {
    widthChanged() {},
  },
})
