// The names of all words on screen, for rules that name what they say. Only the type crosses this line.
import type { zhCN } from '../miniprogram/words/zh-CN'
import type { zhCN as merchantZhCN } from '../miniprogram/packages/merchant/words/zh-CN'
import type { zhCN as systemZhCN } from '../miniprogram/packages/system/words/zh-CN'
import type { zhCN as visitZhCN } from '../miniprogram/packages/visit/words/zh-CN'

export type MessageKey = keyof typeof zhCN | keyof typeof merchantZhCN | keyof typeof systemZhCN | keyof typeof visitZhCN
