// How sentences are written: what the check of the app's words refuses, and what it lets pass.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { checkWords, checkWordsComeAlong, faultsOf } from '../../../scripts/checks/words.ts'

describe('the check of words', () => {
  test.each([
    ['zh-CN', '付完点『完成』'],
    ['zh-CN', '“商户单号”不对'],
    ['zh-CN', '商户号(8 到 10 位)'],
    ['zh-CN', '已收到,谢谢'],
    ['zh-CN', '请勿重复操作'],
    ['zh-CN', '提交成功！'],
    ['zh-CN', '点「完成'],
    ['en', 'receipt open'],
    ['en', 'Nothing found for "{query}"'],
    ['en', 'The merchant mends it'],
  ] as const)('refuses %s: %s', (language, text) => {
    expect(faultsOf('some.key', text, language)).not.toEqual([])
  })

  test.each([
    ['zh-CN', 'a.b', '付完点「完成」，看到什么？'],
    ['zh-CN', 'a.b', '服务商功能 > 点金计划（{count}/{most}）'],
    ['en', 'a.b', 'Nothing found for “{query}”'],
    ['en', 'limitation.NO_REFUND', 'refunds stopped'],
    ['en', 'a.b', 'iPhones only'],
  ] as const)('lets pass %s %s: %s', (language, key, text) => {
    expect(faultsOf(key, text, language)).toEqual([])
  })

  test('the words of the app have none of it', async () => {
    expect(await checkWords()).toEqual([])
  })

  test('given a page of a package that brings no words of it, then it is named; types alone bring nothing', async () => {
    const app = mkdtempSync(join(tmpdir(), 'goldplan-words-'))
    const files = {
      'app.json': JSON.stringify({ subPackages: [{ root: 'packages/a', pages: ['good/index', 'bad/index'] }] }),
      'packages/a/words/index.ts': '',
      'packages/a/stores/index.ts': "import '../words/index'\n",
      'packages/a/good/index.ts': "import { stores } from '../stores/index'\n",
      'packages/a/bad/index.ts': "import type { Stores } from '../stores/index'\n",
    }
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(app, name)), { recursive: true })
        writeFileSync(join(app, name), text)
      }
      expect(await checkWordsComeAlong(app)).toEqual([expect.stringContaining('bad')])
    } finally {
      rmSync(app, { recursive: true, force: true })
    }
  })
})
