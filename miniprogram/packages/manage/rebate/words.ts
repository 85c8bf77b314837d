// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    rebate: ['返佣', 'Rebate'],
  },
  rebate: {
    none: ['还没有导入返佣', 'No rebate imported yet'],
    none_sentence: [
      '在服务器上运行 npm run import -- rebate.csv。这里只显示文件里的数字，不估算。',
      'Run npm run import -- rebate.csv on the server. Only figures of files are shown, none is estimated.',
    ],
    choose: ['选一个月份看明细', 'Choose a month'],
    stale: ['没有更新', 'Not updated'],
    stale_text: ['没连上服务器，下面是 {time} 读到的。', 'The server was not reached. This was read {time}.'],
    how: [
      '都是导入文件里的数字，没有一个是估算的。金额按 eCPM ÷ 1000 × 曝光量核对，四舍五入差得出来的不算对不上。',
      'All figures are those of imported files; none is estimated. Amounts are checked against eCPM ÷ 1000 × impressions; what rounding explains is no difference.',
    ],
    title: ['{month} 返佣', 'Rebate of {month}'],
    yuan: ['{yuan} 元', '{yuan} yuan'],
    stated: ['服务商合计行', "Provider's own row"],
    added_up: ['各商户行相加', 'Merchants added up'],
    merchants: ['{count} 家商户', '{count|merchant|merchants}'],
    rows: ['{count} 行，曝光 {impressions} 次', '{count|row|rows}, {impressions} impressions'],
    figure: ['曝光 {impressions} 次，eCPM {ecpm} 元', '{impressions} impressions, eCPM {ecpm} yuan'],
    differing: ['{count} 行对不上', '{count|row does|rows do} not match'],
    contradicted: ['{count} 行和之前的文件不一样', '{count|row differs|rows differ} from an earlier file'],
    uneven: ['合计行和各行相加不等', 'Own row and merchants differ'],
    uneven_by: ['合计行和各商户行相加差 {yuan} 元', 'Own row and merchants differ by {yuan} yuan'],
    more_than: ['比 eCPM ÷ 1000 × 曝光量多 {yuan} 元', '{yuan} yuan more than eCPM ÷ 1000 × impressions'],
    less: ['比 eCPM ÷ 1000 × 曝光量少 {yuan} 元', '{yuan} yuan less than eCPM ÷ 1000 × impressions'],
    file: ['{file}，{time} 导入', '{file}, imported {time}'],
    earlier_file: ['{file}，{time} 导入，{replaced} 被替换', '{file}, imported {time}, replaced {replaced}'],
    earlier: ['之前的文件', 'Earlier files'],
    own: ['服务商合计行', "Provider's own row"],
    unlisted: ['不在商户目录里', 'Not in the directory'],
    gone: ['现在的文件里没有这一行', 'Not in the current file'],
    is_new: ['之前的文件里没有这一行', 'Not in earlier files'],
    said: ['{file}（{time} 导入）写的是 {yuan} 元，{figure}', '{file} (imported {time}) says {yuan} yuan, {figure}'],
    separator: ['；', '; '],
    only: ['看哪些', 'Which rows'],
    all: ['全部', 'All'],
    marked: ['对不上的', 'Mismatches'],
    nothing_marked: ['没有对不上的', 'No mismatches'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
