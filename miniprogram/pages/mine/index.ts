// 我的: who I am to the backend, and the way out.
import { retry } from '../../behaviors/retry'
import { goTo } from '../../behaviors/navigation'
import { bound } from '../../behaviors/bound'
import { connection } from '../../behaviors/connection'
import { logOut } from '../../behaviors/log-out'
import { screen } from '../../behaviors/screen'
import { signedIn } from '../../behaviors/signed-in'
import { stores } from '../../stores/index'
import './words'

const { outbox, preferences, session } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

function unsentNote(): string {
  if (outbox.unsent === 0) return say('outbox.row_none')
  const all = say('outbox.row_count', { count: outbox.unsent })
  return outbox.failed > 0 ? `${all}${say('common.comma')}${say('outbox.row_failed', { count: outbox.failed })}` : all
}

Component({
  behaviors: [
    screen({
      words: [
        'mine.regions',
        'mine.assigned_only',
        'mine.provider',
        'mine.receipt_link',
        'mine.receipt_link_ready',
        'mine.receipt_link_missing',
        'mine.default_open',
        'mine.desk',
        'mine.settings',
        'mine.settings_note',
        'mine.help',
        'mine.help_note',
        'mine.log_out',
        'outbox.row',
      ],
      title: 'page.mine',
      tab: 3,
    }),
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
      unsent: () => outbox.unsent,
      unsentFailed: () => outbox.failed > 0,
      unsentNote,
      writes: () => session.me?.actions.includes('visit.write') ?? false,
      deskNote: () => say(session.me?.actions.includes('metrics.read') ? 'mine.desk_note' : 'mine.desk_own'),
      defaultOpen: () => Boolean(session.me?.provider.default_open_since),
    }),
  ],
  methods: {
    onOutbox() {
      goTo('/packages/system/outbox/index')
    },
    onDesk() {
      goTo('/packages/manage/desk/index')
    },
    onSettings() {
      goTo('/packages/system/settings/index')
    },
    onHelp() {
      goTo('/packages/system/help/index')
    },
    onRetry() {
      void retry(session.start)
    },
  },
})
