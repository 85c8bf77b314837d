// 同业过滤 of the merchant that the merchant page shows (product.md M13). The way of a change is the merchant's own: hold, send, await.
// Bind: ad_filter, chosen, groups, save_label, refusal.
import { computed, makeAutoObservable, observable } from 'mobx-miniprogram'
import { findTags, groupKey, saveRefusal, tagList, toggleTag } from '../rules/ad-filter'
import { hasGoldPlan } from '../rules/control-rows'
import type { FeatureRow } from '../rules/controls'
import { industryLabel, MAX_FILTER_INDUSTRIES } from '../../../shared/industries'
import { absoluteTime } from '../../../rules/relative-time'
import type { MerchantStore } from '../stores/merchant'
import type { PreferencesStore } from '../../../stores/preferences'
import './words'
import '../words/words'

interface TagView {
  code: string
  label: string
  on: boolean
}
export interface TagGroupView {
  id: string
  title: string
  tags: TagView[]
}

export class AdsStore {
  /** codes picked on the filter page, in the order of the taps */
  chosen: string[] = []
  query = ''
  /** the last tap was a fourth tag */
  full = false
  private sub_mchid: string | null = null

  constructor(
    private readonly merchant: MerchantStore,
    private readonly preferences: PreferencesStore,
  ) {
    makeAutoObservable<this, 'merchant' | 'preferences' | 'sub_mchid'>(
      this,
      {
        merchant: false,
        preferences: false,
        sub_mchid: false,
        chosen: observable.ref,
        ad_filter: computed.struct,
        groups: computed.struct,
        change: computed.struct,
      },
      { autoBind: true },
    )
  }

  /** The row of 同业过滤: its word is 2/3, its note the tags. */
  get ad_filter(): FeatureRow | null {
    const { merchant, rows } = this.merchant
    if (!merchant || !rows) return null
    const row = rows.ad_filter
    const { industries } = merchant.ad_filter
    return {
      ...row,
      word: row.loading ? row.word : this.countOf(industries),
      note: tagList(industries, this.language) || this.say('ad_filter.none'),
    }
  }
  /** ads appear on the official page only: without the plan there is nothing to filter */
  get plan_missing(): boolean {
    return this.merchant.merchant !== null && !hasGoldPlan(this.merchant.merchant)
  }
  /** who set the tags, and when */
  get set_by(): string {
    const filter = this.merchant.merchant?.ad_filter
    if (!filter || filter.changed_at === null) return ''
    const time = absoluteTime(filter.changed_at, this.merchant.circumstances.now, this.say)
    return filter.changed_by === null
      ? this.say('control.note.api.nobody', { time })
      : this.say('control.note.api', { time, by: filter.changed_by })
  }
  /** 2/3 */
  get count(): string {
    return this.countOf(this.chosen)
  }
  /** tags by group as searched for; English shows WeChat Pay's own code too, because its spelling is what the console shows */
  get groups(): TagGroupView[] {
    return findTags(this.query).map(({ id, codes }) => ({
      id,
      title: this.say(groupKey(id)),
      tags: codes.map(code => ({ code, label: this.labelOf(code), on: this.chosen.includes(code) })),
    }))
  }
  /** what would be overwritten by what; null while there is nothing to overwrite */
  get change(): { before: string; after: string } | null {
    const current = this.merchant.merchant?.ad_filter.industries ?? []
    if (current.length === 0 || this.refusal !== null) return null
    return { before: tagList(current, this.language), after: tagList(this.chosen, this.language) }
  }
  /** why 保存 does nothing now: no tag, nothing new, or what locks the row */
  get refusal(): 'none' | 'unchanged' | 'locked' | null {
    const { merchant } = this.merchant
    if (!merchant || this.ad_filter?.tap !== 'ad_filter.set' || this.merchant.undoHold) return 'locked'
    return saveRefusal(this.chosen, merchant.ad_filter.industries)
  }
  get save_label(): string {
    switch (this.refusal) {
      case 'none':
        return this.say('ad_filter.save_none')
      case 'unchanged':
        return this.say('ad_filter.save_unchanged')
      case 'locked':
        return this.ad_filter?.locked ?? this.say('ad_filter.save_wait')
      case null:
        return this.say('ad_filter.save')
    }
  }

  /** At the first sight of a merchant on the filter page: begins with its tags. Later calls keep what was picked. */
  begin(): void {
    const { merchant } = this.merchant
    if (!merchant || merchant.sub_mchid === this.sub_mchid) return
    this.sub_mchid = merchant.sub_mchid
    this.chosen = merchant.ad_filter.industries
  }
  toggle(code: string): void {
    const { chosen, full } = toggleTag(this.chosen, code)
    this.chosen = chosen
    this.full = full
  }
  search(text: string): void {
    this.query = text
  }
  /** Holds for 5 s, then one PUT that overwrites. */
  save(): void {
    if (this.refusal === null) this.merchant.hold({ kind: 'ad_filter.set', industries: [...this.chosen] })
  }
  /** At page unload. */
  leave(): void {
    this.sub_mchid = null
    this.chosen = []
    this.query = ''
    this.full = false
  }

  private get say() {
    return this.preferences.say
  }
  private get language() {
    return this.preferences.language
  }
  private labelOf(code: string): string {
    const label = industryLabel(code, this.language)
    return this.language === 'en' ? `${label} · ${code}` : label
  }
  private countOf(industries: readonly string[]): string {
    return `${industries.length}/${MAX_FILTER_INDUSTRIES}`
  }
}
