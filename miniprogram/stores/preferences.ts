import { makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { KeyValues, Phone } from '../phone/phone'
import type { Language, MessageKey, MessageSection, Say } from '../words/say'
import { addEnglish, hasEnglish, languageOfSystem, setLanguage, translator, words, type EnglishWords } from '../words/speak'
import { keptAs } from '../phone/kept-as'

export type ThemeChoice = 'system' | 'light' | 'dark'
export type LanguageChoice = 'system' | Language
export type TextSizeChoice = 'system' | 'standard' | 'large'

/** Large layout from this font scale factor on (product.md P8). */
const LARGE_FROM = 1.3
const KEY = 'preferences'

interface Choices {
  theme_choice: ThemeChoice
  language_choice: LanguageChoice
  text_size_choice: TextSizeChoice
  photos_wifi_only: boolean
}
const CHOICES = keptAs<Partial<Choices>>(1, {})

/** of this version of the app: who reads English sees no other language first */
interface KeptEnglish {
  version: string
  words: EnglishWords
}
const ENGLISH_KEY = 'english'
const ENGLISH = keptAs<KeptEnglish>(1, { words: {} })

export interface English {
  /** of the app */
  version: string
  /** Rejects where the package that has them was never downloaded. */
  load(): Promise<EnglishWords>
}

/** Theme, language, text size: what the person chose, and what follows from it with the phone's own settings. */
export class PreferencesStore {
  theme_choice: ThemeChoice = 'system'
  language_choice: LanguageChoice = 'system'
  text_size_choice: TextSizeChoice = 'system'
  system_theme: 'light' | 'dark' = 'light'
  system_language: Language = 'zh-CN'
  font_scale = 1
  /** photos wait for Wi-Fi */
  photos_wifi_only = false
  private english_here = hasEnglish()
  private loading = false

  constructor(
    private readonly storage: KeyValues,
    private readonly english: English,
  ) {
    makeAutoObservable<this, 'storage' | 'english' | 'loading'>(
      this,
      { storage: false, english: false, loading: false },
      { autoBind: true },
    )
    const kept = CHOICES.read(storage, KEY)
    this.theme_choice = kept?.theme_choice ?? 'system'
    this.language_choice = kept?.language_choice ?? 'system'
    this.text_size_choice = kept?.text_size_choice ?? 'system'
    this.photos_wifi_only = kept?.photos_wifi_only ?? false
    this.languageChanged()
  }

  /** in effect */
  get theme(): 'light' | 'dark' {
    return this.theme_choice === 'system' ? this.system_theme : this.theme_choice
  }
  /** in effect: Chinese until the English words are on the phone, and for any word that is no language */
  get language(): Language {
    return this.english_here && this.wanted === 'en' ? 'en' : 'zh-CN'
  }
  private get wanted(): Language {
    return this.language_choice === 'system' ? this.system_language : this.language_choice
  }
  /** whether the large layout is in effect */
  get large(): boolean {
    return this.text_size_choice === 'system' ? this.font_scale >= LARGE_FROM : this.text_size_choice === 'large'
  }
  /** classes of a page's root view: "theme-dark theme-large" */
  get root_class(): string {
    return [this.theme === 'dark' ? 'theme-dark' : '', this.large ? 'theme-large' : ''].filter(Boolean).join(' ')
  }
  /** words in the language in effect; read inside a computed value, screens follow a change of language */
  get say(): Say {
    return translator(this.language)
  }
  /** words by section, for a page's data: whole sections, or keys where a page draws few of a long one */
  words(names: readonly (MessageSection | MessageKey)[]): Record<string, Record<string, string>> {
    return words(names, this.language)
  }

  watch(phone: Phone): void {
    phone.watchAppearance(appearance => this.systemChanged(appearance))
  }
  systemChanged({ theme, font_scale, language }: { theme: 'light' | 'dark'; font_scale: number; language: string }): void {
    this.system_theme = theme
    this.font_scale = font_scale
    this.system_language = languageOfSystem(language)
    this.languageChanged()
  }

  setTheme(choice: ThemeChoice): void {
    this.theme_choice = choice
    this.keep()
  }
  setLanguageChoice(choice: LanguageChoice): void {
    this.language_choice = choice
    this.languageChanged()
    this.keep()
  }
  setTextSize(choice: TextSizeChoice): void {
    this.text_size_choice = choice
    this.keep()
  }

  setPhotosWifiOnly(only: boolean): void {
    this.photos_wifi_only = only
    this.keep()
  }

  /** When they are wanted, and when the network is back: what was kept speaks at once, what this version says takes its place. */
  bringEnglish(): void {
    if (this.wanted !== 'en' || this.loading) return
    this.loading = true
    const { version, load } = this.english
    const kept = this.english_here ? null : ENGLISH.read(this.storage, ENGLISH_KEY)
    if (kept?.version === version) this.speakEnglish(kept.words)
    void load().then(
      english => {
        this.speakEnglish(english)
        ENGLISH.writeIfRoom(this.storage, ENGLISH_KEY, { version, words: english })
      },
      () => {
        this.loading = false
      },
    )
  }

  private speakEnglish(english: EnglishWords): void {
    addEnglish(english)
    runInAction(() => {
      this.english_here = true
      setLanguage(this.language)
    })
  }
  private languageChanged(): void {
    setLanguage(this.language)
    this.bringEnglish()
  }
  private keep(): void {
    const { theme_choice, language_choice, text_size_choice, photos_wifi_only } = this
    CHOICES.writeIfRoom(this.storage, KEY, { theme_choice, language_choice, text_size_choice, photos_wifi_only })
  }
}
