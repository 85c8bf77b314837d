// What is looked for must be among what was written, whatever piece of a name or an address somebody types.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isWorthBeginning } from '../../../../backend/directory/merchants/term-frequency.ts'
import { addressTerms, nameTerms, searchTerms } from '../../../../backend/directory/merchants/search-terms.ts'
import { characters } from '../../../../miniprogram/shared/characters.ts'
import { fold } from '../../../../miniprogram/shared/fold.ts'

const spelled = fc
  .array(fc.constantFrom('面', '馆', '科', '𠮷', 'k', 'Ａ', '-', '（', '0', '1', '７', '1900000109', '86012345', '24'), {
    minLength: 1,
    maxLength: 10,
  })
  .map(parts => parts.join(''))

test('given any piece of a name, a short name or an address, then every term that it is looked for by was written', () => {
  fc.assert(
    fc.property(spelled, spelled, spelled, fc.nat(), fc.nat(), (name, short_name, address, from, length) => {
      const terms = new Set(searchTerms({ name, short_name, address }).terms)
      const pieceOf = (text: string) => {
        const all = characters(fold(text))
        const start = from % Math.max(1, all.length)
        return all.slice(start, start + 1 + (length % Math.max(1, all.length - start))).join('')
      }
      const missing = [...nameTerms(pieceOf(name)), ...nameTerms(pieceOf(short_name)), ...addressTerms(pieceOf(address))]
      expect(missing.filter(term => term !== '' && !terms.has(term))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['1900000109', ['1900', '9000', '0000', '0000', '0001', '0010', '0109']],
  ['0109', ['0109']],
  ['010', ['01', '10']],
  ['路1234号', ['路1', '4号', '1234']],
])(
  'given the number in %s, then it is looked for by four digits at a time where it has so many, and by pairs where it has not',
  (text, terms) => {
    expect(nameTerms(text)).toEqual(terms)
  },
)

test('given how common the terms of a text are, then the list is begun where a page of matches comes soon, and only then', () => {
  const merchants = 1_000_000
  const worth = (shares: Record<string, number>, among = merchants) =>
    isWorthBeginning({ merchants, shares: new Map(Object.entries(shares)) }, ['潮汕', '汕牛', '牛肉'], among, 21)
  // one of two hundred names: 4,200 are read for a page, or 5,000 fetched
  expect(worth({ 潮汕: 0.02, 汕牛: 0.005, 牛肉: 0.03 })).toBe(true)
  // the rarest decides, and what no statistics know is rare
  expect(worth({ 潮汕: 0.02, 汕牛: 0.000_5, 牛肉: 0.03 })).toBe(false)
  expect(worth({ 潮汕: 0.02, 牛肉: 0.03 })).toBe(false)
  // of one city in a hundred a page stands far apart
  expect(worth({ 潮汕: 0.02, 汕牛: 0.005, 牛肉: 0.03 }, merchants / 100)).toBe(false)
  expect(worth({ 潮汕: 0.02, 汕牛: 0.005, 牛肉: 0.03 }, 0)).toBe(false)
})
