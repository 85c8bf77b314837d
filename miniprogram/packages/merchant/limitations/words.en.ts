// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.limitations': 'WeChat Pay limits',

  'limitations.limited': 'WeChat Pay limits this merchant',
  'limitations.lifted': 'WeChat Pay no longer limits it',
  'limitations.never': 'No limitation was ever found',
  'limitations.how': 'WeChat Pay is asked when an opening is refused and when it notifies us; you can also ask now.',
  'limitations.found_at': 'As asked {time}',
  'limitations.lifted_at': 'Lifted {time}',
  'limitations.was_lifted': 'Lifted',
  'limitations.functions': 'What is limited',
  'limitations.todo': 'What the merchant has to do',
  'limitations.no_reason': 'WeChat Pay gave no reason',
  'limitations.no_way': 'WeChat Pay did not say how it ends. The merchant should read its notices.',
  'limitations.since': 'Since {time}',
  'limitations.past': 'Before',
  'limitations.copy_link': 'Copy link',
  'limitations.send': 'Copy for owner',
  'limitations.ask': 'Ask now',
  'limitations.said_limited': 'WeChat Pay said just now: still limited',
  'limitations.said_free': 'WeChat Pay said just now: not limited',
  'limitations.read_only': 'Field agents, leads and operators may ask WeChat Pay',
  'limitations.offline': 'No network',
  'limitations.offline_text': 'You can read what is loaded; asking WeChat Pay needs a network.',
}
