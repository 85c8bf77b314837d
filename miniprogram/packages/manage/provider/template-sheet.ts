// 消息模板: the templates of messages, one a kind, and the sheet in which one is written. Data: templates, templateOpen, template, templateName, templateFault.
import type { NoticeKind } from '../../../../typings/api'
import { bound } from '../../../behaviors/bound'
import { stores } from '../stores/index'
import { TEMPLATE_KINDS, templateIn, templateText } from './rules'
import { templateRefused } from './view'
import './words'

const { preferences, provider, session } = stores
const templateOf = (kind: NoticeKind) => provider.settings?.message_templates.find(one => one.kind === kind)

function templateRow(kind: NoticeKind) {
  const { say } = preferences
  const template = templateOf(kind)
  const fault = provider.current?.message_template_faults.find(one => one.template_id === template?.template_id)
  return {
    kind,
    name: say(`provider.template_${kind}`),
    text: template ? templateText(template) : say('provider.no_template'),
    fault: fault ? templateRefused(fault, session.serverNow(), say) : '',
  }
}

export const templateSheet = Behavior({
  behaviors: [bound({ templates: () => TEMPLATE_KINDS.map(templateRow) })],
  data: {
    /** kind of the template that is changed; '' for none */
    templateOpen: '' as NoticeKind | '',
    template: '',
    templateName: '',
    templateFault: false,
  },
  methods: {
    onTemplate({ currentTarget }: WechatMiniprogram.BaseEvent) {
      if (!provider.mayChange) return
      const kind = currentTarget.dataset.kind as NoticeKind
      const template = templateOf(kind)
      this.setData({
        templateOpen: kind,
        template: template ? templateText(template) : '',
        templateName: preferences.say(`provider.template_${kind}`),
        templateFault: false,
      })
    },
    onTemplateTyped({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.data.template = detail.value
      if (this.data.templateFault) this.setData({ templateFault: false })
    },
    /** An empty box: none is sent. */
    onTemplateKeep() {
      const { templateOpen, template } = this.data
      const { settings } = provider
      if (templateOpen === '' || !settings) return
      const others = settings.message_templates.filter(one => one.kind !== templateOpen)
      const wanted = template.trim() === '' ? null : templateIn(templateOpen, template)
      const taken = others.some(one => one.template_id === wanted?.template_id)
      if ((wanted === null && template.trim() !== '') || taken) return void this.setData({ templateFault: true })
      provider.change({ message_templates: wanted === null ? others : [...others, wanted] })
      this.onTemplateClose()
    },
    onTemplateClose() {
      this.setData({ templateOpen: '' })
    },
  },
})
