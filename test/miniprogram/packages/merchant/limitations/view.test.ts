// 微信支付限制 as it is drawn: words of its own for what is known, WeChat Pay's for what is not.
import { describe, expect, it } from '@jest/globals'
import type { Evidence } from '../../../../../typings/api.ts'
import { recoverWays } from '../../../../../backend/evidence/limitations/ways.ts'
import * as sandbox from '../../../../../dev/sandbox/limitations.ts'
import { limitationsView } from '../../../../../miniprogram/packages/merchant/limitations/view.ts'
import { RECOVER_WAYS, wayText } from '../../../../../miniprogram/packages/merchant/rules/recover-ways.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import '../../../support/english.ts'

type Limitation = Extract<Evidence, { kind: 'limitation' }>
const say = translator('zh-CN')
const now = Date.parse('2026-11-23T14:05:00+08:00')
const item = (occurred_at: string, detail: Limitation['detail']): Limitation => ({
  id: occurred_at,
  sub_mchid: '1900000109',
  kind: 'limitation',
  occurred_at,
  recorded_at: occurred_at,
  recorded_by: null,
  source: 'backend',
  withdrawn: null,
  can_withdraw: false,
  detail,
})

describe('a limitation', () => {
  it('says what, why, since when and what to do; a word that this version does not know is shown as it is', () => {
    const view = limitationsView(
      [
        item('2026-11-22T10:00:00+08:00', {
          code: 'NO_TRANSACTION',
          active: true,
          functions: ['NO_TRANSACTION', 'NO_SOMETHING_NEW'],
          cases: [
            {
              reason: '长期无交易',
              recover_way: 'VERIFY_INACTIVE_MERCHANT_IDENTITY',
              help_url: 'https://kf.qq.com/faq/1.html',
              since: '2026-11-20T10:00:00+08:00',
            },
            { reason: '新的原因', recover_way: 'SHOW_A_NEW_PAPER', since: 'lately' },
            {},
          ],
        }),
      ],
      now,
      say,
    )
    expect([view.state, view.functions, view.time]).toEqual(['limited', ['关闭收单', 'NO_SOMETHING_NEW'], '11月22日 10:00 问到的'])
    expect(view.cases).toEqual([
      {
        id: '0',
        reason: '长期无交易',
        todo: '商户长期没有交易，请商户核实身份。',
        link: 'https://kf.qq.com/faq/1.html',
        since: '11月20日 10:00 起',
      },
      { id: '1', reason: '新的原因', todo: '微信支付的说法：SHOW_A_NEW_PAPER。请商户看微信支付的通知。', link: '', since: 'lately 起' },
      { id: '2', reason: '微信支付没有说原因', todo: '微信支付没有说怎么解除，请商户看微信支付的通知。', link: '', since: '' },
    ])
  })
  it('that is announced says what will be limited, from when, and that nothing is yet', () => {
    const cases = [{ reason: '资料过期', since: '2026-12-20T00:00:00+08:00', planned: true as const }]
    const announced = item('2026-11-22T10:00:00+08:00', { code: 'NO_WITHDRAWAL', active: false, functions: ['NO_WITHDRAWAL'], cases })
    const view = limitationsView([announced, announced], now, say)
    expect([view.state, view.title, view.functionsTitle, view.functions]).toEqual([
      'planned',
      '微信支付将要限制这家店',
      '将限制什么',
      ['关闭提现'],
    ])
    expect([view.cases[0]!.since, view.past[0]!.text]).toEqual(['12月20日 00:00 起限制', '预告：关闭提现'])
  })
  it('that was lifted says since when, and what there was before', () => {
    const view = limitationsView(
      [
        item('2026-11-22T10:00:00+08:00', { code: 'NO_REFUND', active: false }),
        item('2026-11-02T10:00:00+08:00', { code: 'NO_REFUND', active: true, functions: ['NO_REFUND'] }),
      ],
      now,
      say,
    )
    expect([view.state, view.time, view.past.map(({ text, time }) => [text, time])]).toEqual([
      'lifted',
      '11月22日 10:00 起不再限制',
      [['关闭退款', '11月2日 10:00']],
    ])
    expect(limitationsView([], now, say).state).toBe('never')
  })
  it('has the same nineteen ways as the backend and WeChat Pay, in both languages', () => {
    expect([...RECOVER_WAYS].sort()).toEqual(Object.keys(recoverWays).sort())
    expect(RECOVER_WAYS).toEqual(sandbox.RECOVER_WAYS)
    for (const way of RECOVER_WAYS) {
      expect(wayText(way, say)).toBe(recoverWays[way])
      expect(wayText(way, translator('en'))).toMatch(/^[A-Z][\x20-\x7e]+\.$/)
    }
  })
})
