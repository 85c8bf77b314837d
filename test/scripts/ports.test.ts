// What test/support/ports.ts lends to programs that must be told their port.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { portOfOurs } from '../support/ports.ts'

test('given ports are asked for, then each is another that is free, and none that the system gives to whoever listens', async () => {
  const range = '/proc/sys/net/ipv4/ip_local_port_range'
  const handedOutFrom = existsSync(range) ? Number(readFileSync(range, 'utf8').split(/\s/)[0]) : 49_152
  const ports = await Promise.all(Array.from({ length: 5 }, portOfOurs))
  expect(new Set(ports).size).toBe(5)
  for (const port of ports) expect(port).toBeLessThan(handedOutFrom)
  const [holder, taken] = [createServer(), Math.max(...ports) + 1]
  await new Promise<void>(done => holder.listen(taken, '127.0.0.1', done))
  expect(await portOfOurs()).not.toBe(taken)
  await new Promise(done => holder.close(done))
})
