// Binds a WeChat user to a member of staff: consent first, then wx.login, then an invite code if nobody knows this user yet.
import { openGuideline } from '../../behaviors/telling'
import { bound } from '../../behaviors/bound'
import { screen } from '../../behaviors/screen'
import { whenReady } from '../../behaviors/when-ready'
import { stores } from '../../stores/index'
import './words'

const { session } = stores

Component({
  behaviors: [
    screen({ words: ['home.brand', 'login'], title: 'page.login', large: false }),
    whenReady,
    bound({
      status: () => session.status,
      problem: () => (session.status === 'error' || session.status === 'starting' ? null : session.problem),
      busy: () => session.busy || session.status === 'starting',
    }),
  ],
  properties: {
    /** of the card that an administrator sent */
    invite: { type: String, value: '' },
  },
  observers: {
    invite(code: string) {
      if (code !== '') this.setData({ code })
    },
  },
  data: { consent: false, asked: false, code: '' },
  pageLifetimes: {
    /** WeChat draws a home button on a page that is alone on the stack: it would only lead back here */
    show: () => void wx.hideHomeButton(),
  },
  methods: {
    onConsent() {
      this.setData({ consent: !this.data.consent, asked: false })
    },
    onGuideline() {
      openGuideline()
    },
    onLogin() {
      if (!this.data.consent) return this.setData({ asked: true })
      void session.login()
    },
    /** consent was given before this account turned out to be unbound or disabled */
    onLoginAgain() {
      void session.login()
    },
    onCode(event: { detail: { value: string } }) {
      this.setData({ code: event.detail.value })
    },
    onBind() {
      if (this.data.code.trim() !== '') void session.bind(this.data.code)
    },
  },
})
