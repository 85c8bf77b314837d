// What every page has in common: theme, large text, its words in the language of the moment, title and colour of the bar, its tab.
import { reaction } from 'mobx-miniprogram'
import type { MessageKey } from '../domain/say'
import { stores } from '../stores/index'
import { paintBar } from './bar-color'

export interface ScreenOptions {
  /** prefixes of the words in i18n that the page shows; `common` is always there */
  words: string[]
  title: MessageKey
  /** index in the tab bar, for the four tab pages */
  tab?: number
}

export type Words = Record<string, Record<string, string>>

const stops = new WeakMap<object, () => void>()
/** pages in front: one below must not paint the bar of the one above it */
const inFront = new WeakSet<object>()

/** Data: rootClass, large, copy. Methods: onCopyText, onCopyNumber, and barState, which a page overrides to continue a verdict's tint in its bar. */
export const screen = ({ words, title, tab }: ScreenOptions) =>
  Behavior({
    data: { rootClass: '', large: false, copy: {} as Words },
    lifetimes: {
      attached() {
        const { preferences } = stores
        stops.set(
          this,
          reaction(
            () => ({ rootClass: preferences.root_class, large: preferences.large, language: preferences.language }),
            ({ rootClass, large }, before) => {
              const copy: Words = {}
              for (const prefix of ['common', ...words]) copy[prefix] = preferences.words(prefix)
              this.setData({ rootClass, large, copy })
              if (before) this.paint()
            },
            { fireImmediately: true, equals: (one, other) => JSON.stringify(one) === JSON.stringify(other) },
          ),
        )
      },
      detached() {
        stops.get(this)?.()
        stops.delete(this)
      },
    },
    pageLifetimes: {
      show() {
        inFront.add(this)
        this.paint()
      },
      hide() {
        inFront.delete(this)
      },
    },
    methods: {
      paint() {
        if (!inFront.has(this)) return
        wx.setNavigationBarTitle({ title: stores.preferences.say(title) })
        paintBar(stores.preferences.theme, this.barState())
        if (tab !== undefined) this.getTabBar()?.setData({ selected: tab })
      },
      barState(): string {
        return ''
      },
      /** a row was pressed long */
      onCopyNumber(event: WechatMiniprogram.BaseEvent) {
        wx.setClipboardData({ data: event.currentTarget.dataset.id as string })
      },
      onCopyText(event: { detail: { text: string } }) {
        wx.setClipboardData({ data: event.detail.text })
      },
    },
  })
