// What the lint says of a package that grew (scripts/checks/packages.ts).
import { expect, it } from '@jest/globals'
import { growth, requiredAtOnce, type PackageWeight } from '../../../scripts/checks/packages.ts'

const KB = 1024
const main = (stores: number, npm: number): PackageWeight => ({
  name: 'main',
  bytes: stores + npm,
  shares: [
    { of: 'stores/', bytes: stores },
    { of: '@vant/weapp', bytes: npm },
  ],
})

it('given 6 KB more in one share, then the package and that share are named', () => {
  expect(growth([main(90 * KB, 40 * KB)], [main(96 * KB, 40 * KB)])).toEqual(['package main grew by 6.0 KB: stores/ 6.0 KB'])
})

it('given 5 KB more, then nothing is said', () => {
  expect(growth([main(90 * KB, 40 * KB)], [main(93 * KB, 42 * KB)])).toEqual([])
})

it('given a package that is new, then nothing is said', () => {
  expect(growth([], [main(90 * KB, 40 * KB)])).toEqual([])
})

it('given a script that a function requires, then it does not run at once', () => {
  const code =
    "var _a = require('./a'); var b = _interop(require('./b')); var late = function () { return require('./late') }; () => require.async('../c')"
  expect(requiredAtOnce(code)).toEqual(['./a', './b'])
})
