// An icon that the font does not have is drawn as nothing: every name that is written down has to be a class of app-icon.

interface Source {
  /** relative to the project */
  file: string
  text: string
}

/** as WXML gives a name to app-icon or to a component, as a script does, and as tables have most of them: an outline is called so */
const NAMES = [/<app-icon\b[^>]*?\bname="([a-z-]+)"/g, /\bicon="([a-z-]+)"/g, /\bicon: '([a-z-]+)'/g, /'([a-z][a-z-]*-o)'/g]
/** of wx.showToast */
const WECHATS = ['none']

/** @param styles WXSS of app-icon */
export function icons(sources: readonly Source[], styles: string): string[] {
  const known = new Set([...styles.matchAll(/\.icon-([a-z-]+)/g)].map(([, name]) => name!))
  const found = sources.flatMap(({ file, text }) =>
    NAMES.flatMap(pattern => [...text.matchAll(pattern)])
      .filter(([, name]) => !known.has(name!) && !WECHATS.includes(name!))
      .map(({ 1: name, index }) => `${file}:${text.slice(0, index).split('\n').length}: app-icon has no ${name}`),
  )
  return [...new Set(found)]
}
