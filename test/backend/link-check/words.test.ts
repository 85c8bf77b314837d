// Every finding, part and verdict has words in both languages.
import { expect, test } from '@jest/globals'
import { LinkCheckPart, LinkFindingCode, LinkSeverity } from '../../../backend/link-check/schema.ts'
import { dictionary } from '../../../miniprogram/packages/merchant/link-check/words.ts'

test('given the contract, then the words are those of its findings and no others', () => {
  const said = [
    ...LinkCheckPart.anyOf.map(({ const: part }) => `link_part.${part}`),
    ...LinkSeverity.anyOf.map(({ const: severity }) => `link_verdict.${severity}`),
    ...LinkFindingCode.anyOf.flatMap(({ const: code }) => [`link.${code}.title`, `link.${code}.remedy`]),
  ].sort()
  for (const words of Object.values(dictionary))
    expect(
      Object.keys(words)
        .filter(key => /^link(_part|_verdict)?\./.test(key))
        .sort(),
    ).toEqual(said)
})
