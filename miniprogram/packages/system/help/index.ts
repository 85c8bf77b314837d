// 帮助与诊断: what the gold plan is, how to tell JSAPI, what each message means. It works without a network and before anybody is logged in.
import { goTo } from '../../../behaviors/navigation'
import { screen } from '../../../behaviors/screen'
import { stores } from '../../../stores/index'
import { errorView, errorViews, isTopic, topicViews, type ErrorView, type Topic, type TopicView } from './view'
import './words'

const { preferences } = stores
const say: typeof preferences.say = (...given) => preferences.say(...given)

Component({
  behaviors: [
    screen({
      words: [
        'help.asked',
        'help.search',
        'help.none',
        'help.none_text',
        'help.diagnostics',
        'help.diagnostics_note',
        'help.jsapi_yes',
        'help.jsapi_no',
      ],
      title: 'page.help',
      large: false,
    }),
  ],
  properties: {
    /** of the message that somebody asked about */
    code: { type: String, value: '' },
    /** the topic to begin with */
    topic: { type: String, value: '' },
  },
  data: { query: '', topics: [] as TopicView[], errors: [] as ErrorView[], asked: null as ErrorView | null },
  observers: {
    topic(topic: string) {
      if (isTopic(topic)) this.draw(topic)
    },
    // the words change with the language
    'copy, query, code'() {
      this.draw(this.data.topics.find(({ open }) => open)?.id ?? (isTopic(this.data.topic) ? this.data.topic : null))
    },
  },
  methods: {
    draw(opened: Topic | null) {
      const { code, query } = this.data
      this.setData({
        topics: topicViews(opened, say),
        errors: opened === 'errors' ? errorViews(query, say) : [],
        asked: code === '' ? null : errorView(code, say),
      })
    },
    onTopic(event: WechatMiniprogram.BaseEvent) {
      const { id } = event.currentTarget.dataset as { id: Topic }
      this.draw(this.data.topics.some(topic => topic.id === id && topic.open) ? null : id)
    },
    onSearch(event: { detail: { value: string } }) {
      this.setData({ query: event.detail.value })
    },
    onDiagnostics() {
      goTo('/packages/system/diagnostics/index')
    },
  },
})
