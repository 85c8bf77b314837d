// A visit in a list: which shop, when, how far it is. Its user binds `tap` on it.
export interface VisitRow {
  id: string
  name: string
  facts: string[]
  /** draft · waiting · failed: on the phone · submitted · accepted · returned: on the server */
  status: string
  status_label: string
  /** one sentence below, '' for none */
  comment: string
}

const ICONS: Record<string, string> = {
  draft: 'edit',
  waiting: 'clock-o',
  failed: 'warning-o',
  submitted: 'clock-o',
  accepted: 'passed',
  returned: 'revoke',
}

Component({
  properties: {
    row: { type: Object, value: { id: '', facts: [] as string[] } as unknown as VisitRow },
    large: { type: Boolean, value: false },
  },
  data: { icon: '' },
  observers: {
    'row.status': function (status: string) {
      this.setData({ icon: ICONS[status] ?? 'notes-o' })
    },
  },
})
