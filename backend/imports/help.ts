// What `npm run import -- --help` says.
import { codeLimit } from '../scan-resolutions/code.ts'
import { maximumLength } from './row.ts'
import { maximumStoreName } from './store-codes.ts'

export const help = `用法：npm run import -- merchants.csv
      npm run import -- codes.csv

把服务商自己的商户目录写入数据库。可以在后端运行时使用，可以重复运行：同一个文件第二次运行不会改变任何东西。
只写目录字段，从不改动状态、证据、操作记录、权限和版本号。

文件：CSV，UTF-8（有无 BOM 都可以），逗号分隔，第一行是表头，列的顺序不限。列：
  sub_mchid    必填  特约商户号，8 到 10 位数字
  name         必填  商户名称，最多 ${maximumLength.name} 个字
  region_code  必填  所在区县，6 位行政区划代码（GB/T 2260），如 440305
  short_name         简称，最多 ${maximumLength.short_name} 个字
  industry           行业：微信支付同业过滤标签的代码或中文名，如 CATERING 或 餐饮美食
  address            地址，最多 ${maximumLength.address} 个字
  assigned_to        负责的员工：员工编号或显示名
  status             active 正常 · suspended 暂停 · terminated 终止
文件里没有的列：已有商户保持原样，新商户为空（status 为 active）。有列但单元格为空：清空（status 为 active）。

门店收款码：codes.csv，按表头里的 content 列识别。列：
  content      必填  码里的内容：网址或文字，最多 ${codeLimit} 个字符。网址的协议、主机名大小写、默认端口和结尾的 / 不区分；
                     写了 ? 后面的参数就只认同样的参数，没写就都认
  sub_mchid    必填  这个码属于哪个特约商户；要先在商户目录里
  store              门店名称，最多 ${maximumStoreName} 个字
顾客的付款码（10 到 15 开头的 18 位数字）一律退回，也不会写进退回文件。

有问题的行不会写入，连同行号、字段和原因写进同一文件夹的 <文件名>.rejects.csv，其余的行照常写入。

数据库：设了 DATABASE_URL 就用它；没有设就用 DATA_DIR（默认 .data）里的内置数据库，没有在运行就临时启动。
SP_MCHID：库里有几个服务商时，说明这些商户属于哪一个。

退出码：0 已处理（可能有退回的行） · 1 没有处理完（文件、表头或数据库有问题） · 2 所有行都被退回
`
