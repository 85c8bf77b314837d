// 小票链接: the links of the receipt, and the sheet in which one is written. Data: links, mayAdd, linkOpen, linkAt, link, linkFault.
import { bound } from '../../../behaviors/bound'
import { sayNote } from '../../../behaviors/telling'
import { firstCharacters } from '../../../shared/characters'
import { holdsPaymentCode } from '../../../shared/payment-code'
import { longestNote, mostReceiptLinks, plainHost } from '../shared/receipt-link'
import { stores } from '../stores/index'
import { linkFault } from './rules'
import './words'

const { preferences, provider } = stores
const emptyLink = { host: '', path: '/', note: '' }

export const linkSheet = Behavior({
  behaviors: [
    bound({
      links: () => (provider.settings?.receipt_links ?? []).map((link, at) => ({ ...link, at })),
      mayAdd: () => provider.mayChange && (provider.settings?.receipt_links.length ?? 0) < mostReceiptLinks,
    }),
  ],
  data: {
    linkOpen: false,
    /** index of the link that is changed; -1: a new one */
    linkAt: -1,
    link: emptyLink,
    linkFault: '',
  },
  methods: {
    onLink({ currentTarget }: WechatMiniprogram.BaseEvent) {
      if (!provider.mayChange) return
      const at = Number(currentTarget.dataset.at)
      this.setData({ linkOpen: true, linkAt: at, link: provider.settings?.receipt_links[at] ?? emptyLink, linkFault: '' })
    },
    onLinkTyped({ currentTarget, detail: { value } }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const part = currentTarget.dataset.part as keyof typeof emptyLink
      if (part === 'note' && holdsPaymentCode(value)) {
        // what was typed does not stay in the box, whatever the view believes it holds
        this.setData({ 'link.note': value })
        this.setData({ 'link.note': '' })
        return void sayNote(preferences.say('payment_code.title'))
      }
      this.data.link = { ...this.data.link, [part]: part === 'note' ? firstCharacters(value, longestNote) : value }
      if (this.data.linkFault !== '') this.setData({ linkFault: '' })
    },
    onLinkKeep() {
      const { linkAt } = this.data
      const { host, path, note } = this.data.link
      const link = { host: plainHost(host), path: path.trim(), note: note.trim() }
      const others = (provider.settings?.receipt_links ?? []).filter((_, index) => index !== linkAt)
      const fault = linkFault(link, others)
      if (fault) return void this.setData({ linkFault: preferences.say(`provider.fault_${fault.code}`) })
      provider.putLink(linkAt < 0 ? null : linkAt, link)
      this.onLinkClose()
    },
    onLinkRemove() {
      provider.removeLink(this.data.linkAt)
      this.onLinkClose()
    },
    onLinkClose() {
      this.setData({ linkOpen: false })
    },
  },
})
