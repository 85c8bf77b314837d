import { expect, test } from '@jest/globals'
import { causeIn } from '../../../dev/postgres/server.ts'

test.each([
  [
    'a full disk while the cluster is made',
    'initdb: error: could not write file "/d/base/1/PG_VERSION": No space left on device\ninitdb: removing contents of data directory "/d"',
    'initdb: error: could not write file "/d/base/1/PG_VERSION": No space left on device',
  ],
  [
    'a folder of another version',
    '2026-11-30 UTC [1] FATAL:  database files are incompatible with server\n2026-11-30 UTC [1] DETAIL:  The data directory was initialized by PostgreSQL version 15.',
    '2026-11-30 UTC [1] FATAL:  database files are incompatible with server: The data directory was initialized by PostgreSQL version 15.',
  ],
  ['nothing of the kind', 'one\ntwo\n', 'two'],
  ['nothing', '', ''],
])('given %s, then the line that names the cause is said', (_, said, cause) => {
  expect(causeIn(said)).toBe(cause)
})
