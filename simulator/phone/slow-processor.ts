// A slow processor, in any browser: what ran between two turns of the page's own thread is measured, and the thread is then kept busy for the rest of the
// time that a slower one would have needed. Layout and painting on that thread count as well.

/** shorter work is not told from the loop's own */
const LEAST_MS = 1
/** a machine that was asleep is not kept asleep for longer */
const MOST_MS = 2_000

let times = 1
let channel: MessageChannel | undefined

/** @param factor 1 switches it off */
export function slowDown(factor: number): void {
  times = factor
  if (times > 1 && !channel) beat()
}

function beat(): void {
  const { port1, port2 } = (channel = new MessageChannel())
  let last = performance.now()
  port1.onmessage = () => {
    if (times <= 1) {
      port1.close()
      channel = undefined
      return
    }
    const worked = performance.now() - last
    if (worked > LEAST_MS) busyFor(Math.min(MOST_MS, worked * (times - 1)))
    last = performance.now()
    port2.postMessage(undefined)
  }
  port2.postMessage(undefined)
}

function busyFor(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}
