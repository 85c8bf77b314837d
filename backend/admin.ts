// `npm run admin`: an invite for the first administrator, or for one who lost access.
import { AdminError, inviteAdmin } from './company/first-admin/invite.ts'
import { adminHelp, readAdminArguments } from './company/first-admin/arguments.ts'
import { inviteHours } from './company/sessions/invites.ts'
import { batchLimits } from './database/client.ts'
import { systemClock } from './platform/clock.ts'
import { complain, isForPerson, onDatabase, say } from './platform/command.ts'
import { toInstant } from './platform/instants.ts'

async function main(args: readonly string[]): Promise<void> {
  const { help, name, sp } = readAdminArguments(args)
  if (help) return say(adminHelp)
  await onDatabase({ connections: 2, limits: batchLimits }, async database => {
    const invite = await inviteAdmin(database, name, sp, systemClock.now())
    say(invite.added ? `新增管理员「${name}」，服务商 ${invite.sp_mchid}` : `管理员「${name}」的新邀请码，旧的已作废`)
    say(`  邀请码    ${invite.code}`)
    say(`  有效期    ${inviteHours} 小时，到 ${toInstant(invite.expires_at)}，只能用一次`)
    say('  怎么用    打开小程序 > 微信登录 > 输入邀请码 > 绑定')
  })
}

main(process.argv.slice(2)).catch((error: Error) => {
  complain(error instanceof AdminError || isForPerson(error) ? error.message : `没有邀请：${error.message}`)
  process.exitCode = 1
})
