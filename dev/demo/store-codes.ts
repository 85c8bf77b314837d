// Codes on the counters of a few demo merchants: scan one on the phone page and the merchant opens.

export const storeCodes: readonly { content: string; sub_mchid: string; store_name: string | null }[] = [
  { content: 'https://pay.example.cn/q/AB12', sub_mchid: '1900000109', store_name: '科苑店' },
  { content: 'https://pay.example.cn/q/AB13', sub_mchid: '1900000108', store_name: '后海店' },
  { content: 'https://pay.example.cn/q/AB28', sub_mchid: '1900000128', store_name: null },
  // one address for every shop, told apart by its query
  { content: 'https://m.example.cn/pay?shop=120', sub_mchid: '1900000120', store_name: null },
  { content: 'https://m.example.cn/pay?shop=125', sub_mchid: '1900000125', store_name: null },
]
