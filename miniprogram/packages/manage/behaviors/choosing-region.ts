// A region of any level, chosen from the tree of whoever looks. Data: regionChoices, regionsFailed, regionHere, regionTake, choosingRegion.
import { bound } from '../../../behaviors/bound'
import { regionAbove, regionChoices } from '../../../rules/filters'
import { stores } from '../stores/index'
import '../words/people.words'
import '../words/regions.words'

const { preferences, regions } = stores
type Place = { code: string; name: string }

const standing = new WeakMap<object, Place>()

type Page = WechatMiniprogram.Component.TrivialInstance

function standAt(page: Page, place: Place | null): void {
  if (place) standing.set(page, place)
  else standing.delete(page)
  const choices = regionChoices(place?.code ?? null, regions.tree).filter(({ code }) => code !== place?.code)
  page.setData({
    regionHere: place?.code ?? '',
    regionTake: place ? preferences.say('regions.take', { name: place.name }) : preferences.say('regions.choose_first'),
    regionChoices: choices.map(({ code, name }) => ({ code, name, on: false })),
  })
}

/** Opens the sheet at the top of the tree. */
export function chooseRegion(page: Page): void {
  page.setData({ choosingRegion: true })
  standAt(page, null)
  // the first time the tree is still on its way
  if (!regions.tree) void regions.load().then(() => standAt(page, null))
}

/** Calls the page's `regionTaken`. */
export const choosingRegion = Behavior({
  behaviors: [bound({ regionsFailed: () => regions.failed })],
  data: { choosingRegion: false, regionHere: '', regionTake: '', regionChoices: [] as (Place & { on: boolean })[] },
  methods: {
    onRegion() {
      chooseRegion(this)
    },
    onRegionClose() {
      this.setData({ choosingRegion: false })
    },
    onRegionsRetry() {
      chooseRegion(this)
    },
    onRegionChoose(event: { detail: Place }) {
      const { code, name } = event.detail
      const below = regionChoices(code, regions.tree).filter(place => place.code !== code)
      standAt(this, { code, name })
      // a district has nothing below it: the tap takes it
      if (below.length === 0) this.onRegionTake()
    },
    onRegionUp() {
      const code = this.data.regionHere
      standAt(this, regions.tree ? regionAbove(code, regions.tree) : null)
    },
    onRegionTake() {
      const here = standing.get(this)
      this.setData({ choosingRegion: false })
      if (here) this.regionTaken(here)
    },
    regionTaken(_place: Place) {},
  },
})
