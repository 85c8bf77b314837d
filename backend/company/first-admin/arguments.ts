// The command line of `npm run admin`.
import { tidy } from '../../platform/tidy.ts'
import { parseArgs } from 'node:util'
import { characterCount } from '../../../miniprogram/shared/characters.ts'
import { holdsPaymentCode } from '../../../miniprogram/shared/payment-code.ts'
import { AdminError } from './invite.ts'

export interface AdminArguments {
  help: boolean
  name: string
  /** null: the company's home number */
  sp: string | null
}

const longest = 32

/** @throws AdminError */
export function readAdminArguments(args: readonly string[]): AdminArguments {
  const { help = false, name, sp } = parsed(args)
  if (help) return { help, name: '', sp: null }
  const said = tidy(name ?? '')
  if (said === '') throw new AdminError('要写明这位管理员叫什么：npm run admin -- --name "管理员 01"')
  if (characterCount(said) > longest) throw new AdminError(`--name 最多 ${longest} 个字`)
  if (holdsPaymentCode(said)) throw new AdminError('--name 里像是有顾客的付款码：换一个名称')
  return { help, name: said, sp: sp?.trim() ?? null }
}

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h' }, name: { type: 'string' }, sp: { type: 'string' } },
    })
    return values
  } catch (error) {
    throw new AdminError(`不认识的参数（${(error as Error).message.split('.')[0]}）；--help 看说明`)
  }
}

export const adminHelp = `用法：npm run admin -- --name "管理员 01" [--sp 服务商号]

给一位管理员发邀请码：第一位管理员，或换了手机、丢了微信、再也登录不了的管理员。
没有叫这个名称的员工就新增一位管理员；已有同名的管理员就给他重新发，旧的邀请码作废，绑定新微信后旧微信退出。
后端启动过一次以后使用，后端不用停。其他员工由管理员在小程序里邀请：管理 > 员工。

  --name 名称    同事看到的名称，最多 ${longest} 个字
  --sp 服务商号  库里有几个服务商时写明是哪一个

数据库：设了 DATABASE_URL 就用它；没有设就用 DATA_DIR（默认 .data）里的内置数据库，没有在运行就临时启动。
`
