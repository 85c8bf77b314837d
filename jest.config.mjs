// One configuration for every test: ESM, TypeScript by swc, real PostgreSQL started once a run (test/support/global-setup.ts).
import { bundledPackages } from './test/support/worker/bundled-packages.mjs'

export default {
  rootDir: '.',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: '<rootDir>/test/support/worker/environment.mjs',
  moduleNameMapper: {
    '^(esbuild|playwright-core|postcss|postcss-selector-parser)$': '<rootDir>/test/support/worker/$1.mjs',
    '^\\./rsa-key\\.ts$': '<rootDir>/test/support/worker/rsa-key.mjs',
    ...bundledPackages(),
  },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } }] },
  modulePathIgnorePatterns: ['<rootDir>/.data', '<rootDir>/miniprogram/miniprogram_npm'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // a test waits for what it waits for (test/support/eventually.ts); this ends one that waits for ever, on a machine that may be busy
  testTimeout: 300_000,
  // twice the two cores of the smallest machine: a quarter of the time of three was waiting for a database, a program or a page
  maxWorkers: 4,
  // node keeps the modules of test files that are over: a worker begins anew before collecting garbage becomes its main work
  workerIdleMemoryLimit: '1GB',
}
