import { describe, expect, it } from '@jest/globals'
import { conditionsOf, type ConditionFacts } from '../../../miniprogram/rules/conditions.ts'
import { packWords } from '../../../miniprogram/rules/pack-facts.ts'
import { utf8Length } from '../../../miniprogram/rules/utf8-length.ts'
import { translator } from '../../../miniprogram/words/index.ts'

const say = translator('zh-CN')
const now = Date.parse('2026-11-23T10:00:00+08:00')
const MINUTE = 60_000
const well: ConditionFacts = {
  online: true,
  weak: false,
  since: null,
  waiting: 0,
  last_sent: null,
  has_pack: true,
  clock_behind: null,
  locked_after: null,
  now,
}

describe('conditions that last', () => {
  it('given all is well, then nothing is said, also while something waits: it goes by itself', () => {
    expect(conditionsOf({ ...well, waiting: 3 }, say)).toEqual([])
  })

  it('given no network, then since when, what waits, when something was last sent, and what still works', () => {
    const facts = { ...well, online: false, since: now - 20 * MINUTE, waiting: 3, last_sent: now - 5 * MINUTE }
    expect(conditionsOf(facts, say)).toMatchObject([
      {
        fact: '离线 · 09:40 起没有网络',
        text: '3 项等待同步，上次同步 5 分钟前。可以查离线包、看缓存过的商户；开通和开关需要联网。',
      },
    ])
  })

  it('given nothing was ever sent, or nobody knows since when, then neither is claimed', () => {
    expect(conditionsOf({ ...well, online: false, waiting: 1, has_pack: false }, say)).toMatchObject([
      { fact: '离线 · 没有网络', text: '1 项等待同步。可以看缓存过的商户；开通和开关需要联网。' },
    ])
  })

  it('given seven days without the server and no network, then nothing that is locked is offered', () => {
    const locked = conditionsOf({ ...well, online: false, locked_after: 7 }, say)
    expect(locked).toMatchObject([{ fact: '7 天没连上服务器，商户资料已锁上' }, { fact: '离线 · 没有网络', text: '' }])
  })

  it('given a slow network and a clock that is fast, then both are said', () => {
    const facts = conditionsOf({ ...well, weak: true, clock_behind: -7 * MINUTE }, say).map(({ fact }) => fact)
    expect(facts).toEqual(['网络较慢', '手机时间快了 7 分钟'])
  })
})

describe('the pack in words', () => {
  const facts = { rows: 5_000, bytes: 3.3 * 1024 * 1024, as_of: '2026-11-23T07:00:00+08:00', complete: false, total: 6_200 }
  const idle = { facts, running: false, progress: null }

  it('given a pack that is a part of the scope, then size, age and what it holds', () => {
    expect(packWords(idle, now, say)).toEqual({
      line: '5,000 家 · 3.3 MB · 3 小时前更新',
      note: '你的范围有 6,200 家，离线包里是你负责的和最需要处理的 5,000 家。',
      action: '更新',
      removable: true,
    })
  })

  it.each([
    ['the first is under way', { facts: null, running: true, progress: { rows: 500, of: 1_300 } }, '正在下载 500/1,300 家', ''],
    [
      'the first stopped',
      { facts: null, running: false, progress: { rows: 500, of: 1_300 } },
      '下载到 500/1,300 家时停了，可以接着下载',
      '继续下载',
    ],
    [
      'an update stopped',
      { facts, running: false, progress: { rows: 20, of: null } },
      '更新没有完成，现在用的仍是上一次的离线包',
      '继续下载',
    ],
    ['there is none', { facts: null, running: false, progress: null }, '', '下载'],
  ])('given %s, then it is said and may be gone on with', (_name, state, note, action) => {
    expect(packWords(state, now, say)).toMatchObject({ note, action })
  })
})

it('counts bytes as they are stored', () => {
  for (const text of ['', 'pack', '科技面馆', 'é', '𠮷野家', '🍜 a 面']) expect(utf8Length(text)).toBe(Buffer.byteLength(text))
})
