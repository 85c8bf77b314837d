// The open questions and docs/facts.md: what the one marks as unknown, the other asks.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { questions } from '../../../backend/observations/questions.ts'

const facts = readFileSync(new URL('../../../docs/facts.md', import.meta.url), 'utf8')
const sections = new Map<string, string>()
for (const part of facts.split(/^(?=#{2,3} \d)/m)) {
  const number = /^#{2,3} (\d+(?:\.\d+)?)/.exec(part)?.[1]
  if (number !== undefined) sections.set(number, part)
}
/** where the marks themselves are explained */
const explained = [...sections]
  .filter(([, text]) => text.replace(/\*\*\[\?\]\*\* unknown.*/g, '').includes('[?]'))
  .map(([number]) => number)

test('given each section of the facts that marks something as unknown, then a question names it', () => {
  expect(explained.length).toBeGreaterThan(10)
  const asked = new Set(questions.map(({ section }) => section))
  expect(explained.filter(section => !asked.has(section))).toEqual([])
})

test('given each question, then its section stands in the facts, its id is its own, and both languages say it', () => {
  expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length)
  for (const { section, question, settled_by } of questions) {
    expect(sections.has(section)).toBe(true)
    for (const { zh, en } of [question, settled_by]) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).not.toBe('')
    }
  }
})
