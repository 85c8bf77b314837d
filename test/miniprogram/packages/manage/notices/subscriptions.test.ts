// When a person is asked to allow a message (product.md B05).
import { expect, test } from '@jest/globals'
import { SubscriptionsStore } from '../../../../../miniprogram/packages/manage/notices/subscriptions.ts'
import type { NoticeApi } from '../../../../../miniprogram/packages/manage/notices/endpoints.ts'
import type { StoreContext } from '../../../../../miniprogram/stores/context.ts'
import type { MessageSubscriptions, SubscriptionAnswer } from '../../../../../typings/api.ts'

type Kind = MessageSubscriptions['kinds'][number]
const closing: Kind = { kind: 'closing', template_id: 'a', allowed: 0, answer: null }
const rollout: Kind = { kind: 'rollout', template_id: 'b', allowed: 0, answer: null }

function storeWith(kinds: Kind[], answer: SubscriptionAnswer | null = 'accept') {
  const asked: string[][] = []
  const sent: unknown[] = []
  let arriving = Promise.resolve()
  const api = {
    getSubscriptions: () => arriving.then(() => ({ kinds })),
    answerSubscriptions: async (answers: unknown) => {
      sent.push(answers)
      return { kinds: kinds.map(one => ({ ...one, allowed: one.allowed + 1, answer: 'accept' as const })) }
    },
  } as unknown as NoticeApi
  const context = {
    network: { online: true },
    timers: { now: () => 0, set: () => 0, clear: () => {} },
    random: () => 0.5,
  } as unknown as StoreContext
  const store = new SubscriptionsStore(context, api, {
    ask: async ids => {
      asked.push(ids)
      return answer && ids.map(template_id => ({ template_id, answer }))
    },
  })
  /** from now on what is read does not arrive, until the function that it returns is called */
  const hold = () => {
    let release = () => {}
    arriving = new Promise(done => (release = done))
    return () => release()
  }
  return { store, asked, sent, hold }
}

test('given never asked, when a rollout starts, then that kind is asked for once, and not again while one may come', async () => {
  const { store, asked, sent } = storeWith([closing, rollout])
  await store.load()
  await store.askIfUseful('rollout')
  await store.askIfUseful('rollout')
  expect([asked, sent.length, store.allowed]).toEqual([[['b']], 1, 2])
})
test.each<Kind>([
  { ...rollout, answer: 'reject' },
  { ...rollout, answer: 'refused' },
  { ...rollout, answer: 'accept', allowed: 1 },
])('given %j, then nobody is asked by itself, and the page may still ask', async kind => {
  const { store, asked } = storeWith([kind])
  await store.load()
  await store.askIfUseful('rollout')
  expect(asked).toEqual([])
  await store.askAll()
  expect(asked).toEqual([['b']])
})
test('given an accept that was used up, then it is worth asking again; given no template, there is nothing to ask', async () => {
  const used = storeWith([{ ...rollout, answer: 'accept' }])
  await used.store.load()
  expect([used.store.isUseful('rollout'), used.store.isUseful('shop')]).toEqual([true, false])
})
test('given WeChat could not ask, then nothing is told to the server', async () => {
  const { store, sent } = storeWith([rollout], null)
  await store.load()
  await store.askAll()
  expect(sent).toEqual([])
})
test('given what is allowed is read while a message is allowed, when that answer comes last, then the message is not forgotten', async () => {
  const { store, hold } = storeWith([rollout])
  await store.load()
  const release = hold()
  const loaded = store.load()
  await store.askAll()
  release()
  await loaded
  expect(store.allowed).toBe(1)
})
