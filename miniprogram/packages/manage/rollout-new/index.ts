// 新批量任务: what to do at which merchants. Its end is a dry run; nothing is touched here.
import { observable, runInAction } from 'mobx-miniprogram'
import type { NewRollout } from '../../../../typings/api'
import { bound } from '../../../behaviors/bound'
import { replaceWith } from '../../../behaviors/navigation'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { sayNote } from '../../../behaviors/telling'
import { choosingRegion } from '../behaviors/choosing-region'
import { wide } from '../behaviors/wide'
import { answered } from '../../../phone/timeout'
import { chatFiles } from '../portal-list/platform-chat-files'
import '../rollouts/words'
import '../words/regions.words'
import { stores } from '../stores/index'
import { ACTIONS, countNumbers, MOST_BYTES, MOST_NUMBERS, namesColumn, newRollout, numbersOf, PLANS, type Asked } from './rules'

const { network, preferences, rollouts } = stores
/** lines of the list, in whose words the page says how many */
const lineCount = observable.box(0)
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)

Component({
  behaviors: [
    screen({
      words: [
        'rollouts.name',
        'rollouts.name_example',
        'rollouts.action',
        'rollouts.of',
        'rollouts.of_filter',
        'rollouts.of_list',
        'rollouts.filter_plan',
        'rollouts.filter_region',
        'rollouts.filter_everywhere',
        'rollouts.filter_choose_region',
        'rollouts.list_label',
        'rollouts.file',
        'rollouts.file_note',
        'rollouts.remove_file',
        'rollouts.industries',
        'rollouts.try',
        'rollouts.try_note',
        'rollouts.offline',
        'rollouts.offline_text',
        'regions.title',
        'regions.up',
        'regions.failed',
      ],
      title: 'page.rollout_new',
      large: false,
    }),
    signedIn,
    wide,
    choosingRegion,
    bound({
      offline: () => !network.online,
      count: () => say(lineCount.get() > MOST_NUMBERS ? 'rollouts.list_too_long' : 'rollouts.list_count', { count: lineCount.get() }),
      actions: () => ACTIONS.map(id => ({ id, label: say(id === 'both' ? 'rollouts.action.both' : `rollouts.action.${id}`) })),
      plans: () =>
        PLANS.map(id => ({
          id,
          label: say(id === '' ? 'rollouts.filter_any' : id === 'unknown' ? 'rollouts.filter_unknown' : 'rollouts.filter_closed'),
        })),
      trying: () => rollouts.trying,
      refusal: () => rollouts.refused,
    }),
  ],
  data: {
    wide: false,
    name: '',
    action: 'both' as Asked['action'],
    by: 'filter' as Asked['by'],
    plan: '' as Asked['plan'],
    /** code and name of the one chosen; '' for everywhere */
    region: '',
    regionName: '',
    industries: '',
    lines: 0,
    /** of the file whose numbers stand in the box's place; '' for none */
    file: '',
    ready: false,
  },
  methods: {
    begin() {
      this.judge()
    },
    /** Whoever left while it is tried is taken nowhere. */
    onUnload() {
      rollouts.leaveNew()
    },
    asked(): Asked {
      const { name, action, by, plan, region, industries } = this.data
      return { name, action, by, plan, region, industries, list: pasted.text }
    },
    /** Whether there is something to try. */
    judge() {
      this.setData({ ready: newRollout(this.asked()) !== null })
    },
    onName(event: { detail: { value: string } }) {
      this.setData({ name: event.detail.value })
      this.judge()
    },
    onAction(event: WechatMiniprogram.BaseEvent) {
      this.setData({ action: event.currentTarget.dataset.id as Asked['action'] })
      this.judge()
    },
    onBy(event: WechatMiniprogram.BaseEvent) {
      this.setData({ by: event.currentTarget.dataset.id as Asked['by'] })
      this.judge()
    },
    onPlan(event: WechatMiniprogram.BaseEvent) {
      this.setData({ plan: event.currentTarget.dataset.id as Asked['plan'] })
      this.judge()
    },
    onEverywhere() {
      this.setData({ region: '', regionName: '' })
    },
    regionTaken({ code, name }: { code: string; name: string }) {
      this.setData({ region: code, regionName: name })
    },
    onIndustries(event: { detail: { value: string } }) {
      this.setData({ industries: event.detail.value })
      this.judge()
    },
    /** A hundred thousand numbers stay out of what is drawn: only their count is. */
    onList(event: { detail: { value: string } }) {
      this.take(event.detail.value)
    },
    async onFile() {
      const chosen = await chatFiles.choose()
      if (chosen.outcome === 'cancelled') return
      if (chosen.outcome !== 'chosen') return void sayNote(say(`rollouts.file_${chosen.outcome}`))
      const { path, name, bytes } = chosen.file
      const numbers = bytes > MOST_BYTES ? [] : numbersOf(await textOf(path))
      chatFiles.forget(path)
      if (bytes > MOST_BYTES) return void sayNote(say('rollouts.file_too_large'))
      if (numbers === null || numbers.length === 0) return void sayNote(say('rollouts.file_no_text'))
      this.setData({ file: name })
      this.take(numbers.join('\n'))
    },
    onRemoveFile() {
      this.setData({ file: '' })
      this.take('')
    },
    take(text: string) {
      pasted.text = text
      const lines = countNumbers(text)
      runInAction(() => lineCount.set(lines))
      this.setData({ lines })
      this.judge()
    },
    async onTry() {
      const body: NewRollout | null = newRollout(this.asked())
      if (body === null || rollouts.trying || !network.online) return
      const id = await rollouts.make(body)
      if (id !== null) replaceWith(`/packages/manage/rollouts/index?id=${id}`)
    },
    onRefusal() {
      rollouts.dismiss()
    },
  },
  lifetimes: {
    attached() {
      pasted.text = ''
    },
  },
})

/** what is in the box of numbers */
const pasted = { text: '' }

/** Of what is no UTF-8 each byte is a character: digits and what parts them are the same in every encoding of Chinese. */
async function textOf(path: string): Promise<string> {
  const text = await read(path, 'utf-8')
  return text.includes('\uFFFD') && !namesColumn(text) ? read(path, 'binary') : text
}
/** '' where it cannot be read: it was removed meanwhile, or WeChat does not answer. */
const read = (path: string, encoding: 'utf-8' | 'binary'): Promise<string> =>
  answered<string>('readFile', (resolve, reject) =>
    wx.getFileSystemManager().readFile({ filePath: path, encoding, success: ({ data }) => resolve(String(data)), fail: reject }),
  ).catch(() => '')
