// What the page of the receipt's blocks draws, in words.
import type { ReceiptBlock } from '../../../../typings/api'
import { RECEIPT_BLOCK_KINDS, type ReceiptFault } from '../shared/receipt-blocks'
import { blockName } from '../rules/payment-page'
import { BLOCK_FIELDS, FIELD_LENGTHS, fieldText, type BlockField } from './rules'
import type { Say } from '../../../words/say'
import type { EditedBlock } from './store'
import './words'
import '../words/words'

interface FieldView {
  id: BlockField
  label: string
  value: string
  hint: string
  maxlength: number
  /** what is wrong with it, empty when nothing is */
  fault: string
}
export interface BlockRowView {
  key: number
  icon: string
  name: string
  /** what it says, in one line */
  summary: string
  fault: string
  open: boolean
  first: boolean
  last: boolean
  /** spoken labels of its buttons */
  up: string
  down: string
  remove: string
  edit: string
  fields: FieldView[]
}

const BLOCK_ICONS: Record<ReceiptBlock['kind'], string> = {
  pickup_code: 'orders-o',
  parking: 'clock-o',
  order_items: 'todo-list-o',
  pickup_point: 'location-o',
  link: 'share-o',
  notice: 'volume-o',
}

export function blockRows(rows: readonly EditedBlock[], faults: readonly ReceiptFault[], openKey: number | null, say: Say): BlockRowView[] {
  return rows.map(({ key, block }, index) => {
    const mine = faults.filter(({ field }) => field.startsWith(`blocks.${index}.`))
    const name = blockName(block, say)
    const fields = BLOCK_FIELDS[block.kind].map(id =>
      fieldView(
        block,
        id,
        mine.find(({ field }) => field === `blocks.${index}.${id}`),
        say,
      ),
    )
    const own = mine.find(({ field }) => field === `blocks.${index}.kind`)
    const faulty = fields.find(({ fault }) => fault !== '')
    return {
      key,
      icon: BLOCK_ICONS[block.kind],
      name,
      summary: summaryOf(block, name),
      fault: own ? faultText(own, '', say) : faulty ? `${faulty.label} ${faulty.fault}` : '',
      open: key === openKey,
      first: index === 0,
      last: index === rows.length - 1,
      up: say('receipt_content.up', { name }),
      down: say('receipt_content.down', { name }),
      remove: say('receipt_content.remove', { name }),
      edit: say('receipt_content.edit', { name }),
      fields,
    }
  })
}

function fieldView(block: ReceiptBlock, id: BlockField, fault: ReceiptFault | undefined, say: Say): FieldView {
  return {
    id,
    label: say(`receipt_content.field_${id}`),
    value: fieldText(block, id),
    hint: say(`receipt_content.hint_${id}`, {
      limit: FIELD_LENGTHS[id],
      name: RECEIPT_BLOCK_KINDS.find(({ kind }) => kind === block.kind)?.title ?? '',
    }),
    maxlength: FIELD_LENGTHS[id],
    fault: fault ? faultText(fault, id, say) : '',
  }
}

const faultText = ({ code, limit }: ReceiptFault, field: string, say: Say): string =>
  code === 'WRONG_FORMAT' && field === 'url'
    ? say('receipt_content.fault_url')
    : say(`receipt_content.fault_${code}`, { limit: limit ?? 0 })

function summaryOf(block: ReceiptBlock, name: string): string {
  const text =
    block.kind === 'pickup_point' ? block.place : block.kind === 'parking' ? block.fee_rule : block.kind === 'link' ? block.label : ''
  const said = block.kind === 'notice' ? block.text : text
  return said && said !== name ? said : ''
}
