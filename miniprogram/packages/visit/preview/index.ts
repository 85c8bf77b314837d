// 检查表预览: what an agent will be asked, with conditions that follow the answers that are tried here.
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { sayNote } from '../../../behaviors/telling'
import type { Answer } from '../../../shared/checklist'
import { stores } from '../stores/index'
import './words'
import '../edit/words'
import '../words/words'

const { checklistPreview, preferences, session } = stores
const say: typeof preferences.say = (...given) => preferences.say(...given)

Component({
  behaviors: [
    screen({
      words: [
        'preview.banner',
        'preview.banner_text',
        'visit.add_one',
        'visit.fault_NUMBER',
        'visit.fault_PAYMENT_CODE',
        'visit.less',
        'visit.photo_add',
        'visit.photo_busy',
        'visit.photo_hint',
        'visit.photo_more',
        'visit.remove_photo',
        'visit.required',
        'visit.see_photo',
        'visit.text_hint',
      ],
      title: 'page.checklist_preview',
    }),
    signedIn,
    bound({
      status: () => (session.status === 'error' ? 'error' : checklistPreview.status),
      problem: () => (session.status === 'error' ? session.problem : checklistPreview.problem),
      skeleton: () => checklistPreview.skeleton,
      name: () => checklistPreview.form?.title ?? '',
      answered: () => checklistPreview.form?.answered ?? 0,
      asked: () => checklistPreview.form?.asked ?? 0,
      spoken: () => checklistPreview.form?.spoken ?? '',
      nav: () =>
        checklistPreview.form?.sections.map(({ id, title, count, spoken, done, share, weight }) => ({
          id,
          title,
          count,
          spoken,
          done,
          share,
          weight,
        })) ?? [],
      parts: () => checklistPreview.form?.sections.map(({ id, title, count, items }) => ({ id, title, count, items })) ?? [],
    }),
  ],
  properties: { of: { type: String, value: 'draft' } },
  data: { section: '' },
  methods: {
    begin() {
      void checklistPreview.open(this.data.of)
    },
    onUnload() {
      checklistPreview.leave()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : checklistPreview.open(this.data.of)))
    },
    onAnswer({ detail }: WechatMiniprogram.CustomEvent<{ id: string; value: Answer | null }>) {
      checklistPreview.answer(detail.id, detail.value ?? undefined)
    },
    onPhoto() {
      sayNote(say('preview.no_photo'))
    },
    onSection({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
      this.setData({ section: detail.id })
      const query = wx.createSelectorQuery().in(this)
      query.select('#head').boundingClientRect()
      query.exec(([head]: [{ height: number } | null]) => {
        wx.pageScrollTo({ selector: `#section-${detail.id}`, offsetTop: -Math.round(head?.height ?? 0) - 8, duration: 200 })
      })
    },
  },
})
