import { byRole } from '../../../dev/demo/organisation.ts'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'

const consentAndLogIn = async (stage: Stage) => {
  await stage.phone.tap('#consent')
  await stage.phone.tap('#login')
}
const toBinding = async (stage: Stage) => {
  await stage.world.loginAs('unbound')
  await consentAndLogIn(stage)
  await stage.phone.find('#invite-code')
}

export const login: Scene[] = [
  { name: 'login/first', as: null, arrange: async () => {}, shows: { selector: ['#login'] } },
  { name: 'login/consent-missing', as: null, arrange: stage => stage.phone.tap('#login'), shows: { selector: ['#consent-first'] } },
  { name: 'login/binding', as: null, arrange: toBinding, shows: { selector: ['#invite-code'] } },
  {
    name: 'login/card',
    as: null,
    async arrange(stage) {
      await stage.phone.open('/pages/login/index?invite=KX7MPD4RWT')
      await toBinding(stage)
    },
    shows: { selector: ['#invite-code'] },
  },
  {
    name: 'login/wrong-invite',
    as: null,
    async arrange(stage) {
      await toBinding(stage)
      await stage.phone.type('WRONG2026', '#invite-code', 'van-field', 'input')
      await stage.phone.tap('#bind')
    },
    shows: { selector: ['#state-error'] },
  },
  {
    name: 'login/disabled',
    as: null,
    async arrange(stage) {
      const { id } = byRole('auditor')
      const become = (status: 'disabled' | 'active') =>
        stage.world.database.updateTable('staff').set({ status }).where('id', '=', id).execute()
      await become('disabled')
      stage.afterwards(() => become('active'))
      await stage.world.loginAs('auditor')
      await consentAndLogIn(stage)
    },
    shows: { selector: ['#state-forbidden'] },
  },
  {
    name: 'login/error',
    as: null,
    async arrange(stage) {
      await stage.world.loginAs('operator')
      stage.world.sandbox.control.setWechat({ status: 'lost' })
      stage.afterwards(() => stage.world.sandbox.control.setWechat({ status: 'normal' }))
      await consentAndLogIn(stage)
    },
    shows: { selector: ['#state-error'] },
  },
  {
    name: 'login/offline',
    as: null,
    async arrange(stage) {
      await stage.world.loginAs('operator')
      await stage.offline()
      await consentAndLogIn(stage)
    },
    shows: { selector: ['#state-error'], reads: '网络断开' },
  },
]
