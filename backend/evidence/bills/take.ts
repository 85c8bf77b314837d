// What the worker does about trade bills: those that are missing are fetched, and what has landed is concluded from.
import type { Context } from '../../platform/context.ts'
import { concludeFlows } from './conclude.ts'
import { fetchBills } from './fetch.ts'

/** @param goOn asked before each bill and each batch of merchants */
export async function takeBills(context: Context, goOn: () => boolean): Promise<void> {
  await fetchBills(context, goOn)
  await concludeFlows(context, goOn)
}
