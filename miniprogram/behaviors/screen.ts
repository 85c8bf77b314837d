// What every page has in common: theme, large text, its words in the language of the moment, title and colour of the bar, its tab.
import { copyText } from './telling'
import { reaction } from 'mobx-miniprogram'
import type { MessageKey, MessageSection } from '../words/say'
import { stores } from '../stores/index'
import { paintBar } from './bar-color'
import { updatePrompt } from './update-prompt'
import '../words/words'

export interface ScreenOptions {
  /** what the page draws of its words: a section, or single keys of a long one; `common` is always there */
  words: readonly (MessageSection | MessageKey)[]
  title: MessageKey
  /** index in the tab bar, for the four tab pages */
  tab?: number
  /** false: nothing but the classes of its root changes in large text, so that data.large is not needed */
  large?: boolean
}

export type Words = Record<string, Record<string, string>>

const stops = new WeakMap<object, () => void>()
/** pages in front: one below must not paint the bar of the one above it */
const inFront = new WeakSet<object>()

/** Data: rootClass, large, copy. Methods: onCopyText, onCopyNumber, and barState, which a page overrides to continue a verdict's tint in its bar. */
export const screen = ({ words, title, tab, large: drawsLarge = true }: ScreenOptions) =>
  Behavior({
    behaviors: [updatePrompt(tab !== undefined)],
    data: { rootClass: '', copy: {} as Words, ...(drawsLarge ? { large: false } : {}) },
    lifetimes: {
      attached() {
        const { preferences } = stores
        stops.set(
          this,
          reaction(
            () => ({ rootClass: preferences.root_class, large: preferences.large, language: preferences.language }),
            ({ rootClass, large }, before) => {
              const copy: Words = preferences.words(['common', ...words])
              this.setData({ rootClass, copy, ...(drawsLarge ? { large } : {}) })
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
        copyText(event.currentTarget.dataset.id as string)
      },
      onCopyText(event: { detail: { text: string } }) {
        copyText(event.detail.text)
      },
    },
  })
