// WeChat's question whether messages may be sent. platform-subscriber.ts is WeChat's; tests bring their own.
import type { SubscriptionAnswer } from '../../../../typings/api'

export interface Subscriber {
  /**
   * In a tap, or WeChat does not ask. Never rejects.
   * @param ids of templates, three at most
   * @returns what the person answered to each; null: nothing was asked
   */
  ask(ids: string[]): Promise<{ template_id: string; answer: SubscriptionAnswer }[] | null>
}
