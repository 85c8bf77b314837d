// 设置: language, appearance and text size, each as the phone unless the person chose otherwise; the offline pack, photos, and what is kept here.
import { sayDone } from '../../../behaviors/telling'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { bound } from '../../../behaviors/bound'
import { logOut } from '../../../behaviors/log-out'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { packWords } from '../../../rules/pack-facts'
import { releaseVersion, version } from '../../../config'
import { stores } from '../../../stores/index'
import type { LanguageChoice, TextSizeChoice, ThemeChoice } from '../../../stores/preferences'
import './words'

const { details, home, keptVisits, network, pack, preferences, recents, session } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

const languages: [LanguageChoice, () => string][] = [
  ['system', () => say('settings.language_system')],
  ['zh-CN', () => say('settings.language_zh')],
  ['en', () => say('settings.language_en')],
]
const themes: [ThemeChoice, () => string][] = [
  ['system', () => say('settings.theme_system')],
  ['light', () => say('settings.theme_light')],
  ['dark', () => say('settings.theme_dark')],
]
const sizes: [TextSizeChoice, () => string][] = [
  ['system', () => say('settings.text_system')],
  ['standard', () => say('settings.text_standard')],
  ['large', () => say('settings.text_large')],
]
const choices = <Id extends string>(all: [Id, () => string][], chosen: Id) =>
  all.map(([id, label]) => ({ id, label: label(), on: id === chosen }))

Component({
  behaviors: [
    screen({
      words: [
        'settings.version',
        'settings.photos',
        'settings.photos_note',
        'settings.cache',
        'settings.cache_note',
        'pack.title',
        'pack.remove',
        'mine.log_out',
      ],
      title: 'page.settings',
    }),
    signedIn,
    logOut,
    bound({
      pack: () => packWords(pack, session.serverNow(), say),
      packProblem: () => (pack.problem ? [pack.problem.title, pack.problem.sentence].join(say('connection.stop')) : ''),
      packLocked: () => (network.online ? '' : say('switch.locked.offline')),
      wifiOnly: () => preferences.photos_wifi_only,
      // only a released version has a number
      version: () => releaseVersion() || say(`settings.version_${version()}`),
      groups: () => [
        { id: 'language', title: say('settings.language'), choices: choices(languages, preferences.language_choice) },
        { id: 'theme', title: say('settings.theme'), choices: choices(themes, preferences.theme_choice) },
        { id: 'text', title: say('settings.text'), choices: choices(sizes, preferences.text_size_choice) },
      ],
    }),
  ],
  data: { removing: false, removeSheet: {} as SheetView },
  methods: {
    onPack() {
      if (network.online) void pack.refresh()
    },
    onRemovePack() {
      const removeSheet: SheetView = {
        title: say('pack.remove_title'),
        facts: [],
        before: null,
        after: null,
        points: [{ icon: 'delete-o', text: say('pack.remove_text') }],
        reason: null,
        cancel: say('common.cancel'),
        confirm: say('pack.remove'),
        danger: true,
      }
      this.setData({ removeSheet, removing: true })
    },
    onKeepPack() {
      this.setData({ removing: false })
    },
    onConfirmRemove() {
      this.setData({ removing: false })
      pack.remove()
    },
    onPhotos() {
      preferences.setPhotosWifiOnly(!preferences.photos_wifi_only)
    },
    /** Only what can be read again. */
    onClearCache() {
      details.clear()
      home.forgetKept()
      keptVisits.clear()
      recents.clearSearches()
      recents.clearMerchants()
      sayDone(say('settings.cache_done'))
    },
    onChoose(event: WechatMiniprogram.BaseEvent) {
      const { group, choice } = event.currentTarget.dataset as { group: string; choice: string }
      if (group === 'language') preferences.setLanguageChoice(choice as LanguageChoice)
      else if (group === 'theme') preferences.setTheme(choice as ThemeChoice)
      else preferences.setTextSize(choice as TextSizeChoice)
    },
  },
})
