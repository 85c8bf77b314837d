// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    ad_filter: ['同业过滤', 'Competitor ad filter'],
  },
  ad_filter: {
    chosen: ['已选', 'Chosen'],
    why: [
      '选中的行业不会在这家店的支付完成页投广告，最多 3 个。',
      'Chosen industries do not advertise on the payment result page of this shop. At most 3.',
    ],
    field: ['找行业，例如餐饮', 'Find an industry, e.g. catering'],
    full: ['最多 3 个，先去掉一个再选', 'At most 3: remove one first'],
    no_match: ['没有这个行业', 'No such industry'],
    no_match_sentence: ['标签只有微信支付列出的 36 个，换个词找找。', 'WeChat Pay has only 36 tags. Try another word.'],
    overwrites: ['保存后，新标签整个替换旧标签', 'Saving replaces all earlier tags with the new ones'],
    before: ['现在', 'Now'],
    after: ['保存后', 'After saving'],
    clear_title: ['不能在这里清空', 'It cannot be cleared here'],
    clear_text: [
      '微信支付至少要 1 个标签。要全部清除，请到商户平台：服务商功能 > 点金计划 > 特约商户管理 > 同业过滤标签。',
      'WeChat Pay needs at least 1 tag. To clear all, go to the merchant platform: Provider functions > Gold Plan > Sub-merchants > Industry filter tags.',
    ],
    save: ['保存', 'Save'],
    save_none: ['至少选 1 个', 'Choose at least 1'],
    save_wait: ['正在处理', 'In progress'],
    save_unchanged: ['没有改动', 'Nothing changed'],
    plan_title: ['点金计划还没开通', 'Gold Plan is not open yet'],
    plan_text: [
      '广告只出现在官方页面上，所以过滤标签要在开通点金计划之后设置。',
      'Ads appear on the official page only, so tags are set after Gold Plan is open.',
    ],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
