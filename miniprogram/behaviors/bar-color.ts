// The navigation bar belongs to WeChat and knows no CSS variables: its colours are given here, equal to `--bg` and `--st-*-bg` of styles/tokens.wxss.

type Theme = 'light' | 'dark'

const page: Record<Theme, string> = { light: '#F5F4F0', dark: '#11100D' }
const states: Record<string, Record<Theme, string>> = {
  unknown: { light: '#E9E7E0', dark: '#302D27' },
  not_applicable: { light: '#F7F6F3', dark: '#211F1A' },
  not_migrated: { light: '#FCEAD6', dark: '#3A2714' },
  enrolled: { light: '#E3EEFA', dark: '#162A40' },
  verified: { light: '#DDF3E6', dark: '#12301F' },
  regressed: { light: '#FBE5E2', dark: '#3D1C19' },
  blocked: { light: '#FBE5E2', dark: '#3D1C19' },
}

/** Paints bar and window in the theme of the app, which a person may have chosen against the phone's. `state`: the verdict whose tint the bar continues. */
export function paintBar(theme: Theme, state: string): void {
  const background = states[state]?.[theme] ?? page[theme]
  wx.setNavigationBarColor({ frontColor: theme === 'dark' ? '#ffffff' : '#000000', backgroundColor: background, fail: () => {} })
  wx.setBackgroundColor({
    backgroundColor: page[theme],
    backgroundColorTop: background,
    backgroundColorBottom: page[theme],
    fail: () => {},
  })
  wx.setBackgroundTextStyle({ textStyle: theme === 'dark' ? 'light' : 'dark', fail: () => {} })
}
