// One person: what they may do and where, their invite, and letting them go (product.md §7.2). Without an id it is somebody new.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { StaffInvite, StaffMember, StaffRequest } from '../../../../typings/api'
import type { ApiError } from '../../../api/errors'
import type { ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import type { StaffApi } from '../staff/endpoints'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { StaffStore } from '../staff/store'
import { EMPTY, formOf, isComplete, isSame, isScoped, rightsOf, withRegion, type Form } from './form'
import { factsOf, inviteView, refusalOf, type InviteView, type PersonFact } from './view'

type Question =
  { is: 'add'; body: ReturnType<typeof rightsOf> } | { is: 'put'; id: string; version: number; body: StaffRequest; disabling: boolean }

export class PersonStore {
  staff_id: string | null = null
  form: Form = EMPTY
  /** just made or read out: the code exists nowhere else */
  invite: StaffInvite | null = null
  /** shops that somebody has to take before what is asked can be done; null: nothing is asked */
  leaving: { shops: number; disabling: boolean } | null = null
  /** of a read that came after the form was touched, the version that was seen first still counts */
  private version = 0
  private readonly person: Resource<StaffMember>
  private readonly write: AskOnce<Question, StaffMember>
  private readonly inviting: AskOnce<{ id: string; at: number }, StaffInvite>

  constructor(
    private readonly context: StoreContext,
    private readonly api: StaffApi,
    private readonly session: SessionStore,
    private readonly list: StaffStore,
  ) {
    this.person = new Resource(context, { forbidden: () => {} })
    this.write = new AskOnce(context, async (question, key) => {
      if (question.is === 'add') return api.addStaff(question.body, key)
      const member = await api.putStaff(question.id, question.body, { version: question.version, key })
      // also where another one is in front by then
      list.follow(member)
      return member
    })
    this.inviting = new AskOnce(context, ({ id }, key) => api.inviteStaff(id, key))
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'list' | 'version' | 'person' | 'write' | 'inviting'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        list: false,
        version: false,
        person: false,
        write: false,
        inviting: false,
        form: observable.ref,
        invite: observable.ref,
        leaving: observable.ref,
        facts: computed.struct,
        inviteView: computed.struct,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  get isNew(): boolean {
    return this.staff_id === null
  }
  get status(): ResourceStatus {
    return this.isNew ? 'ready' : this.person.status
  }
  get skeleton(): boolean {
    return this.person.skeleton
  }
  get problem(): ProblemView | null {
    return this.problemOf(this.person.error)
  }
  get member(): StaffMember | null {
    return this.person.value
  }
  get isSelf(): boolean {
    return this.staff_id !== null && this.staff_id === this.session.staff?.id
  }
  get disabled(): boolean {
    return this.member?.status === 'disabled'
  }
  get scoped(): boolean {
    return isScoped(this.form.role)
  }
  get saving(): boolean {
    return this.write.asking
  }
  get isInviting(): boolean {
    return this.inviting.asking
  }
  get changed(): boolean {
    return this.member ? !isSame(this.form, formOf(this.member)) : this.isNew
  }
  get canSave(): boolean {
    return this.changed && isComplete(this.form)
  }
  get facts(): PersonFact[] {
    return this.member ? factsOf(this.member, this.session.serverNow(), this.context.preferences.say) : []
  }
  get inviteView(): InviteView | null {
    return this.member && inviteView(this.member, this.invite, this.session.serverNow(), this.context.preferences.say)
  }
  /** why the last write was not taken, or that its answer is lost */
  get refusal(): ProblemView | null {
    return this.problemOf(this.write.error ?? this.inviting.error)
  }

  /** @param staff_id null: somebody new */
  async open(staff_id: string | null): Promise<void> {
    if (this.staff_id !== staff_id || staff_id === null) {
      this.close()
      this.staff_id = staff_id
    }
    await this.read()
  }
  close(): void {
    this.staff_id = null
    this.form = EMPTY
    this.invite = null
    this.leaving = null
    this.person.reset()
    this.write.reset()
    this.inviting.reset()
  }
  /** What is filled in stays; what was not touched follows the server. */
  async read(): Promise<void> {
    const { staff_id, changed, member } = this
    if (staff_id === null) return
    const answered = await this.person.load(scope => this.api.getStaff(staff_id, scope))
    if (answered && this.person.value) this.adopt(this.person.value, member === null || !changed)
  }
  change(change: Partial<Form>): void {
    this.form = { ...this.form, ...change }
  }
  addRegion(region: { code: string; name: string }): void {
    this.change({ regions: withRegion(this.form.regions, region) })
  }
  removeRegion(code: string): void {
    this.change({ regions: this.form.regions.filter(region => region.code !== code) })
  }
  /** @param hand_over who takes what this person can have no longer; absent: nothing was asked about that yet */
  async save(hand_over?: StaffRequest['hand_over']): Promise<boolean> {
    const body = rightsOf(this.form)
    if (this.staff_id === null) return this.ask({ is: 'add', body })
    return this.put({ ...body, disabled: this.disabled, ...(hand_over ? { hand_over } : {}) }, false)
  }
  /** 停用, with who takes the shops; of the form nothing is saved. */
  async disable(hand_over?: StaffRequest['hand_over']): Promise<boolean> {
    return this.member ? this.put({ ...rightsOf(formOf(this.member)), disabled: true, ...(hand_over ? { hand_over } : {}) }, true) : false
  }
  async enable(): Promise<boolean> {
    return this.member ? this.put({ ...rightsOf(formOf(this.member)), disabled: false }, false) : false
  }
  /** A new code; the one before is void. Each time with a key of its own: a code that did not arrive can be read nowhere. */
  async makeInvite(): Promise<void> {
    const { staff_id } = this
    if (staff_id === null) return
    const answer = await this.inviting.ask({ id: staff_id, at: this.context.timers.now() })
    if (this.staff_id !== staff_id) return
    runInAction(() => (this.invite = answer))
    if (answer) await this.read()
  }
  /** 重试 after an answer that was lost: the same again, with the same key. */
  async again(): Promise<void> {
    const { unanswered } = this.write
    if (this.inviting.error) await this.makeInvite()
    else if (unanswered) await this.ask(unanswered)
    else await this.reload()
  }
  /** A colleague changed it meanwhile: what is there now. */
  async reload(): Promise<void> {
    this.dismiss()
    const answered = await this.person.load(scope => this.api.getStaff(this.staff_id!, scope))
    if (answered && this.person.value) this.adopt(this.person.value, true)
  }
  dismiss(): void {
    this.write.dismiss()
    this.inviting.dismiss()
  }
  leave(): void {
    this.leaving = null
  }
  reset(): void {
    this.close()
  }

  private problemOf(error: ApiError | null): ProblemView | null {
    return error && refusalOf(error, this.context.preferences.say, this.session.staff?.role)
  }
  private put(body: StaffRequest, disabling: boolean): Promise<boolean> {
    return this.ask({ is: 'put', id: this.staff_id!, version: this.version, body, disabling })
  }
  private async ask(question: Question): Promise<boolean> {
    const answer = await this.write.ask(question)
    if (answer) {
      runInAction(() => {
        this.leaving = null
        this.staff_id = answer.id
        if (answer.status === 'disabled') this.invite = null
      })
      this.person.put(answer)
      this.adopt(answer, question.is === 'add' || !question.disabling)
      return true
    }
    const { error } = this.write
    if (error?.code === 'SHOPS_LEFT' && question.is === 'put') {
      this.write.dismiss()
      const { shops } = error.current as { shops: number }
      runInAction(() => (this.leaving = { shops, disabling: question.disabling }))
    }
    return false
  }
  private adopt(member: StaffMember, fill: boolean): void {
    if (fill || this.version === 0) this.version = member.version
    runInAction(() => {
      if (fill) this.form = formOf(member)
    })
    // what was disabled or enabled beside the form is the version that the form goes on from
    if (!fill && isSame(this.form, formOf(member))) this.version = member.version
    this.list.follow(member)
  }
}
