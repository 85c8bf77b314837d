// 设置: language, appearance and text size; each follows the phone unless the person chose otherwise.
import { bound } from '../../../behaviors/bound'
import { logOut } from '../../../behaviors/log-out'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { stores } from '../../../stores/index'
import type { LanguageChoice, TextSizeChoice, ThemeChoice } from '../../../stores/preferences'

const { preferences } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

/** only a released version has a number */
const { version, envVersion } = wx.getAccountInfoSync().miniProgram

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
    screen({ words: ['settings.version', 'mine.log_out'], title: 'page.settings' }),
    signedIn,
    logOut,
    bound({
      version: () => version || say(`settings.version_${envVersion}`),
      groups: () => [
        { id: 'language', title: say('settings.language'), choices: choices(languages, preferences.language_choice) },
        { id: 'theme', title: say('settings.theme'), choices: choices(themes, preferences.theme_choice) },
        { id: 'text', title: say('settings.text'), choices: choices(sizes, preferences.text_size_choice) },
      ],
    }),
  ],
  methods: {
    onChoose(event: WechatMiniprogram.BaseEvent) {
      const { group, choice } = event.currentTarget.dataset as { group: string; choice: string }
      if (group === 'language') preferences.setLanguageChoice(choice as LanguageChoice)
      else if (group === 'theme') preferences.setTheme(choice as ThemeChoice)
      else preferences.setTextSize(choice as TextSizeChoice)
    },
  },
})
