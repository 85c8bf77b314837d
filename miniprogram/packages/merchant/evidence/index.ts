// Every item of evidence of one merchant, newest first, withdrawn ones included.
import { retry } from '../../../behaviors/retry'
import { bound } from '../../../behaviors/bound'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { stores } from '../stores/index'
import { seePhotos } from '../behaviors/see-photos'
import { evidenceRow } from '../components/evidence-item/view'
import { withdrawing } from './withdrawing'
import './words'

const { evidence, session } = stores

Component({
  behaviors: [
    screen({ words: ['evidence_page', 'withdraw.action'], title: 'page.evidence' }),
    signedIn,
    withdrawing,
    seePhotos,
    rowsIn('groups', () => evidence.rows.map(line => ({ ...evidenceRow(line, true), id: line.id, can_withdraw: line.can_withdraw }))),
    bound({
      status: () => (session.status === 'error' ? 'error' : evidence.status),
      panel: () => (evidence.problem?.code === 'NOT_FOUND' ? 'forbidden' : evidence.status === 'offline' ? 'offline' : 'error'),
      problem: () => (session.status === 'error' ? session.problem : evidence.problem),
      skeleton: () => evidence.skeleton,
      more: () => evidence.more,
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' } },
  methods: {
    begin() {
      if (evidence.sub_mchid !== this.data.sub_mchid) void evidence.load(this.data.sub_mchid)
    },
    onUnload() {
      evidence.leave()
    },
    async onPullDownRefresh() {
      await retry(evidence.refresh)
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      void evidence.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : evidence.refresh()))
    },
  },
})
