// 扫一扫 for the pages that offer it: the camera, what the code was, and the merchant's page. The page's template has a scan-sheet.
import { goTo, goToTab } from './navigation'
import { openGuideline, tellPerson } from './telling'
import { bound } from './bound'
import { inFront } from './retry'
import { asApiError } from '../api/errors'
import { firstCharacters, SEARCH_LIMIT } from '../shared/characters'
import { merchantPage } from '../rules/deep-link'
import { app, stores } from '../stores/index'
import type { ScanAct, Scanner } from '../stores/scan'

const { scan: door } = stores

/** A word in the field is a name: the list looks for it. Whatever the phone must not send is refused by the same rules there. */
const isName = (text: string) => text.trim() !== '' && !/^[\d\s-]+$/.test(text) && !text.includes(':')

/**
 * Where scanning was never downloaded and cannot be now, the person is told; nothing was scanned then. Whoever left the page while it was downloaded
 * scans no more: a camera, or a dialog, would open over another page.
 */
export function withScanner(work: (scan: Scanner) => Promise<string | null>): Promise<string | null> {
  const page = inFront()
  const isHere = () => inFront() === page
  return door
    .open()
    .then(scan => (isHere() ? work(scan) : null))
    .catch((thrown: unknown) => {
      if (isHere()) void tellPerson(app.context.problemOf(asApiError(thrown)).sentence)
      return null
    })
}

/** Data: scanPanel, scanBusy. */
export const scanning = Behavior({
  behaviors: [
    bound({
      scanPanel: () => door.store?.sheet ?? null,
      scanBusy: () => door.opening || (door.store?.busy ?? false),
    }),
  ],
  pageLifetimes: {
    hide() {
      door.store?.close()
    },
  },
  methods: {
    /** A code or a person named a shop: its page, unless the page does something else with it. */
    found(sub_mchid: string) {
      goTo(merchantPage(sub_mchid))
    },
    tell(asked: Promise<string | null>) {
      void asked.then(sub_mchid => sub_mchid !== null && this.found(sub_mchid))
    },
    onScan() {
      if (!door.opening && !door.store?.busy) this.tell(withScanner(scan => scan.scan()))
    },
    onScanAct({ detail: { id, text } }: { detail: { id: ScanAct; text: string } }) {
      const scan = door.store
      // a sheet was answered: somebody has scanned
      if (!scan) return
      if (id === 'guideline') openGuideline()
      else if (id === 'scan') this.tell(scan.scan())
      else if (id === 'agree') this.tell(scan.agree())
      else if (id === 'refuse') scan.refuse()
      else if (id === 'by_hand') scan.enterByHand()
      else if (id === 'retry') this.tell(scan.retry())
      else if (id === 'close' || text.trim() === '') scan.close()
      else if (isName(text)) this.findByName(text)
      else this.tell(scan.take({ result: text }))
    },
    findByName(text: string) {
      door.store?.close()
      stores.merchants.setQuery(firstCharacters(text.trim(), SEARCH_LIMIT))
      goToTab('/pages/merchants/index')
    },
  },
})
