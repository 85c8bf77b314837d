// The words of the receipt page itself and of the samples on it: Chinese in every language of the app, because they are what customers read
// (backend/receipts/page/last.js has the same).
import type { ReceiptTemplateCode } from '../../../domain/receipt-blocks'

export const RECEIPT_PAGE = {
  hours: '小时',
  minutes: '分钟',
  entered: (time: string) => `${time} 入场`,
  leaveBefore: (time: string) => `请在 ${time} 前离场`,
  feeRule: (rule: string) => `收费标准：${rule}`,
}

/** by trade: what an order there may hold */
export const SAMPLE_ITEMS: Record<ReceiptTemplateCode, readonly { name: string; quantity: number }[]> = {
  catering: [
    { name: '招牌牛肉面', quantity: 1 },
    { name: '卤蛋', quantity: 2 },
  ],
  parking: [{ name: '临时停车', quantity: 1 }],
  retail: [
    { name: '纯棉毛巾', quantity: 2 },
    { name: '保温杯', quantity: 1 },
  ],
  hospital: [{ name: '门诊检查', quantity: 1 }],
  school: [
    { name: '校服', quantity: 1 },
    { name: '教材', quantity: 1 },
  ],
}
