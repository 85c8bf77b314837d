// What a row of a list says in few words: the district, and what the state rests on.
import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { regionName } from '../../../backend/company/regions/divisions.ts'
import { proofLabel } from '../../../miniprogram/rules/evidence-copy'
import { districtOf } from '../../../miniprogram/rules/region'
import { translator } from '../../../miniprogram/words/index'

const say = translator('zh-CN')

describe('district of a row', () => {
  it('is the last level of every district of GB/T 2260, whatever its parents are called', () => {
    const file = new URL('../../../backend/company/regions/divisions.json', import.meta.url)
    const districts = (JSON.parse(readFileSync(file, 'utf8')) as [code: string, name: string][]).filter(([code]) => !code.endsWith('00'))
    const wrong = districts.filter(([code, name]) => districtOf(regionName(code)) !== name)
    expect(districts.length).toBeGreaterThan(2_800)
    expect(wrong).toEqual([])
  })

  it.each(['深圳市', '广东省', '香港特别行政区', '内蒙古自治区', '999999'])('leaves %s as it is: there is no level below', name => {
    expect(districtOf(name)).toBe(name)
  })
})

describe('proof of a row', () => {
  it.each([
    ['test_payment:official_receipt', '看到官方小票页'],
    ['test_payment:closed', '页面直接关闭'],
    ['test_payment:null', '验证支付'],
    ['api_operation:gold_plan.open', '开通点金计划'],
    ['portal_check:closed', '服务商平台上已关闭'],
    ['portal_check:unknown', '查看服务商平台'],
    ['default_open', '服务商默认开通'],
    ['limitation', '微信支付限制'],
  ])('%s reads %s', (proof, words) => {
    expect(proofLabel(proof, say)).toBe(words)
  })

  it('given a kind that this version does not know: says nothing instead of showing a code', () => {
    expect(proofLabel('telepathy:strong', say)).toBe('')
    expect(proofLabel('api_operation:teleport', say)).toBe('')
  })
})
