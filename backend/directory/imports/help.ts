// What `npm run import -- --help` says.
import { codeLimit } from '../scan-resolutions/code.ts'
import { inviteHours } from '../../company/sessions/invites.ts'
import { checkColumnNames, columnHelp, merchantColumns, type ColumnName } from './merchant-columns.ts'
import { maximumDisplayName } from './staff.ts'
import { maximumStoreName } from './store-codes.ts'

/** One line a column. @param checks of a look at the console, or of the directory */
function columnLines(checks: boolean): string {
  const isCheck = (column: string) => (checkColumnNames as readonly string[]).includes(column)
  const line = ([column, text]: [string, string]) =>
    `  ${column.padEnd(15)}  ${merchantColumns.required.includes(column as ColumnName) ? '必填' : '    '}  ${text}`
  return Object.entries(columnHelp)
    .filter(([column]) => isCheck(column) === checks)
    .map(line)
    .join('\n')
}

export const help = `用法：npm run import -- merchants.csv [--dry-run] [--encoding utf-8|gb18030]
      npm run import -- codes.csv | assignments.csv
      npm run import -- staff.csv [--rights]
      npm run import -- bill.csv | bill.csv.gz
      npm run import -- rebate.csv

把服务商自己的商户目录、门店收款码、员工和分配写入数据库，文件的种类按表头识别。可以在后端运行时使用，可以重复运行：
同一个文件第二次运行不会改变任何东西。中断后（断电、Ctrl-C、kill）再次运行同一个文件，会从停下的地方接着导入（24 小时内）。

  --dry-run    试运行：什么都不写，只说会改变什么
  --encoding   指定编码。不写时自动判断：UTF-8（有无 BOM 都可以），否则 GB18030（含 GBK、GB2312）
  --rights     staff.csv 可以改已有员工的角色、地区和状态；不写时这样的行会退回

文件：CSV，逗号分隔，第一行是表头，列的顺序不限，列名可以用英文或中文（如 商户号、商户名称）。

商户目录 merchants.csv：
${columnLines(false)}
在服务商平台上核对到的情况（每行记为一条依据，按核对时间和已有记录比较新旧，不会覆盖更新的记录）：
${columnLines(true)}
文件里没有的列：已有商户保持原样，新商户为空（status 为 active）。有列但单元格为空：清空（status 为 active）。
除此之外从不改动状态、依据、操作记录、权限和版本号。

门店收款码 codes.csv：
  content      必填  码里的内容：网址或文字，最多 ${codeLimit} 个字符。网址的协议、主机名大小写、默认端口和结尾的 / 不区分；
                     写了 ? 后面的参数就只认同样的参数，没写就都认
  sub_mchid    必填  这个码属于哪个特约商户；要先在商户目录里
  store              门店名称，最多 ${maximumStoreName} 个字
顾客的付款码（10 到 15 开头的 18 位数字）一律退回，也不会写进退回文件。

员工 staff.csv：
  staff_id       必填  员工编号：字母、数字、点、横线、下划线
  display_name   必填  显示名，最多 ${maximumDisplayName} 个字，如 业务员 03
  role           必填  field_agent 业务员 · region_lead 区域主管 · operator 运营 · auditor 审计 · admin 管理员
  region_codes         负责的地区，用 ; 分开，如 440305;440300；业务员和区域主管必填
  assigned_only        只看分配给自己的商户：是 · 否
  status               active 在职 · disabled 停用
新员工的邀请码写进同一文件夹的 <文件名>.invites-<时间>.csv（只有你能读，${inviteHours} 小时内有效），不显示也不写日志。
过期没有用的，再次运行会重新邀请。

分配 assignments.csv：
  sub_mchid    必填  特约商户号
  staff        必填  员工编号或显示名；空：不再分配给任何人。员工要在职、已绑定，并且看得到这家商户

有问题的行不会写入，连同行号、字段和原因写进同一文件夹的 <文件名>.rejects.csv，其余的行照常写入。结束时文件的每一行都有着落：新增、更新、
不变、退回的行加上表头和空行，等于文件的行数。一个引号把几行连成一行时，这几行一起退回，行号写成 3–5。
表格软件留下的写法（前面的撇号、="…"、小数点后的 0、全角数字、末尾多出的空列、末尾缺的空单元格）会照常读入，并说明改了什么。
科学计数丢了位数的商户号不能还原，会退回。

交易账单 bill.csv（也可以是 .gz）：服务商平台下载的“所有订单”日账单，一天一个文件，原样不动。只记每个商户每天的笔数
（方式、小时、金额段、退款），不记顾客、订单号和金额。行数和合计对不上的整个文件不导入；更正过的账单替换那一天。
账单平时每天 10 点后自动下载，这里用于补以前的或自动下载不了的。

返佣 rebate.csv：
  month        必填  2026-10
  sp_mchid     必填  服务商商户号
  sub_mchid          特约商户号；空：服务商自己的合计行
  impressions  必填  曝光量
  ecpm         必填  千次曝光收入，元
  amount       必填  金额，元
整个文件一起导入：有一行不对就什么都不导入，并说出行号、字段和原因。同一个月再导入别的文件会替换，原来的仍可查看。

数据库：设了 DATABASE_URL 就用它；没有设就用 DATA_DIR（默认 .data）里的内置数据库，没有在运行就临时启动。

退出码：0 已处理（可能有退回的行） · 1 没有处理完（文件、表头或数据库有问题，或被停下） · 2 所有行都被退回
`
