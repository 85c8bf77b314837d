// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    limitations: ['微信支付限制', 'Restrictions'],
  },
  limitations: {
    limited: ['微信支付正在限制这家店', 'WeChat Pay restricts this merchant'],
    planned: ['微信支付将要限制这家店', 'WeChat Pay is going to restrict this merchant'],
    lifted: ['微信支付的限制已解除', 'WeChat Pay no longer restricts it'],
    never: ['没有发现过限制', 'No restriction was ever found'],
    how: [
      '开通被拒绝、收到微信支付通知时，会自动问微信支付；也可以现在问一次。',
      'WeChat Pay is asked when an opening is refused and when it notifies us; you can also ask now.',
    ],
    found_at: ['{time} 问到的', 'As asked {time}'],
    lifted_at: ['{time} 起不再限制', 'Lifted {time}'],
    was_lifted: ['解除', 'Lifted'],
    was_planned: ['预告：{functions}', 'Announced: {functions}'],
    functions: ['限制了什么', 'What is restricted'],
    planned_functions: ['将限制什么', 'What will be restricted'],
    todo: ['商户要做什么', 'What the merchant has to do'],
    no_reason: ['微信支付没有说原因', 'WeChat Pay gave no reason'],
    no_way: [
      '微信支付没有说怎么解除，请商户看微信支付的通知。',
      'WeChat Pay did not say how it ends. The merchant should read its notices.',
    ],
    since: ['{time} 起', 'Since {time}'],
    from: ['{time} 起限制', 'From {time} on'],
    past: ['以前', 'Before'],
    copy_link: ['复制链接', 'Copy link'],
    send: ['复制给商户', 'Copy for owner'],
    ask: ['现在问一次', 'Ask now'],
    said_limited: ['微信支付刚才说：仍有限制', 'WeChat Pay said just now: still restricted'],
    said_planned: ['微信支付刚才说：将要限制', 'WeChat Pay said just now: it will be restricted'],
    said_free: ['微信支付刚才说：没有限制', 'WeChat Pay said just now: not restricted'],
    read_only: ['业务员、主管和运营可以问微信支付', 'Field agents, leads and operators may ask WeChat Pay'],
    offline: ['没有网络', 'No network'],
    offline_text: ['可以看已加载的内容；问微信支付需要联网。', 'You can read what is loaded; asking WeChat Pay needs a network.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
