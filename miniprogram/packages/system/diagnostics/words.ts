// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    diagnostics: ['诊断', 'Diagnostics'],
  },
  diagnostics: {
    version: ['点金助手', 'App version'],
    base_library: ['基础库', 'Base library'],
    wechat: ['微信', 'WeChat'],
    system: ['系统', 'System'],
    model: ['手机', 'Phone'],
    network: ['网络', 'Network'],
    server: ['服务器', 'Server'],
    clock: ['手机时间比服务器', "Phone's clock"],
    storage: ['手机里存了', 'Kept on the phone'],
    outbox: ['待同步', 'Outbox'],
    role: ['角色', 'Role'],
    unknown: ['不知道', 'Not known'],
    wifi: ['Wi-Fi', 'Wi-Fi'],
    mobile: ['移动网络', 'Mobile'],
    weak: ['信号弱', 'Weak'],
    offline: ['没有网络', 'None'],
    slow: ['慢 {seconds} 秒', '{seconds} s behind the server'],
    fast: ['快 {seconds} 秒', '{seconds} s ahead of the server'],
    same: ['相差不到 1 秒', 'Less than 1 s from the server'],
    kilobytes: ['{kilobytes} KB，最多 10 MB', '{kilobytes} KB of 10 MB'],
    unsent_count: ['{count} 项', '{count|item|items}'],
    failed_count: ['{count} 项没通过', '{count} refused'],
    held: ['停着（{held}）', 'Held ({held})'],
    requests: ['最近的请求', 'Last requests'],
    none: ['还没有请求', 'No requests yet'],
    no_answer: ['没有回应', 'No answer'],
    private: ['里面没有商户、顾客、密码和登录信息', 'It holds no merchant, customer, password or login'],
    copy: ['复制全部', 'Copy all'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
