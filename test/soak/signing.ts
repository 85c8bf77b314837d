// How many requests this machine can sign in a second if it does nothing else: what a rollout could reach at most.
import { generateKeyPairSync, sign } from 'node:crypto'
import { availableParallelism } from 'node:os'

const measuredMs = 1_500

/** @returns signatures a second, RSA 2048 with SHA-256 as each call carries one, on all cores */
export async function signingLimit(): Promise<number> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const message = Buffer.alloc(200, 'POST /v3/goldplan/merchants/changegoldplanstatus\n')
  const end = performance.now() + measuredMs
  let signed = 0
  const one = () => new Promise<void>((done, fail) => sign('RSA-SHA256', message, privateKey, error => (error ? fail(error) : done())))
  const began = performance.now()
  // the pool of threads does the work
  await Promise.all(
    Array.from({ length: 2 * availableParallelism() }, async () => {
      while (performance.now() < end) {
        await one()
        signed += 1
      }
    }),
  )
  return (signed * 1_000) / (performance.now() - began)
}
