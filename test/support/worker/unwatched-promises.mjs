// jest-circus and playwright keep what they are about in an AsyncLocalStorage, for whatever works at the same time. Once one of them is in use, node 20 watches
// every promise of the process: work that waits much takes a third more of a processor, which it never does in production.
import async_hooks from 'node:async_hooks'

const { AsyncLocalStorage } = async_hooks

class Kept {
  kept

  getStore() {
    return this.kept
  }
}

/** What is kept until the work is over: ours is one test after the other. */
class OneAtATime extends Kept {
  async run(store, work) {
    const before = this.kept
    this.kept = store
    try {
      return await work()
    } finally {
      this.kept = before
    }
  }
}

/** What is kept until the work waits for the first time: a call that it makes later counts as one of its own. */
class UntilItWaits extends Kept {
  run(store, work) {
    const before = this.kept
    this.kept = store
    try {
      return work()
    } finally {
      this.kept = before
    }
  }
}

function lend(storage) {
  async_hooks.AsyncLocalStorage = storage
  return () => (async_hooks.AsyncLocalStorage = AsyncLocalStorage)
}

/** For jest-circus, which makes its own while it loads for a test file: until the function that it returns is called. */
export const forTests = () => lend(OneAtATime)

/** @param load requires playwright */
export function forPlaywright(load) {
  const giveBack = lend(UntilItWaits)
  try {
    return load()
  } finally {
    giveBack()
  }
}
