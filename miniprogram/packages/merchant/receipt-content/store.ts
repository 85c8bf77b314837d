// 小票内容: the blocks that a person chooses and puts in order, kept on the phone until they are saved, and the way of a save from the tap to the
// answer (product.md F8, M15). Another account neither sees nor sends them.
import { computed, makeAutoObservable, observable, reaction, runInAction } from 'mobx-miniprogram'
import type { ReceiptBlock, ReceiptContent, SubMerchant } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import {
  receiptFaults,
  RECEIPT_TEMPLATES,
  type ReceiptBlockKind,
  type ReceiptFault,
  type ReceiptTemplateCode,
} from '../shared/receipt-blocks'
import { addableKinds, emptyBlock, fillBlock, moved, sameBlocks, type BlockField } from './rules'
import { saveContent, type Saved, type SaveRequest } from './save'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import type { SessionStore } from '../../../stores/session'
import type { MerchantStore } from '../stores/merchant'
import type { ReceiptContentStore } from '../stores/receipt-content'
import { keptAs } from '../../../phone/kept-as'

/** unsure: sent, no answer; the same may be sent again · conflict: somebody else changed it first, a person decides */
export type SaveStatus = 'idle' | 'saving' | 'unsure' | 'conflict' | 'refused'

/** `key` tells the rows apart while they move */
export interface EditedBlock {
  key: number
  block: ReceiptBlock
}
/** on the phone, `staff:<id>:receipt-draft:<sub_mchid>` */
interface KeptDraft {
  /** of the content that it was made from */
  version: number
  blocks: ReceiptBlock[]
}

const DRAFT = keptAs<KeptDraft>(1, { version: 0, blocks: [{}] })

