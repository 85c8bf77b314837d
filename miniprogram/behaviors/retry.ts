// 重试 and pulling down: a person's own try leaves whatever the phone is believed to be, and the phone is asked first (stores/network).
import { stores } from '../stores/index'

/** The page that is in front. */
export const inFront = () => {
  const pages = getCurrentPages()
  return pages[pages.length - 1]
}

/** Nothing is loaded any more for whoever left the page while the phone was asked. */
export function retry(load: () => unknown): Promise<unknown> {
  const page = inFront()
  return stores.network.insist().then(() => inFront() === page && load())
}
