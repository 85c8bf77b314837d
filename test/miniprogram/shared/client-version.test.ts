import { expect, it } from '@jest/globals'
import { isOlder } from '../../../miniprogram/shared/client-version.ts'

it.each([
  ['1.3.9', '1.4.0', true],
  ['1.4.0', '1.4.0', false],
  ['1.10.0', '1.9.9', false],
  ['0.9.9', '1.0.0', true],
  ['0.0.0', '1.0.0', false],
  ['devtools', '1.0.0', false],
])('%s is older than %s: %s', (version, least, older) => expect(isOlder(version, least)).toBe(older))
