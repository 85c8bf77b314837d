// Text of people is counted and cut by whole characters, on both sides alike.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { otherReadingTerm, searchTerms } from '../../../backend/directory/merchants/search-terms.ts'
import { isStorable } from '../../../backend/http/problems/text.ts'
import { characterCount, characters, firstCharacters, wholeCharacters } from '../../../miniprogram/shared/characters.ts'
import { highlight } from '../../../miniprogram/rules/search-highlight.ts'

/** Chinese names with characters that have two units, several readings, or both. */
const nameText = fc
  .array(fc.constantFrom('𠮷', '🍜', '重', '庆', '行', '乐', '面', 'a', 'B', '７', 'İ'), { maxLength: 12 })
  .map(all => all.join(''))

test('given any text, then its count is that of its code points and its beginning never ends in half of one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 12 }), fc.nat(14), (text, most) => {
      expect(characterCount(text)).toBe([...text].length)
      expect(firstCharacters(text, most)).toBe([...text].slice(0, most).join(''))
      expect(isStorable(firstCharacters(text, most).replaceAll('\u0000', ''))).toBe(true)
    }),
  )
})

test('given halves of characters, then they go and whole ones stay', () => {
  expect(wholeCharacters('\ude00a😀\ud83d')).toBe('a😀')
  expect(characters('𠮷重')).toEqual(['𠮷', '重'])
})

describe('what a search compares', () => {
  test('given any name, then every term is whole and can be kept as JSON', () => {
    fc.assert(
      fc.property(nameText, nameText, (name, short_name) => {
        const { terms, pinyin, pinyin_initials } = searchTerms({ name, short_name, address: `${name}路` })
        expect([...terms, pinyin, pinyin_initials].filter(term => !isStorable(term))).toEqual([])
      }),
    )
  })
  test('given a rare character before a word with several readings, then the beginning of another reading is a term', () => {
    const { terms } = searchTerms({ name: '银行𠮷乐店', short_name: '银行', address: '' })
    // 银行 may be read yinxing, 乐 yue
    expect(terms).toContain(otherReadingTerm('^', 'yinxing'))
  })
})

describe('what is marked', () => {
  test.each([
    ['𠮷祥面馆', '𠮷', ['𠮷', '祥面馆']],
    ['İstanbul 面馆', '面', ['İstanbul ', '面', '馆']],
    ['🍜面🍜', '面🍜', ['🍜', '面🍜']],
  ])('given %s and %s, then the parts are whole', (text, query, parts) => {
    expect(highlight(text, query).map(part => part.text)).toEqual(parts)
  })
  test('given half an emoji as the query, then nothing is marked and nothing is cut', () => {
    expect(highlight('面😀馆', '\ud83d')).toEqual([{ text: '面😀馆', hit: false }])
  })
})
