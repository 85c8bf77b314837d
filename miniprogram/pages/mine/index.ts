// 我的: who I am to the backend, and the way out.
import { bound } from '../../behaviors/bound'
import { connection } from '../../behaviors/connection'
import { logOut } from '../../behaviors/log-out'
import { screen } from '../../behaviors/screen'
import { signedIn } from '../../behaviors/signed-in'
import { stores } from '../../stores/index'

const { preferences, session } = stores

Component({
  behaviors: [
    screen({ words: ['mine'], title: 'page.mine', tab: 3 }),
    signedIn,
    connection,
    logOut,
    bound({
      status: () => session.status,
      problem: () => session.problem,
      busy: () => session.busy,
      name: () => session.staff?.display_name ?? '',
      role: () => session.role_label,
      regions: () => session.staff?.region_names.join(preferences.say('common.comma')) || preferences.say('mine.all_regions'),
      assignedOnly: () => session.staff?.assigned_only ?? false,
      provider: () => session.me?.provider.name ?? '',
      receiptLink: () => session.me?.provider.receipt_link_configured ?? false,
      defaultOpen: () => Boolean(session.me?.provider.default_open_since),
    }),
  ],
  methods: {
    onSettings() {
      wx.navigateTo({ url: '/packages/system/settings/index' })
    },
    onRetry() {
      void session.start()
    },
  },
})