export class ReceiptEditorStore {
  rows: EditedBlock[] = []
  /** the row whose fields are shown */
  open_key: number | null = null
  /** somebody else changed it first */
  private overtaken = false
  /** rises with each save that arrived */
  saved = 0
  /** unsaved changes of before are gone on with */
  resumed = false
  private base: ReceiptContent | null = null
  private readonly saving: AskOnce<SaveRequest, Saved>
  private keys = 0

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly merchant: MerchantStore,
    private readonly receipt: ReceiptContentStore,
  ) {
    this.saving = new AskOnce(context, (request, key) => saveContent(context.api, request, key))
    makeAutoObservable<this, 'context' | 'session' | 'merchant' | 'receipt' | 'base' | 'saving' | 'keys'>(
      this,
      {
        context: false,
        session: false,
        merchant: false,
        receipt: false,
        saving: false,
        keys: false,
        rows: observable.ref,
        base: observable.ref,
        faults: computed.struct,
      },
      { autoBind: true },
    )
    reaction(
      () => receipt.content,
      content => content && this.follow(content),
    )
  }

  get status(): SaveStatus {
    const { asking, unanswered, error } = this.saving
    if (asking) return 'saving'
    if (this.overtaken) return 'conflict'
    if (unanswered) return 'unsure'
    return error ? 'refused' : 'idle'
  }
  get blocks(): ReceiptBlock[] {
    return this.rows.map(({ block }) => block)
  }
  get ready(): boolean {
    return this.base !== null && this.base.sub_mchid === this.receipt.sub_mchid
  }
  get changed(): boolean {
    return this.base !== null && !sameBlocks(this.base.blocks, this.blocks)
  }
  get faults(): ReceiptFault[] {
    return receiptFaults(this.blocks)
  }
  get addable(): ReceiptBlockKind[] {
    return addableKinds(this.blocks)
  }
  /** the template that all blocks are, untouched */
  get template(): ReceiptTemplateCode | null {
    return RECEIPT_TEMPLATES.find(({ blocks }) => sameBlocks(blocks, this.blocks))?.code ?? null
  }
  /** this role may look only */
  get read_only(): boolean {
    return this.shop !== null && !this.shop.allowed_actions.includes('receipt.open')
  }
  /** whether blocks may be changed now: not while something is on its way */
  get editable(): boolean {
    return this.ready && !this.read_only && (this.status === 'idle' || this.status === 'refused')
  }
  /** hosts of saved links that customers do not see yet */
  get waiting_hosts(): readonly string[] {
    return this.base?.waiting_hosts ?? []
  }
  get may_allow_links(): boolean {
    return (
      this.waiting_hosts.length > 0 && this.context.network.online && this.shop?.allowed_actions.includes('receipt_link.allow') === true
    )
  }
  /** Why 保存 does nothing now. */
  get refusal(): 'offline' | 'unchanged' | 'faulty' | null {
    if (!this.context.network.online || this.receipt.cached) return 'offline'
    if (this.status === 'unsure') return null
    if (!this.changed) return 'unchanged'
    return this.faults.length > 0 ? 'faulty' : null
  }
  get problem(): ProblemView | null {
    const { error } = this.saving
    return this.status === 'refused' && error ? problemView(error, this.context.preferences.say, this.session.staff?.role ?? null) : null
  }
  /** who changed it first, and when */
  get conflict(): { by: string | null; at: string | null } | null {
    const current = this.receipt.content
    return this.status === 'conflict' && current ? { by: current.changed_by, at: current.changed_at } : null
  }

  /** At page show. */
  begin(sub_mchid: string): void {
    if (this.base?.sub_mchid !== sub_mchid) this.leave()
    const { content } = this.receipt
    if (content?.sub_mchid === sub_mchid) this.follow(content)
  }
  take(template: ReceiptTemplateCode): void {
    const found = RECEIPT_TEMPLATES.find(({ code }) => code === template)
    if (!found || !this.editable) return
    this.open_key = null
    this.draw(this.rowsOf(found.blocks))
  }
  add(kind: ReceiptBlockKind): void {
    if (!this.editable || !this.addable.includes(kind)) return
    const row = this.rowOf(emptyBlock(kind))
    this.open_key = row.key
    this.draw([...this.rows, row])
  }
  remove(key: number): void {
    if (this.editable) this.draw(this.rows.filter(row => row.key !== key))
  }
  /** One place up (-1) or down (1). */
  move(key: number, by: -1 | 1): void {
    if (this.editable)
      this.draw(
        moved(
          this.rows,
          this.rows.findIndex(row => row.key === key),
          by,
        ),
      )
  }
  fill(key: number, field: BlockField, text: string): void {
    if (this.editable) this.draw(this.rows.map(row => (row.key === key ? { key, block: fillBlock(row.block, field, text) } : row)))
  }
  unfold(key: number): void {
    this.open_key = this.open_key === key ? null : key
  }
  /** 还原: what is saved, again. */
  revert(): void {
    if (!this.base || !this.editable) return
    this.open_key = null
    this.resumed = false
    this.draw(this.rowsOf(this.base.blocks))
  }

  async save(): Promise<void> {
    if (this.refusal === null) await this.send()
  }
  /** 确认显示: what is saved, once more, by somebody who may let customers see its links. */
  async allowLinks(): Promise<void> {
    if (this.may_allow_links && !this.changed) await this.send()
  }

  /** 用现在的 */
  takeTheirs(): void {
    if (this.status !== 'conflict' || !this.receipt.content) return
    this.overtaken = false
    this.start(this.receipt.content, this.receipt.content.blocks)
    this.keep()
  }
  /** 仍用我的: a new decision on what is there now. */
  insist(): void {
    if (this.status !== 'conflict' || !this.receipt.content) return
    this.overtaken = false
    this.base = this.receipt.content
    this.keep()
    void this.save()
  }
  dismiss(): void {
    if (this.status === 'refused') this.saving.dismiss()
  }
  leave(): void {
    this.base = null
    this.rows = []
    this.open_key = null
    this.overtaken = false
    this.resumed = false
    this.saving.reset()
  }
  /** Another account: nothing of the last one stays on screen. */
  reset(): void {
    this.leave()
  }

  private get shop(): SubMerchant | null {
    const { merchant } = this.merchant
    return merchant?.sub_mchid === this.receipt.sub_mchid ? merchant : null
  }
  private async send(): Promise<void> {
    if (this.read_only || !this.base || this.status === 'saving' || this.status === 'conflict') return
    const request = this.saving.unanswered ?? { sub_mchid: this.base.sub_mchid, blocks: this.blocks, version: this.base.version }
    const saved = await this.saving.ask(request)
    if (saved) runInAction(() => this.settled(saved))
  }
  /** Content arrived: it is what there is, unless a person has changed something. */
  private follow(content: ReceiptContent): void {
    if (this.base?.sub_mchid === content.sub_mchid) {
      if (this.status === 'idle' && !this.changed && this.base.version !== content.version) this.start(content, content.blocks)
      return
    }
    const key = this.draftKey(content.sub_mchid)
    const kept = key === null ? null : DRAFT.read(this.context.phone.storage, key)
    this.start(kept ? { ...content, version: kept.version } : content, kept ? kept.blocks : content.blocks)
    this.resumed = kept !== null && this.changed
  }
  private start(base: ReceiptContent, blocks: readonly ReceiptBlock[]): void {
    this.base = base
    this.open_key = null
    this.rows = this.rowsOf(blocks)
  }
  private settled({ content, overtaken }: Saved): void {
    // the answer to an older save that was lost may come with later changes on screen
    const own = sameBlocks(content.blocks, this.blocks)
    if (overtaken && !own) {
      this.overtaken = true
      this.receipt.adopt(content)
      return
    }
    this.resumed = false
    this.saved += 1
    this.base = content
    this.receipt.adopt(content)
    if (own) this.open_key = null
    this.keep()
  }
  private draw(rows: EditedBlock[]): void {
    this.rows = rows
    this.dismiss()
    this.keep()
  }
  private keep(): void {
    if (!this.base) return
    const key = this.draftKey(this.base.sub_mchid)
    if (key === null) return
    const { storage } = this.context.phone
    if (this.changed) DRAFT.writeIfRoom(storage, key, { version: this.base.version, blocks: this.blocks })
    else storage.remove(key)
  }
  private draftKey(sub_mchid: string): string | null {
    const { staff } = this.session
    return staff === null ? null : `staff:${staff.id}:receipt-draft:${sub_mchid}`
  }
  private rowOf(block: ReceiptBlock): EditedBlock {
    this.keys += 1
    return { key: this.keys, block }
  }
  private rowsOf(blocks: readonly ReceiptBlock[]): EditedBlock[] {
    return blocks.map(block => this.rowOf(block))
  }
}
